import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import type { Item } from '../table/write.ts';
import { parseInviter, type Inviter } from './inviter.ts';
import { parseUser, type User } from './user.ts';

/** A user by id, active or removed. */
export const findUser = async (table: Table, organizationId: string, userId: string): Promise<User | undefined> => {
  const item = await table.get(keys.user(organizationId, userId));
  return item && isPerson(item) ? parseUser(item) : undefined;
};

/** Users by id. One request per 100. */
export const findUsers = async (
  table: Table,
  organizationId: string,
  userIds: Iterable<string>,
): Promise<Map<string, User>> =>
  byId((await findItems(table, organizationId, userIds)).filter(isPerson).map(parseUser));

/** Users, service accounts and operators by id: whoever may have done something. One request per 100. */
export const findInviters = async (
  table: Table,
  organizationId: string,
  ids: Iterable<string>,
): Promise<Map<string, Inviter>> => byId((await findItems(table, organizationId, ids)).map(parseInviter));

const findItems = async (table: Table, organizationId: string, ids: Iterable<string>): Promise<Item[]> => {
  const items = await table.batchGet([...new Set(ids)].map((id) => keys.user(organizationId, id)));
  return items.filter((item) => item !== undefined);
};

/** The records of service accounts and of operators lie beside the users', and are none. */
const isPerson = ({ personId }: Item): boolean => personId !== undefined;

const byId = <T extends { id: string }>(all: T[]): Map<string, T> => new Map(all.map((each) => [each.id, each]));
