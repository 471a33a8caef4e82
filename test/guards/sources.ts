import { limitSource } from '../../functions/http/source-limit.ts';
import { tableBuckets } from '../../functions/adapters/table-buckets.ts';
import { systemIds } from '../../functions/adapters/system.ts';
import { organizationUnitsAtOnceMax } from '../../shared/limits.ts';
import { clock } from '../support/clock.ts';
import { guarded, type GuardedOperation, type Scene } from '../support/guarded.ts';
import { atInstant } from '../support/operations.ts';
import type { Run } from '../support/races.ts';
import { succeed } from '../support/requests.ts';

/** A source address that is limited to one request a minute. */
const asking = async (): Promise<Scene & { ask: Run }> => {
  const [source, now] = [`source-${crypto.randomUUID()}`, clock.now()];
  const ask: Run = (services) =>
    limitSource({ ...atInstant(services, now), settings: { ...services.settings, requestsPerSource: 1 } }, source);
  return { organizationId: systemIds.next('org'), run: ask, ask };
};

/** Another function instance takes all that an organization may use at once. */
const taking = async (): Promise<Scene & { takeAll: Run }> => {
  const [organizationId, now] = [systemIds.next('org'), clock.now()];
  const takeAll: Run = ({ tenantTable }) =>
    tableBuckets(tenantTable, 1).take('organization', organizationId, organizationUnitsAtOnceMax, now);
  return { organizationId, run: takeAll, takeAll };
};

const twiceTheUnits = {
  harm: 'an organization uses twice what it may use at once',
  meanwhile: ({ organizationId, takeAll }: Scene & { takeAll: Run }) => succeed(organizationId, takeAll),
  harmed: (_scene: Scene, result: Awaited<ReturnType<Run>>) => result.ok,
};

export const sourceGuards: GuardedOperation[] = [
  guarded<Scene & { ask: Run }>({
    operation: 'limitSource',
    scene: asking,
    guards: {
      'source: no requests or requests <': {
        harm: 'a source address sends more requests than the limit allows',
        meanwhile: ({ organizationId, ask }) => succeed(organizationId, ask),
        harmed: (_scene, result) => result.ok,
      },
    },
  }),
  guarded<Scene & { takeAll: Run }>({
    operation: 'takeUnits',
    scene: taking,
    guards: {
      'bucket: no fullAt or fullAt <=': twiceTheUnits,
      'bucket: fullAt <=': twiceTheUnits,
    },
  }),
];
