import * as z from 'zod';
import { foldedNameBytesMax, nameLettersMax } from './limits.ts';

/** Folds texts that differ only in case, width or spacing to the same form. Names with the same form count as equal. */
export const foldCase = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .normalize('NFKC')
    .trim()
    .replace(/\s+/gu, ' ');

/** Folds a text for searches, which ignore case and the accents of Latin and Greek letters. */
export const fold = (text: string): string =>
  foldCase(text)
    .normalize('NFKD')
    .replace(/(?<=[\p{Script=Latin}\p{Script=Greek}]\p{M}*)\p{M}/gu, '')
    .normalize('NFKC');

/** Replaces each `{name}` in a text by the value of that name. A placeholder without a value is left unchanged. */
export const fillIn = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);

/** Compares texts in DynamoDB's order, which is that of their UTF-8 bytes. */
export const compareUtf8 = (a: string, b: string): number => {
  const [left, right] = [utf8.encode(a), utf8.encode(b)];
  const differs = left.findIndex((byte, index) => byte !== right[index]);
  return differs < 0 ? left.length - right.length : (left[differs] ?? 0) - (right[differs] ?? -1);
};

const utf8 = new TextEncoder();

/** Cuts a text to a number of bytes in UTF-8. A text that was cut ends with an ellipsis. */
export const shorten = (text: string, bytes: number): string => {
  if (utf8.encode(text).length <= bytes) return text;
  const letters = Array.from(text);
  while (utf8.encode(`${letters.join('')}…`).length > bytes) letters.pop();
  return `${letters.join('')}…`;
};

/** The bytes of a text in a Lambda response, which is JSON within JSON: each quote and backslash needs 4. */
export const answeredBytes = (text: string): number =>
  utf8.encode(JSON.stringify(JSON.stringify(text).slice(1, -1))).length - 2;

/** The bytes of an object in a Lambda response, which is JSON with the body as a string. */
export const responseBytes = (body: unknown): number => utf8.encode(JSON.stringify(JSON.stringify(body))).length;

/** A name for display: trimmed, on one line, without control or formatting characters, and at most `length` code points. */
export const displayName = (length: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(length)
    .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]*$/u, 'Control characters are not allowed.')
    .refine((name) => utf8.encode(foldCase(name)).length <= foldedNameBytesMax, 'It is too long.');

/** Made once, because making a schema takes longer than checking a name. */
const personName = displayName(nameLettersMax);

/** Cleans a name from an external source so that `displayName(nameLettersMax)` accepts it. Returns `otherwise` if it cannot. */
export const cleanName = (name: string | undefined, otherwise: string): string => {
  const clean = (name ?? '')
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cf}/gu, '');
  const parsed = personName.safeParse(Array.from(clean.trim()).slice(0, nameLettersMax).join(''));
  return parsed.success ? parsed.data : otherwise;
};
