import { withoutJoiners } from './pasted-text.ts';

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const prefix = 'xn--';

/**
 * Normalizes a domain of at least two labels to lower case and punycode. Undefined if it is not a domain. Joiners are part of a
 * label only where IDNA allows them.
 */
export const toPunycode = (domain: string): string | undefined => {
  if (!domain || /[\s\p{Cc}/?#@:[\]\\%]/u.test(domain)) return undefined;
  const readable = [domain, withoutJoiners(domain)].find((each) => URL.canParse(`http://${each}`));
  if (readable === undefined) return undefined;
  const { hostname } = new URL(`http://${readable}`);
  const labels = hostname.split('.');
  const isAddress = /^\d+$/.test(labels.at(-1) ?? '');
  return labels.length >= 2 && !isAddress && labels.every((each) => label.test(each)) ? hostname : undefined;
};

/** Converts a label to punycode. Undefined if IDNA does not allow the label. */
export const labelToPunycode = (given: string): string | undefined => {
  const [first, second] = toPunycode(`${given}.example`)?.split('.') ?? [];
  return second === 'example' ? first : undefined;
};

/** Converts a label to Unicode. A label that is not valid punycode is returned unchanged. */
export const labelToUnicode = (given: string): string => {
  const unicode = given.startsWith(prefix) ? decodePunycode(given.slice(prefix.length)) : undefined;
  return unicode !== undefined && labelToPunycode(unicode) === given ? unicode : given;
};

/** Converts each label of a domain to Unicode. */
export const domainToUnicode = (domain: string): string => domain.split('.').map(labelToUnicode).join('.');

/** Decodes a label without its prefix: RFC 3492, 6.2, with its names and numbers. Returns undefined if it is not punycode. */
const decodePunycode = (encoded: string): string | undefined => {
  const delimiter = encoded.lastIndexOf('-');
  const output = Array.from(encoded.slice(0, Math.max(delimiter, 0)), (letter) => letter.codePointAt(0) ?? 0);
  const digits = Array.from(encoded.slice(delimiter + 1), (letter) => digitOf(letter));
  let [n, i, bias] = [128, 0, 72];
  for (let next = 0; next < digits.length;) {
    const start = i;
    let w = 1;
    for (let k = base; ; k += base) {
      const digit = digits[next];
      if (digit === undefined) return undefined;
      next += 1;
      i += digit * w;
      const t = Math.min(Math.max(k - bias, tMin), tMax);
      if (digit < t) break;
      w *= base - t;
    }
    const length = output.length + 1;
    bias = adapt(i - start, length, start === 0);
    n += Math.floor(i / length);
    if (n > lastCodePoint) return undefined;
    i %= length;
    output.splice(i, 0, n);
    i += 1;
  }
  return String.fromCodePoint(...output);
};

/** `a` to `z` are 0 to 25, and `0` to `9` are 26 to 35. */
const digitOf = (letter: string): number | undefined => {
  const digit = 'abcdefghijklmnopqrstuvwxyz0123456789'.indexOf(letter);
  return digit < 0 ? undefined : digit;
};

const lastCodePoint = 0x10ffff;
const [base, tMin, tMax, skew, damp] = [36, 1, 26, 38, 700];

const adapt = (delta: number, length: number, isFirst: boolean): number => {
  let remaining = Math.floor(delta / (isFirst ? damp : 2));
  remaining += Math.floor(remaining / length);
  let k = 0;
  for (; remaining > ((base - tMin) * tMax) / 2; k += base) remaining = Math.floor(remaining / (base - tMin));
  return k + Math.floor(((base - tMin + 1) * remaining) / (remaining + skew));
};
