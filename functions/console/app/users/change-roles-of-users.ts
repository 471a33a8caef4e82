import { callApi, type CallOf, type ValueOf } from '../data/client.ts';
import type { BulkRequest } from '../parts/bulk.ts';
import { eachUserBatch } from './each-user-batch.ts';
import type { User } from './user.ts';

export type RolesChange = Omit<CallOf<'changeRolesOfUsers'>['body'], 'userIds'>;
export type ChangedRoles = ValueOf<'changeRolesOfUsers'>['results'][number];

/** The bulk request that adds, removes or replaces roles. */
export const changeRolesOfUsers = (
  params: CallOf<'changeRolesOfUsers'>['params'],
  change: RolesChange,
  onChanged: (outcomes: ChangedRoles[]) => void,
): BulkRequest<User> =>
  eachUserBatch((userIds) => callApi('changeRolesOfUsers', { params, body: { ...change, userIds } }), onChanged);
