import { monotonicFactory } from 'ulid';
import { systemClock, systemIds } from '../../functions/adapters/system.ts';
import type { Clock, Ids } from '../../shared/ports.ts';

/**
 * The time at which the seed acts. It begins in the past and only advances, so that whatever the seed does has happened before
 * somebody looks at it, in an order and at intervals that real people could have kept.
 */
export interface SeedTime {
  clock: Clock;
  /** The ids contain the same time, by which lists are sorted. */
  ids: Ids;
  /** Milliseconds. Never goes past the present. */
  advance(duration: number): void;
}

/** `present` and `age` are milliseconds: the seed begins `age` before the present. */
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
