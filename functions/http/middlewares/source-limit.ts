import type { ServicesFor } from '../../adapters/services.ts';
import { Refused, type Middleware } from '../incoming.ts';
import { limitSource } from '../source-limit.ts';

/**
 * Limits the requests per source address, for routes that require it (`perSource`). Responds 429 beyond the limit.
 * `middy().use(sourceLimit(servicesFor))`.
 */
export const sourceLimit = (servicesFor: ServicesFor): Middleware => ({
  before: async ({ event }) => {
    if (!event.served?.row.perSource) return;
    const passes = await limitSource(servicesFor(undefined), event.source ?? '');
    if (!passes.ok) throw new Refused(passes.error);
  },
});
