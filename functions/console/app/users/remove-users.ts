import { callApi, type CallOf, type ValueOf } from '../data/client.ts';
import type { BulkRequest } from '../parts/bulk.ts';
import { eachUserBatch } from './each-user-batch.ts';
import type { User } from './user.ts';

export type Removed = ValueOf<'removeUsers'>['results'][number];

/** The bulk request that deletes users. */
export const removeUsers = (
  params: CallOf<'removeUsers'>['params'],
  choice: Omit<CallOf<'removeUsers'>['body'], 'userIds'>,
  onRemoved: (outcomes: Removed[]) => void,
): BulkRequest<User> =>
  eachUserBatch((userIds) => callApi('removeUsers', { params, body: { ...choice, userIds } }), onRemoved);
