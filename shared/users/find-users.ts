import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { parseUser, type User } from './user.ts';

/** A user by id, active or removed. */
export const findUser = async (table: Table, organizationId: string, userId: string): Promise<User | undefined> => {
  const item = await table.get(keys.user(organizationId, userId));
  return item && parseUser(item);
};

/** Users by id. One request per 100. */
export const findUsers = async (
  table: Table,
  organizationId: string,
  userIds: Iterable<string>,
): Promise<Map<string, User>> => {
  const items = await table.batchGet([...new Set(userIds)].map((userId) => keys.user(organizationId, userId)));
  return new Map(items.flatMap((item) => (item ? [parseUser(item)] : [])).map((user) => [user.id, user]));
};
