import { linkReadingsMax, pastedLinkLettersMax } from '../../shared/limits.ts';
import { parseToken } from '../../shared/invites/token.ts';
import { decoders } from './page-link-decoders.ts';

/**
 * The token in a text as people have it: the link, a whole mail, or what a mail gateway or a mail program has made of the link.
 * Gateways rewrite what other gateways have rewritten, so each way of decoding is applied to the result of each other, the fewest
 * decodings first. Undefined if there is no whole token.
 */
export const tokenIn = (text: string): string | undefined => {
  // A set can grow while it is iterated.
  const readings = new Set([text.slice(0, pastedLinkLettersMax)]);
  for (const reading of readings) {
    const token = tokenAmong(reading);
    if (token !== undefined) return token;
    for (const decode of decoders) if (readings.size < linkReadingsMax) readings.add(decode(reading));
  }
  return undefined;
};

/**
 * What mail programs put inside a link that is longer than a line: line ends, also of quoted-printable text (`=`), indentation, the
 * marks of a quoted reply, and characters that are not displayed.
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
