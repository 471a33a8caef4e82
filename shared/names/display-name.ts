import * as z from 'zod';
import { foldedNameBytesMax, nameLettersMax } from '../limits.ts';
import { bytesOf } from '../text.ts';
import { identityOf } from './identity.ts';
import { withoutIneffective, withoutOuterSpaces } from './invisible.ts';

/**
 * A name for display: on one line, and at most `length` code points. Characters that display nothing are removed, except where
 * they belong to the spelling, so a name that consists of them is empty and refused. What would break the line or turn the text
 * around it is refused too, as are annotations, which Unicode reserves for use inside of programs (section 23.8).
 */
export const displayName = (length: number) =>
  z
    .string()
    .overwrite(spelling)
    .min(1)
    .max(length)
    .regex(
      /^[^\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}\p{Noncharacter_Code_Point}\ufff9-\ufffb]*$/u,
      'Control characters, and those that change the direction of text, are not allowed.',
    )
    .refine((name) => bytesOf(identityOf(name).normalize('NFKC')) <= foldedNameBytesMax, 'It is too long.');

const spelling = (name: string): string => withoutOuterSpaces(withoutIneffective(name));

/** Made once, because making a schema takes longer than checking a name. */
const personName = displayName(nameLettersMax);

/** Cleans a name from an external source so that `displayName(nameLettersMax)` accepts it. Returns `otherwise` if it cannot. */
export const cleanName = (name: string | undefined, otherwise: string): string => {
  const clean = (name ?? '')
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Bidi_Control}\p{Noncharacter_Code_Point}\ufff9-\ufffb]/gu, '');
  const parsed = personName.safeParse(Array.from(spelling(clean)).slice(0, nameLettersMax).join(''));
  return parsed.success ? parsed.data : otherwise;
};
