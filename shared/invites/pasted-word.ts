import { givenAddressLettersMax } from '../limits.ts';

/**
 * The addresses in a word with an at sign, without the characters that programs add around them. A `mailto:` link can have several.
 */
export const addressesInWord = (word: string): string[] => {
  if (word.length > givenAddressLettersMax) return [word];
  const link = /mailto:(.*)$/i.exec(word)?.[1];
  if (link === undefined) return [bare(word)];
  const [recipients = ''] = link.split('?');
  return recipients
    .split(',')
    .map(decode)
    .filter((each) => each.includes('@'))
    .map(bare);
};

/** Decodes the percent-encoding of a link (RFC 6068). Invalid sequences stay unchanged. */
const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** `王小明(wang@x.example)`, `[Ada](ada@x.example)`. */
const inBrackets = /[(（[［【]([^()（）[\]［］【】]*@[^()（）[\]［］【】]+)[)）\]］】]$/u;
/** `ada@x.example(Ada)`. */
const beforeBrackets = /^([^()（）[\]［］【】]+@[^()（）[\]［］【】]+)[(（[［【][^@]*[)）\]］】]$/u;
/** `To:ada@x.example`, `SMTP:ada@x.example`, but not a URL. */
const label = /^[\p{L}\p{N}=_.-]+[:：](?!\/)/u;
/** Opening punctuation, except a brace, because a local part can begin with one. */
const opening = /^(?:(?!\{)[\p{Ps}\p{Pi}\p{Pf}"•·▪◦‣])+(?=[^@])/u;
/** Characters with which no domain ends. */
const closing = /(?<=[^@])[\p{Pe}\p{Pi}\p{Pf}"'`*_.,;:!?…。．｡，；：！？]+$/u;
/** Marks that are removed only if they are on both sides of the word, because a local part can begin with them. */
const pairs = /^(['`*_]+)(.+@.+)\1$/;

const bare = (word: string): string => {
  const inner = inBrackets.exec(word)?.[1] ?? beforeBrackets.exec(word)?.[1] ?? word;
  const unquoted = inner
    .replace(opening, '')
    .replace(/[.,;:。．｡，；：]+$/u, '')
    .replace(pairs, '$2');
  return unquoted.replace(label, '').replace(opening, '').replace(closing, '');
};
