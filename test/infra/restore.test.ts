import { CreateTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { localAws } from '../../infra/local/table.ts';
import { openAwsStage } from '../../infra/operators/aws-stage.ts';
import { prepareStageCommand } from '../../infra/operators/commands.ts';
import { copyBack } from '../../infra/operators/copy-back.ts';
import { startAwsDouble, type AwsDouble } from '../support/aws-double.ts';
import { AwsFault } from '../support/aws-protocols.ts';
import { newEmail, newOrganization, take } from '../support/organization.ts';
import { useStack } from '../support/stack.ts';
import { stopStream } from '../support/stream.ts';
import { changesOf, everyItem } from '../support/table-items.ts';

const stack = useStack();

const restored = 'roster-prod-restored';
const to = '2026-11-24T09:55:00Z';
const fence = '2026-11-24T12:30:00Z';

let aws: AwsDouble;
/** When the restored table was made, and how often it still answers that it is being made. */
let summary: { instant: number; looks: number } | undefined;

const client = (): DynamoDBClient => new DynamoDBClient({ endpoint: stack.endpoints.dynamodb.endpoint, ...localAws });

const send = async (operation: string, input: object): Promise<Record<string, unknown>> => {
  const response = await fetch(stack.endpoints.dynamodb.endpoint, {
    method: 'POST',
    headers: {
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-date': '20261124T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20261124/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(input),
  });
  const answer = (await response.json()) as Record<string, unknown> & { __type?: string; message?: string };
  const { __type: type = '', message = '' } = answer;
  if (!response.ok) throw new AwsFault(type.replace(/.*#/, ''), message);
  return answer;
};

/** A real engine, with what it lacks: a restore to a point in time, which here is the moment of the request. */
const dynamodb = async (operation: string, input: Record<string, unknown>): Promise<Record<string, unknown>> => {
  if (operation === 'RestoreTableToPointInTime') {
    await createTable(restored);
    await copyBack(client(), String(input.SourceTableName), restored);
    summary = { instant: Number(input.RestoreDateTime), looks: 2 };
    return {};
  }
  const answer = await send(operation, input);
  if (operation !== 'DescribeTable' || input.TableName !== restored || !summary) return answer;
  const creating = summary.looks > 0;
  summary.looks -= 1;
  const described = { ...(answer.Table as object), RestoreSummary: { RestoreDateTime: summary.instant } };
  return { Table: { ...described, ...(creating && { TableStatus: 'CREATING' }) } };
};

const createTable = (TableName: string) =>
  client().send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );

const startDouble = (sendFence?: string) =>
  startAwsDouble({
    ...(sendFence && { stage: { sendFence } }),
    outputs: { TableName: stack.endpoints.dynamodb.tableName },
    dynamodb,
  });

beforeAll(async () => {
  aws = await startDouble(fence);
});

beforeEach(() => {
  summary = undefined;
  aws.calls.length = 0;
});

afterAll(() => aws.stop());

let waits = 0;

const operate = async (words: string, options: Record<string, string> = {}, double = aws): Promise<string> => {
  const run = prepareStageCommand(words.split(' '), options);
  const settings = {
    client: { endpoint: double.endpoint, credentials: localAws.credentials },
    wait: async () => void (waits += 1),
  };
  return (await run?.(await openAwsStage('prod', settings))) ?? '';
};

test('a stage’s table becomes what it was: what was changed, deleted and made since is as then', async () => {
  const { params, manager } = await newOrganization(stack);
  const emails = Array.from({ length: 120 }, () => newEmail());
  take(await manager.client.inviteUsers({ params, body: { emails, roles: [{ role: 'member' }] } }));
  await stopStream(stack);
  const then = await everyItem(stack);
  waits = 0;
  expect(await operate('restore begin', { to })).toContain(`The table ${restored} is what `);
  expect(waits).toBe(2);

  take(await manager.client.updateOrganization({ params, body: { name: 'Renamed' } }));
  take(await manager.client.inviteUsers({ params, body: { emails: [newEmail()], roles: [{ role: 'member' }] } }));
  const { items } = take(await manager.client.listInvites({ params, query: { limit: 1 } }));
  take(await manager.client.revokeInvite({ params: { ...params, inviteId: items[0]?.id ?? '' } }));
  const since = changesOf(then, await everyItem(stack));
  expect(since.length).toBeGreaterThan(5);

  await operate('stop');
  expect(await operate('restore copy')).toMatch(
    / is as it was at 2026-11-24T09:55:00\.000Z: \d+ items were written, \d+ newer ones deleted\.$/,
  );
  expect(changesOf(then, await everyItem(stack))).toEqual([]);
  expect(take(await manager.client.getOrganization({ params })).name).toBe('Acme');

  expect(await operate('restore finish')).toBe(`Deleted the table ${restored}.`);
  await expect(operate('restore finish')).rejects.toThrow(`There is no table ${restored}.`);
});

test('the restored table itself is only read', async () => {
  await operate('restore begin', { to });
  await newOrganization(stack);
  const count = async () =>
    (await client().send(new ScanCommand({ TableName: restored, Select: 'COUNT', ConsistentRead: true }))).Count;
  const before = await count();
  await operate('stop');
  await operate('restore copy');
  expect(await count()).toBe(before);
  await operate('restore finish');
});

test('a restore that was interrupted continues, and one to another instant is refused', async () => {
  await operate('restore begin', { to });
  summary = { instant: Date.parse(to) / 1_000, looks: 1 };
  await operate('restore begin', { to });
  expect(aws.calls.filter(({ operation }) => operation === 'RestoreTableToPointInTime')).toHaveLength(1);
  await expect(operate('restore begin', { to: '2026-11-23T00:00:00Z' })).rejects.toThrow(
    `The table ${restored} exists already, restored to 2026-11-24T09:55:00.000Z.`,
  );
  await operate('restore finish');
});

test('nothing is copied before the restore is complete, while a function runs, or without a fence', async () => {
  const before = await everyItem(stack);
  await operate('stop');
  await expect(operate('restore copy')).rejects.toThrow(
    `The table ${restored} is not there. Use “restore begin” first.`,
  );
  await operate('restore begin', { to });
  await operate('start');
  await expect(operate('restore copy')).rejects.toThrow(
    /^\d+ of \d+ functions can still write: .+ Nothing was copied\.$/,
  );
  for (const [deployed, shown] of [
    [undefined, 'not set'],
    ['2026-11-24T09:54:59Z', '2026-11-24T09:54:59Z'],
  ] as const) {
    const double = await startDouble(deployed);
    await operate('stop', {}, double);
    await expect(operate('restore copy', {}, double)).rejects.toThrow(
      `The deployed sendFence is ${shown}, and must not be before 2026-11-24T09:55:00.000Z.`,
    );
    await double.stop();
  }
  expect(changesOf(before, await everyItem(stack))).toEqual([]);
  await operate('restore finish');
});
