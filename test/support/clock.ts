import { setTimeout } from 'node:timers/promises';
import { monotonicFactory } from 'ulid';
import { WarmInstances } from '../../infra/local/function-instance.ts';
import { systemClock } from '../../functions/adapters/system.ts';
import type { Clock, Ids } from '../../shared/ports.ts';

/** The functions that all test files of this process share. Their clock only advances, from one test file to the next too. */
export const warm = new WarmInstances();

/** The functions' clock, for what runs in the test's own process. */
export const clock: Clock = {
  now: () => new Date(warm.now()).toISOString(),
  wait: (duration) => setTimeout(duration),
  every: systemClock.every,
};

/** A clock on which waiting takes no time, and nothing happens at intervals. */
export const clockAt = (now: () => string): Clock => ({
  now,
  wait: async () => undefined,
  every: () => () => undefined,
});

/** These services with a clock that is ahead of the functions' clock by this many milliseconds. */
export const later = <S extends { clock: Clock }>(services: S, milliseconds: number): S => ({
  ...services,
  clock: { ...services.clock, now: () => new Date(warm.now() + milliseconds).toISOString() },
});

const ulid = monotonicFactory();

/** Ids in the order of the functions' ids. */
export const ids: Ids = { next: (kind) => `${kind}_${ulid(warm.now())}` };
