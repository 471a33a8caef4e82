import type { NameOf } from '../named.ts';
import { fail, ok, type Result } from '../result.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import type { Item } from '../table/write.ts';
import { parseInviter, type Inviter } from './inviter.ts';
import { isActive, parseUser, type User } from './user.ts';

/** A request whose path names a user. */
export interface NamesUser {
  params: { organizationId: string; userId: string };
}

/** The key of the user that a request names. */
export const userKeys = ({ params }: NamesUser) => [keys.user(params.organizationId, params.userId)];

/** The user that a request names, active or removed. */
export const findNamedUser = (table: Table, { params }: NamesUser): Promise<User | undefined> =>
  findUser(table, params.organizationId, params.userId);

/** The user that a request names, if active. For a removed user the operation decides the response, whatever `If-Match` requires. */
export const findNamedActiveUser = async (table: Table, request: NamesUser): Promise<User | undefined> => {
  const user = await findNamedUser(table, request);
  return user && isActive(user) ? user : undefined;
};

/** A user by id, active or removed. */
export const findUser = async (table: Table, organizationId: string, userId: string): Promise<User | undefined> => {
  const item = await table.get(keys.user(organizationId, userId));
  return item && isPerson(item) ? parseUser(item) : undefined;
};

/** A user whose roles can be changed: one who is active. */
export const requireActiveUser = async (
  table: Table,
  organizationId: string,
  userId: string,
): Promise<Result<User>> => {
  const user = await findUser(table, organizationId, userId);
  if (!user) return fail('user_not_found');
  return isActive(user) ? ok(user) : fail('already_removed', 'The user was removed.');
};

/** Users by id. One request per 100. */
export const findUsers = async (
  table: Table,
  organizationId: string,
  userIds: Iterable<string>,
): Promise<Map<string, User>> =>
  byId((await findItems(table, organizationId, userIds)).filter(isPerson).map(parseUser));

/** Finds users, service accounts and operators by id: everybody who can send an invite or appear in the audit log. One request per 100. */
export const findInviters = async (
  table: Table,
  organizationId: string,
  ids: Iterable<string>,
): Promise<Map<string, Inviter>> => byId((await findItems(table, organizationId, ids)).map(parseInviter));

/** The names of those who removed users, and of their successors. One request per 100, or none if no user was removed. */
export const findRemovalNames = async (
  table: Table,
  organizationId: string,
  users: readonly User[],
): Promise<NameOf> => {
  const ids = users.flatMap(({ removedBy, successorId }) => [removedBy, successorId]).filter((id) => id !== undefined);
  const named = await findInviters(table, organizationId, ids);
  return (id) => named.get(id)?.name;
};

const findItems = async (table: Table, organizationId: string, ids: Iterable<string>): Promise<Item[]> => {
  const items = await table.batchGet([...new Set(ids)].map((id) => keys.user(organizationId, id)));
  return items.filter((item) => item !== undefined);
};

/** The records of service accounts and operators have the same kind of key as those of users, but no person. */
export const isPerson = ({ personId }: Item): boolean => personId !== undefined;

const byId = <T extends { id: string }>(all: T[]): Map<string, T> => new Map(all.map((each) => [each.id, each]));
