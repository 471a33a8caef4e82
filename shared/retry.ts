import type { ErrorCode, Failure } from './errors.ts';
import { err, fail, ok, type Result } from './result.ts';
import type { TransactResult } from './table/table.ts';

/** Times that an operation starts over because what it had read changed before it wrote. */
const attempts = 5;

/** Runs an attempt again while it answers `again`; then 503. From the second time on, `stale` says that what the request brought along is old. */
export const startOver = async <T>(
  attempt: (stale: boolean) => Promise<Result<T, Failure | 'again'>>,
): Promise<Result<T>> => {
  for (let count = 0; count < attempts; count += 1) {
    const result = await attempt(count > 0);
    if (result.ok) return result;
    if (result.error !== 'again') return err(result.error);
  }
  return err({ code: 'conflict', detail: 'Too many changes at once. Try again.', retryAfter: 1 });
};

/** What a write that may have to start over comes to: the value, the failure by which it was lost, or `again`. */
export const written = <T>(result: TransactResult<ErrorCode | 'again'>, value: T): Result<T, Failure | 'again'> => {
  if (result.ok) return ok(value);
  return result.error === 'again' ? err('again') : fail(result.error);
};
