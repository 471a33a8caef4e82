import * as z from 'zod';

/** For comparing names as people do: any case, any accents, any spacing. */
export const fold = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().normalize('NFKC').trim().replace(/\s+/gu, ' ');

/** A name that people read: trimmed, on one line, without control or direction characters. `length`: in UTF-16 units. */
export const displayName = (length: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(length)
    .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]*$/u, 'Control characters are not allowed.');
