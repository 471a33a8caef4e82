import { userEntriesPerTransaction } from '../limits.ts';
import type { Table } from '../table/table.ts';
import { erase, keyId, put, type Key, type Write } from '../table/write.ts';
import { entryItem, rowKey, userEntries } from './user-entries.ts';
import { rowItem, rowUpdate } from './user-row.ts';
import type { User } from './user.ts';

/**
 * The writes that bring a user's row and list entries in line with a change of the user, for the transaction of that change. If
 * it would have too many entries, the new ones are written here in advance and the old ones stay: an entry counts only if it
 * matches the user's record. The row is always part of the transaction, because it counts by itself.
 */
export const changeEntries = async (
  table: Table,
  organizationId: string,
  before: User,
  after: User,
): Promise<Write<never>[]> => {
  const old = userEntries(organizationId, before);
  const renewed = userEntries(organizationId, after);
  const added = without(renewed, old).map((key) => put(entryItem(key, after)));
  const gone = without(old, renewed).map((key) => erase(key));
  const row = rowChange(organizationId, before, after);
  if (added.length + gone.length <= userEntriesPerTransaction) return [...row, ...added, ...gone];
  await table.transact(added);
  return row;
};

const rowChange = (organizationId: string, before: User, after: User): Write<never>[] => {
  const [old, renewed] = [rowKey(organizationId, before), rowKey(organizationId, after)];
  return keyId(old) === keyId(renewed)
    ? [rowUpdate(organizationId, after)]
    : [put(rowItem(organizationId, after)), erase(old)];
};

const without = (keys: Key[], others: Key[]): Key[] => {
  const known = new Set(others.map(keyId));
  return keys.filter((key) => !known.has(keyId(key)));
};
