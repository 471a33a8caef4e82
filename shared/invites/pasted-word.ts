import { givenAddressLettersMax } from '../limits.ts';

/** The addresses in a word of a pasted list that has an at sign, without what programs put around them. A `mailto:` link may have several. */
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

/** Percent signs of a link (RFC 6068) that encode nothing are left as they are. */
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
/** `To:ada@x.example`, `SMTP:ada@x.example`; no URL. */
const label = /^[\p{L}\p{N}=_.-]+[:：](?!\/)/u;
/** A local part may begin with a brace. */
const opening = /^(?:(?!\{)[\p{Ps}\p{Pi}\p{Pf}"•·▪◦‣])+(?=[^@])/u;
/** No domain ends with one of these. */
const closing = /(?<=[^@])[\p{Pe}\p{Pi}\p{Pf}"'`*_.,;:!?…。．｡，；：！？]+$/u;
/** A local part may begin with these, so they go only where they also end the word. */
const pairs = /^(['`*_]+)(.+@.+)\1$/;

const bare = (word: string): string => {
  const inner = inBrackets.exec(word)?.[1] ?? beforeBrackets.exec(word)?.[1] ?? word;
  const unquoted = inner
    .replace(opening, '')
    .replace(/[.,;:。．｡，；：]+$/u, '')
    .replace(pairs, '$2');
  return unquoted.replace(label, '').replace(opening, '').replace(closing, '');
};
