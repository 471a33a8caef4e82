import { monotonicFactory } from 'ulid';
import { systemClock, systemIds } from '../../functions/adapters/system.ts';
import type { Clock, Ids } from '../../shared/ports.ts';

/**
 * The clock of the seed. It starts in the past and only advances, so that everything that the seed does has a realistic time and
 * order, and nothing happens in the future.
 */
export interface SeedTime {
  clock: Clock;
  /** Creates ids with the time of this clock, because lists are sorted by the time in the ids. */
  ids: Ids;
  /** Advances the clock by this number of milliseconds. Throws if that would pass the present. */
  advance(duration: number): void;
}

/** Creates a clock that starts `age` milliseconds before `present`, which is in milliseconds since 1970. */
export const seedTime = (present: number, age: number): SeedTime => {
  let at = present - age;
  const ulid = monotonicFactory();
  return {
    clock: { ...systemClock, now: () => new Date(at).toISOString() },
    ids: { ...systemIds, next: (kind) => `${kind}_${ulid(at)}` },
    advance: (duration) => {
      if (at + duration > present) throw new Error('The seed would act in the future');
      at += duration;
    },
  };
};
