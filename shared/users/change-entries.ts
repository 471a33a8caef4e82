import { userEntriesPerTransaction } from '../limits.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { erase, keyId, put, update, type Key, type Write } from '../table/write.ts';
import { entryItem, hasCurrentEntries, rowKey, userEntries, withCurrentEntries } from './user-entries.ts';
import { rowItem, rowUpdate } from './user-row.ts';
import type { User } from './user.ts';

/**
 * Returns the writes that update a user's row and list entries after a change of the user, for the transaction of that change. If
 * there are too many entries for it, the new ones are written here in advance and the old ones stay, because an entry is ignored
 * unless it matches the user's record. The row is always part of the transaction, because lists trust it without the record.
 */
export const changeEntries = async (
  table: Table,
  organizationId: string,
  before: User,
  changed: User,
): Promise<Write<never>[]> => {
  const after = withCurrentEntries(changed);
  const old = userEntries(organizationId, before);
  const renewed = userEntries(organizationId, after);
  const added = without(renewed, old).map((key) => put(entryItem(key, after)));
  const gone = without(old, renewed).map((key) => erase(key));
  const others = [...rowChange(organizationId, before, after), ...versionChange(organizationId, before)];
  if (added.length + gone.length <= userEntriesPerTransaction) return [...others, ...added, ...gone];
  await table.transact(added);
  return others;
};

const rowChange = (organizationId: string, before: User, after: User): Write<never>[] => {
  const [old, renewed] = [rowKey(organizationId, before), rowKey(organizationId, after)];
  return keyId(old) === keyId(renewed)
    ? [rowUpdate(organizationId, after)]
    : [put(rowItem(organizationId, after)), erase(old)];
};

/** The record stores the version of the keys of the row and the entries. A change of an earlier version's user updates them. */
const versionChange = (organizationId: string, before: User): Write<never>[] =>
  hasCurrentEntries(before) ? [] : [update(keys.user(organizationId, before.id), { set: withCurrentEntries({}) })];

/** The keys of the first list that are not in the second. */
export const without = (some: Key[], others: Key[]): Key[] => {
  const known = new Set(others.map(keyId));
  return some.filter((key) => !known.has(keyId(key)));
};
