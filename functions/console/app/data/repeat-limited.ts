import { ProblemError } from './problem-error.ts';

/** How often a call is repeated, and the longest time that the person waits each time without being told. */
const repeatsMax = 5;
const waitSecondsMax = 15;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Repeats a call that was refused because the person or the organization has used up its share for the moment, after the time that
 * the API states. Such a call had no effect. So bulk work continues by itself, only more slowly.
 */
export const repeatLimited = async <T>(send: () => Promise<T>, wait = pause): Promise<T> => {
  for (let repeats = 0; ; repeats += 1) {
    try {
      return await send();
    } catch (error) {
      const seconds = limitedFor(error);
      if (seconds === undefined || seconds > waitSecondsMax || repeats === repeatsMax) throw error;
      // Random, so that calls that were refused together are not all repeated at the same moment.
      await wait((seconds + Math.random()) * 1_000);
    }
  }
};

const limitedFor = (error: unknown): number | undefined =>
  error instanceof ProblemError && error.problem.code === 'too_many_requests' ? error.retryAfter : undefined;
