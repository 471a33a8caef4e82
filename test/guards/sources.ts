import { limitSource } from '../../functions/http/source-limit.ts';
import { systemIds } from '../../functions/adapters/system.ts';
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
];
