import { callApi, type CallOf, type ValueOf } from '../data/client.ts';
import { eachBatch } from '../parts/bulk-outcomes.ts';
import type { BulkRequest } from '../parts/bulk.ts';
import { usersPerPart } from './remove-users.ts';
import type { User } from './user.ts';

export type RolesChange = Omit<CallOf<'changeRolesOfUsers'>['body'], 'userIds'>;
export type ChangedRoles = ValueOf<'changeRolesOfUsers'>['results'][number];

/** The bulk request that adds, removes or replaces roles. The parts follow each other, because demotions write a common item. */
export const changeRolesOfUsers = (
  params: CallOf<'changeRolesOfUsers'>['params'],
  change: RolesChange,
  onChanged: (results: ChangedRoles[]) => void,
): BulkRequest<User> =>
  eachBatch({
    size: usersPerPart,
    inOrder: true,
    send: async (userIds) => {
      const { results } = await callApi('changeRolesOfUsers', { params, body: { ...change, userIds } });
      onChanged(results.filter(({ ok }) => ok));
      return results;
    },
  });
