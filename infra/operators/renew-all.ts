import { setTimeout } from 'node:timers/promises';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { usersRenewedPerCall } from '../../shared/limits.ts';
import { entryVersion, timeListVersion } from '../../shared/table/schema.ts';
import { openInstallation, type Installation } from './installation.ts';

export interface Renewal {
  /** Users per second, at most. Each that has to be renewed costs about 20 write units, half of them in one partition. */
  perSecond: number;
  /** Renews this organization only. Absent: all of the stage. */
  organizationId?: string | undefined;
  /** Also reads the organizations that were renewed before, after an older version of Roster has served them again. */
  again: boolean;
}

/**
 * Updates the rows and list entries of a stage's users to the version of this checkout, organization after organization. It can be
 * stopped and started again at any time, because finished organizations are skipped. Returns a description of what was done.
 */
export const renewAll = async (stage: string, { perSecond, organizationId, again }: Renewal): Promise<string> => {
  const { operate, table } = await openInstallation(stage);
  let [organizations, users] = [0, 0];
  const sharedNames: string[] = [];
  const renew = async (id: string): Promise<void> => {
    organizations += 1;
    let after: string | undefined;
    do {
      const answer = await operate({ command: 'renew_entries', organizationId: id, ...(after && { after }) });
      users += answer.renewed ?? 0;
      sharedNames.push(...(answer.sharedNames ?? []).map((pool) => `\n  ${id}: ${pool}`));
      after = answer.next;
      if (after !== undefined) await setTimeout((usersRenewedPerCall / perSecond) * 1_000);
    } while (after !== undefined);
  };
  if (organizationId === undefined) for await (const id of unfinished(table, again)) await renew(id);
  else await renew(organizationId);
  const renewed = `Renewed ${users} users of ${organizations} organizations.`;
  return sharedNames.length === 0
    ? renewed
    : `${renewed}\nThese pools share a name with a sibling. They keep it until somebody renames them:${sharedNames.join('')}`;
};

/** The ids of the organizations to renew. Reads the whole table, which is the only place that knows all organizations. */
const unfinished = async function* ({ client, name }: Installation['table'], again: boolean): AsyncGenerator<string> {
  const organizations = paginateScan(
    { client: new DynamoDBClient(client) },
    {
      TableName: name,
      FilterExpression: 'sk = :organization',
      ProjectionExpression: 'id, entryVersion, timeListVersion',
      ExpressionAttributeValues: { ':organization': { S: 'organization' } },
    },
  );
  for await (const { Items = [] } of organizations)
    for (const { id, entryVersion: entries, timeListVersion: timeLists } of Items) {
      const current = Number(entries?.N ?? 1) >= entryVersion && Number(timeLists?.N ?? 0) >= timeListVersion;
      if (id?.S !== undefined && (again || !current)) yield id.S;
    }
};
