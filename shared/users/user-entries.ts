import { searchLettersMax, searchableWordsMax } from '../limits.ts';
import { searchFold, searchWords } from '../names/search-fold.ts';
import { isKnownAssignment, poolOf } from '../roles/role.ts';
import { keys } from '../table/keys.ts';
import { entryVersion } from '../table/schema.ts';
import type { Item, Key } from '../table/write.ts';
import { previousSearchText, previousSearchTexts } from './previous-entries.ts';
import type { User } from './user.ts';

/** The form of a name in the keys of rows and entries: its words. */
export const searchText = (text: string): string => cut(searchWords(text).join(' '));

/** The form of a text with punctuation in the keys of entries: of an email address, or of a domain after its `@`. */
export const foldedText = (address: string): string => cut(searchFold(address));

const cut = (text: string): string => Array.from(text).slice(0, searchLettersMax).join('');

/** A user whose rows and entries have the keys of the current version, once this is stored. */
export const withCurrentEntries = <U extends object>(user: U): U & { entryVersion: number } => ({
  ...user,
  entryVersion,
});

export const hasCurrentEntries = (user: Pick<User, 'entryVersion'>): boolean => user.entryVersion === entryVersion;

/**
 * The entries through which filtered lists find a user: by the email address, its domain, each word of the name, role and pool. Any
 * other entry of the user, which a change or a removal left behind, is ignored. The list by name consists of rows (user-row.ts).
 */
export const userEntries = (
  organizationId: string,
  user: Pick<User, 'id' | 'name' | 'email' | 'assignments' | 'entryVersion'>,
): Key[] => {
  const name = sortText(user);
  const heldRoles = new Set(user.assignments.filter(isKnownAssignment).map(({ role }) => role));
  const pools = user.assignments.flatMap((assignment) => poolOf(assignment) ?? []);
  const texts = new Set(hasCurrentEntries(user) ? searchTexts(user) : previousSearchTexts(user));
  return [
    ...[...texts].map((text) => keys.userByText(organizationId, text, user.id)),
    ...[...heldRoles].map((role) => keys.userByRole(organizationId, role, name, user.id)),
    ...pools.map((poolId) => keys.userByPool(organizationId, poolId, name, user.id)),
  ];
};

/** The key of a user's row (user-row.ts) in the list by name. */
export const rowKey = (organizationId: string, user: Pick<User, 'id' | 'name' | 'entryVersion'>): Key =>
  keys.userByName(organizationId, sortText(user), user.id);

export const entryItem = (key: Key, { id }: Pick<User, 'id'>): Item => ({ ...key, userId: id });

/** The text by which lists sort a user. */
const sortText = (user: Pick<User, 'name' | 'entryVersion'>): string =>
  hasCurrentEntries(user) ? searchText(user.name) : previousSearchText(user.name);

const searchTexts = ({ name, email }: Pick<User, 'name' | 'email'>): string[] => [
  foldedText(email),
  foldedText(domainOf(email)),
  ...endings(searchText(name)),
];

/** The part of an email address from its `@` on. */
export const domainOf = (email: string): string => email.slice(email.lastIndexOf('@'));

/** The texts by whose beginning a name is found: "ada king lovelace", "king lovelace" and "lovelace". */
const endings = (name: string): string[] => {
  const words = name.split(' ');
  return words.slice(0, searchableWordsMax).map((_, index) => words.slice(index).join(' '));
};
