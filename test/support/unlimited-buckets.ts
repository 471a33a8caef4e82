import type { Buckets } from '../../shared/ports.ts';
import { ok } from '../../shared/result.ts';

/** Buckets that never run out and that nothing is written of, for tests of something else that make many calls at one instant. */
export const unlimitedBuckets: Buckets = { take: async () => ok(undefined), putBack: async () => undefined };
