import { callApi, type CallOf, type ValueOf } from '../data/client.ts';
import { eachBatch } from '../parts/bulk-outcomes.ts';
import type { BulkRequest } from '../parts/bulk.ts';
import type { User } from './user.ts';

/** The number of users per request. It is below the maximum of the API, so that the progress is visible and a request does not time out. */
export const usersPerPart = 20;

export type Removed = ValueOf<'removeUsers'>['results'][number];

/** The bulk request that removes users. The parts follow each other, because all of them write the successor. */
export const removeUsers = (
  params: CallOf<'removeUsers'>['params'],
  choice: Omit<CallOf<'removeUsers'>['body'], 'userIds'>,
  onRemoved: (results: Removed[]) => void,
): BulkRequest<User> =>
  eachBatch({
    size: usersPerPart,
    inOrder: true,
    send: async (userIds) => {
      const { results } = await callApi('removeUsers', { params, body: { ...choice, userIds } });
      onRemoved(results.filter(({ ok }) => ok));
      return results;
    },
  });
