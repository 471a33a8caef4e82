import { eachBatch } from '../parts/bulk-outcomes.ts';
import type { BulkRequest } from '../parts/bulk.ts';
import type { User } from './user.ts';

/** The number of users per request. It is below the maximum of the API, so that the progress is visible and a request does not time out. */
const usersPerBatch = 20;

/**
 * A bulk request to a route that changes several users. The batches are sent one after the other, because the changes write a
 * common record. `onChanged` receives the outcomes of the users who were changed.
 */
export const eachUserBatch = <R extends { id: string; ok: boolean }>(
  send: (userIds: string[]) => Promise<{ results: R[] }>,
  onChanged: (outcomes: R[]) => void,
): BulkRequest<User> =>
  eachBatch({
    size: usersPerBatch,
    inOrder: true,
    send: async (userIds) => {
      const { results } = await send(userIds);
      onChanged(results.filter(({ ok }) => ok));
      return results;
    },
  });
