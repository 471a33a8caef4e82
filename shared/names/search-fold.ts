import { foldCase } from './fold-case.ts';
import { withPlainSpaces, withoutInvisible } from './invisible.ts';
import { plainLatin } from './latin-letters.ts';

/**
 * The form by which texts are found and sorted, as people type them. It only finds and sorts: names that share it are not equal.
 * Ignores case, width, spacing, apostrophes and other quotation marks, what displays nothing, and the accents, strokes, hooks and
 * ligatures of Latin and Greek letters. Marks of other scripts tell letters apart, and stay.
 */
export const searchFold = (text: string): string =>
  withPlainSpaces(
    plainLatin(
      withoutApostrophes(
        foldCase(withoutApostrophes(withoutInvisible(text).normalize('NFC')).normalize('NFKC')).normalize('NFKD'),
      ).replace(accents, ''),
    ).normalize('NFKC'),
  );

/**
 * The words of a text in their search form: what stands between spaces and punctuation, so that hyphenated names are two words. A
 * text of punctuation alone is one word.
 */
export const searchWords = (text: string): string[] => {
  const folded = searchFold(text);
  const words = folded.split(/[^\p{L}\p{M}\p{N}\p{S}]+/u).filter((word) => word !== '');
  return words.length > 0 || folded === '' ? words : [folded];
};

/** Whether a name contains what somebody types to find it. Each word may be anywhere in it, also within a word. */
export const nameFinder = (search: string): ((name: string) => boolean) => {
  const words = searchFold(search).split(' ');
  return (name) => {
    const folded = searchFold(name);
    return words.every((word) => folded.includes(word));
  };
};

const accents = /(?<=[\p{Script=Latin}\p{Script=Greek}]\p{M}*)\p{M}/gu;

/**
 * Quotation marks, the letters and signs that serve as apostrophes where keyboards lack it (Hawaiian, Ukrainian, Arabic in Latin
 * letters, Armenian, Hebrew, Mexican languages), and the interpunct of Catalan.
 */
const apostrophes = /[\p{Quotation_Mark}`´\u02b9-\u02bf\u055a\u05f3\u05f4\u2032\ua78b\ua78c\u00b7\u0387]/gu;

const withoutApostrophes = (text: string): string => text.replace(apostrophes, '');
