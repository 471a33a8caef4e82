import type { ErrorCode, Failure } from './errors.ts';
import type { Clock } from './ports.ts';
import { err, fail, ok, type Result } from './result.ts';
import { StaleRead } from './stale-read.ts';
import type { TransactResult } from './table/table.ts';

/** The maximum number of attempts of an operation while concurrent writes keep changing the data that it has read. */
const attemptsMax = 10;
/** The base and the maximum of the pauses between attempts. All attempts together wait less than a second. */
const pauseMilliseconds = 2;
const pauseMillisecondsMax = 100;

/**
 * Repeats an attempt, with fresh reads, while it ends in `retry` or throws `StaleRead`. Fails with 503 after the last attempt.
 * Of requests that change the same item, one succeeds each time, so the pauses are random and become longer.
 */
export const retryStale = async <T>(
  clock: Pick<Clock, 'wait'>,
  attempt: () => Promise<Result<T, Failure | 'retry'>>,
): Promise<Result<T>> => {
  for (let count = 0; count < attemptsMax; count += 1) {
    if (count > 0) await clock.wait(Math.random() * Math.min(pauseMilliseconds * 2 ** count, pauseMillisecondsMax));
    const result = await attempt().catch(retryOnStaleRead);
    if (result.ok) return result;
    if (result.error !== 'retry') return err(result.error);
  }
  return err({ code: 'conflict', detail: 'Too many changes at once. Try again.', retryAfter: 1 });
};

const retryOnStaleRead = (error: unknown) => {
  if (error instanceof StaleRead) return err('retry' as const);
  throw error;
};

/**
 * The result of an attempt: the value if its transaction has committed, otherwise the failure that the violated guard names, or
 * `retry`. A `replayed` request retries too, because the next attempt finds the remembered response.
 */
export const committed = <T>(
  result: TransactResult<ErrorCode | 'retry' | 'replayed'>,
  value: T,
): Result<T, Failure | 'retry'> => {
  if (result.ok) return ok(value);
  return result.error === 'retry' || result.error === 'replayed' ? err('retry') : fail(result.error);
};
