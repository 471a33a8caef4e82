import { linkReadingsMax, pastedLinkLettersMax } from '../../shared/limits.ts';
import { parseToken } from '../../shared/invites/token.ts';
import { decoders } from './page-link-decoders.ts';

/**
 * Finds the token in a pasted text: the link, a whole email, or the link as a mail gateway or a mail program has rewritten it.
 * Gateways also rewrite links that other gateways have already rewritten, so every decoder is applied to the results of the others,
 * with the fewest decodings first. Undefined if the text contains no complete token.
 */
export const tokenIn = (text: string): string | undefined => {
  // The loop also visits the elements that it adds to the set.
  const readings = new Set([text.slice(0, pastedLinkLettersMax)]);
  for (const reading of readings) {
    const token = tokenAmong(reading);
    if (token !== undefined) return token;
    for (const decode of decoders) if (readings.size < linkReadingsMax) readings.add(decode(reading));
  }
  return undefined;
};

/**
 * Characters that mail programs insert into a link that is longer than a line: line ends, also of quoted-printable text (`=`),
 * indentation, the marks of a quoted reply, and invisible characters.
 */
const inside = String.raw`[\s>|=\p{Cf}]*`;

const letters = (one: string, count: number): string => `(?:${one}${inside}){${count - 1}}${one}`;

const word = (text: string): string =>
  Array.from(text)
    .join(inside)
    .replace('.', String.raw`\.`);

/** A token consists of parts of fixed lengths. Underscores may follow it, because gateways and Markdown put them after a link. */
const tokenPattern = new RegExp(
  [
    '(?<![A-Za-z0-9])',
    word('org_'),
    letters('[0-9A-Z]', 26),
    word('.inv_'),
    letters('[0-9A-Z]', 26),
    word('.'),
    letters(String.raw`[\w\-]`, 43),
    String.raw`(?![_\-]*[A-Za-z0-9])`,
  ].join(inside),
  'gu',
);

const tokenAmong = (text: string): string | undefined =>
  [...text.matchAll(tokenPattern)]
    .map(([found]) => found.replace(/[^\w.-]/g, ''))
    .find((found) => parseToken(found) !== undefined);
