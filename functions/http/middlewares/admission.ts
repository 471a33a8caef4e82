import { recentMap } from '../../adapters/recent-map.ts';
import type { ServicesFor } from '../../adapters/services.ts';
import { enlarged, take } from '../../../shared/fair-use/bucket.ts';
import { personCalls } from '../../../shared/fair-use/fair-use-limits.ts';
import { personsCountedMax } from '../../../shared/limits.ts';
import { Refused, type Middleware } from '../incoming.ts';

/**
 * Limits the calls of each signed-in person, counted in the memory of the function instance. Responds 429 beyond the limit, before
 * anything is read. `middy().use(admission(servicesFor, 1))` must come after `callerIdentity()`.
 */
export const admission = (servicesFor: ServicesFor, factor: number): Middleware => {
  const limit = enlarged(personCalls, factor);
  const fullAgain = recentMap<number>(personsCountedMax);
  return {
    before: ({ event: { personId } }) => {
      if (personId === undefined) return;
      const now = Date.parse(servicesFor(undefined).clock.now());
      const taken = take(limit, 1, now, fullAgain.get(personId));
      if (!taken.ok) throw new Refused(taken.error);
      fullAgain.set(personId, taken.value);
    },
  };
};
