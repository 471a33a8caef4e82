import { searchLettersMax, searchableWordsMax } from '../limits.ts';
import type { User } from './user.ts';

/**
 * The texts in the keys of rows and entries that versions before 4 wrote. The record of a user says which version its keys have.
 * To be removed, with all that uses it, once no organization is of an earlier version than 4.
 */
export const previousSearchText = (text: string): string => Array.from(fold(text)).slice(0, searchLettersMax).join('');

export const previousSearchTexts = ({ name, email }: Pick<User, 'name' | 'email'>): string[] => {
  const words = previousSearchText(name).split(' ');
  const endings = words.slice(0, searchableWordsMax).map((_, index) => words.slice(index).join(' '));
  return [previousSearchText(email), ...endings];
};

const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .normalize('NFKC')
    .trim()
    .replace(/\s+/gu, ' ')
    .normalize('NFKD')
    .replace(/(?<=[\p{Script=Latin}\p{Script=Greek}]\p{M}*)\p{M}/gu, '')
    .normalize('NFKC');
