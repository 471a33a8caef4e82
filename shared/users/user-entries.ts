import { searchLettersMax, searchableWordsMax } from '../limits.ts';
import { isKnownAssignment, poolOf } from '../roles/role.ts';
import { keys } from '../table/keys.ts';
import type { Item, Key } from '../table/write.ts';
import { fold } from '../text.ts';
import type { User } from './user.ts';

export const searchText = (text: string): string => Array.from(fold(text)).slice(0, searchLettersMax).join('');

/**
 * Where filtered lists find a user: by the email address and each word of the name, by role, by pool. An entry counts only while
 * it is among these: what a change or a removal leaves behind lists nobody. The list by name consists of rows (user-row.ts).
 */
export const userEntries = (
  organizationId: string,
  user: Pick<User, 'id' | 'name' | 'email' | 'assignments'>,
): Key[] => {
  const name = searchText(user.name);
  const heldRoles = new Set(user.assignments.filter(isKnownAssignment).map(({ role }) => role));
  const pools = user.assignments.flatMap((assignment) => poolOf(assignment) ?? []);
  const texts = new Set([searchText(user.email), ...endings(name)]);
  return [
    ...[...texts].map((text) => keys.userByText(organizationId, text, user.id)),
    ...[...heldRoles].map((role) => keys.userByRole(organizationId, role, name, user.id)),
    ...pools.map((poolId) => keys.userByPool(organizationId, poolId, name, user.id)),
  ];
};

/** The key of a user's row (user-row.ts) in the list by name. */
export const rowKey = (organizationId: string, { id, name }: Pick<User, 'id' | 'name'>): Key =>
  keys.userByName(organizationId, searchText(name), id);

export const entryItem = (key: Key, { id }: Pick<User, 'id'>): Item => ({ ...key, userId: id });

/** "ada king lovelace" is found by the beginning of itself, of "king lovelace" and of "lovelace". */
const endings = (name: string): string[] => {
  const words = name.split(' ');
  return words.slice(0, searchableWordsMax).map((_, index) => words.slice(index).join(' '));
};
