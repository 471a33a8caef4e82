import type { ErrorCode, Failure } from './errors.ts';
import { err, fail, ok, type Result } from './result.ts';
import { StaleRead } from './stale-read.ts';
import type { TransactResult } from './table/table.ts';

/** Attempts of an operation whose write was lost because what it had read changed meanwhile. */
const attemptsMax = 5;

/** Runs an attempt again while it ends in `retry` or meets a stale read; then 503. Each attempt reads afresh. */
export const retryStale = async <T>(attempt: () => Promise<Result<T, Failure | 'retry'>>): Promise<Result<T>> => {
  for (let count = 0; count < attemptsMax; count += 1) {
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

/** The end of an attempt: the value, once its transaction is committed; else the failure that its guard names, or `retry`. */
export const committed = <T>(result: TransactResult<ErrorCode | 'retry'>, value: T): Result<T, Failure | 'retry'> => {
  if (result.ok) return ok(value);
  return result.error === 'retry' || result.error === 'replayed' ? err('retry') : fail(result.error);
};
