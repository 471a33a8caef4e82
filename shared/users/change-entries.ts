import { userEntriesPerTransaction } from '../limits.ts';
import type { Table } from '../table/table.ts';
import { keyId, put, type Key } from '../table/write.ts';
import { userEntries } from './user-entries.ts';
import type { User } from './user.ts';

/**
 * The entries to write and to erase with a change of a user. Where they are too many for one transaction the new ones are
 * written here, ahead: an entry counts only once the user says so.
 */
export const changeEntries = async (
  table: Table,
  organizationId: string,
  before: User,
  after: User,
): Promise<{ added: Key[]; gone: Key[] }> => {
  const old = userEntries(organizationId, before);
  const renewed = userEntries(organizationId, after);
  const added = without(renewed, old);
  const gone = without(old, renewed);
  if (added.length + gone.length <= userEntriesPerTransaction) return { added, gone };
  await table.transact(added.map((key) => put({ ...key, userId: after.id })));
  return { added: [], gone };
};

const without = (keys: Key[], others: Key[]): Key[] => {
  const known = new Set(others.map(keyId));
  return keys.filter((key) => !known.has(keyId(key)));
};
