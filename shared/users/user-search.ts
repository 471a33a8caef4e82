import { addressSearch } from '../address-search.ts';
import { searchFold, searchWords } from '../names/search-fold.ts';
import { previousSearchText } from './previous-entries.ts';
import { domainOf, foldedText, searchText } from './user-entries.ts';
import type { User } from './user.ts';

/** A parsed search for users. Every term must match. */
export interface UserSearch {
  /** The prefix of the entries of all matching users. It is derived from the longest word. */
  prefix: string;
  /** The prefix in entries of the previous version. */
  previousPrefix: string;
  matches(user: Pick<User, 'name' | 'email'>): boolean;
}

/** Undefined for a text without visible characters. */
export const parseUserSearch = (text: string): UserSearch | undefined => {
  const terms = text
    .split(/\s+/u)
    .filter((typed) => searchFold(typed) !== '')
    .map((typed) => (typed.includes('@') ? addressTerm(typed) : wordTerm(typed)));
  const [longest] = terms.toSorted((a, b) => selectivity(b) - selectivity(a));
  return longest && { ...longest, matches: (user) => terms.every((term) => term.matches(user)) };
};

/** Ranks terms by their number of letters. A domain ranks last, because all users of an organization may share it. */
const selectivity = ({ prefix }: UserSearch): number => (prefix.startsWith('@') ? 0 : Array.from(prefix).length);

/** A term that matches the beginning of an email address or, from the `@` on, of its domain in Unicode or punycode. */
const addressTerm = (typed: string): UserSearch => {
  const { prefix: address, finds = () => true } = addressSearch(typed);
  const partOf = (email: string): string => (address.startsWith('@') ? domainOf(email) : email);
  const prefix = foldedText(address);
  return {
    prefix,
    previousPrefix: previousSearchText(address),
    matches: ({ email }) => foldedText(partOf(email)).startsWith(prefix) && finds(partOf(email)),
  };
};

/**
 * A term that matches the beginning of a word of the name, or of the email address. With hyphens or dots, it matches the beginning
 * of an address or of several words, and its first word is a prefix of the entries of both.
 */
const wordTerm = (typed: string): UserSearch => {
  const folded = foldedText(typed);
  const words = searchWords(typed);
  return {
    prefix: searchText(words[0] ?? folded),
    previousPrefix: previousSearchText(typed),
    matches: ({ name, email }) => {
      const ownWords = searchWords(name);
      return (
        foldedText(email).startsWith(folded) ||
        words.every((word) => ownWords.some((ownWord) => ownWord.startsWith(word)))
      );
    },
  };
};
