import { ok } from '../../shared/result.ts';
import { due, keys } from '../../shared/table/keys.ts';
import { put } from '../../shared/table/write.ts';
import { after, second } from '../../shared/time.ts';
import { countTotals } from '../../shared/totals/count-totals.ts';
import { requestTotals } from '../../shared/totals/request-totals.ts';
import { parseTotals } from '../../shared/totals/totals.ts';
import { plantScene } from '../support/guard-scenes.ts';
import { guarded, tableOf, type Scene } from '../support/guarded.ts';
import { atInstant, workServicesOf } from '../support/operations.ts';

const reportedAt = '2026-11-23T12:00:00.000Z';
const countedAt = after(reportedAt, second);

/** An organization that is due to be counted. */
const dueOrganization = async (): Promise<string> => {
  const { organizationId } = await plantScene();
  await tableOf(organizationId).transact([
    put({ ...keys.totals(organizationId), ...due(reportedAt), changedAt: reportedAt }),
  ]);
  return organizationId;
};

const counting = async (): Promise<Scene> => {
  const organizationId = await dueOrganization();
  return {
    organizationId,
    run: async (services) => ok(await countTotals(atInstant(services, countedAt), organizationId)),
  };
};

const requesting = async (): Promise<Scene> => {
  const organizationId = await dueOrganization();
  return {
    organizationId,
    run: async (services) => ok(await requestTotals(atInstant(services, after(countedAt, second)), organizationId)),
  };
};

/** Whether the last report of a change came after the last count began, and no other count is due. */
const isMissed = async ({ organizationId }: Scene): Promise<boolean> => {
  const item = await tableOf(organizationId).get(keys.totals(organizationId));
  const { changedAt = '', asOf = '', dueAt } = parseTotals(item);
  return changedAt > asOf && dueAt === undefined;
};

export const totalsGuards = [
  guarded({
    operation: 'countTotals',
    scene: counting,
    guards: {
      'totals: changedAt =': {
        harm: 'a change that was reported during a count is missing in the totals until the next day',
        meanwhile: ({ organizationId }) =>
          requestTotals(atInstant(workServicesOf(), after(countedAt, second)), organizationId),
        harmed: isMissed,
      },
    },
  }),
  guarded({
    operation: 'requestTotals',
    scene: requesting,
    guards: {
      'totals: has dueAt': {
        harm: 'a change that was reported at the end of a count is missing in the totals until the next day',
        meanwhile: ({ organizationId }) => countTotals(atInstant(workServicesOf(), countedAt), organizationId),
        harmed: isMissed,
      },
    },
  }),
];
