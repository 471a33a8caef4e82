import { useQuery } from '@tanstack/react-query';
import { sendBulk, type BulkRequest, type BulkResult } from '../parts/bulk.ts';
import type { User } from './user.ts';

interface Forecast<R> {
  result: BulkResult<User>;
  /** What the API returned for the users who would be changed. */
  outcomes: R[];
}

/**
 * Asks the API what bulk work on users would do. Nothing is changed. `key`: the route, and everything that the forecast depends on in
 * addition to the users. `request`: returns the bulk request of the dry run, which passes its outcomes to `onDone`.
 *
 *     const { data } = useDryRun<Removed>(['removeUsers', params, successorId], leavers, (onDone) =>
 *       removeUsers(params, { successorId, dryRun: true }, onDone),
 *     );
 */
export const useDryRun = <R>(
  key: readonly unknown[],
  users: readonly User[],
  request: (onDone: (outcomes: R[]) => void) => BulkRequest<User>,
) =>
  useQuery({
    queryKey: [...key, users.map(({ id, version }) => [id, version])],
    queryFn: async (): Promise<Forecast<R>> => {
      const outcomes: R[] = [];
      const result = await sendBulk(
        users,
        request((done) => outcomes.push(...done)),
      );
      return { result, outcomes };
    },
  });
