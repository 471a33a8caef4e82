import { foldCase } from './fold-case.ts';
import { withPlainSpaces, withoutInvisible } from './invisible.ts';

/**
 * The form that two names share if they count as one name. They may differ in case, in spacing, in characters that display
 * nothing, and in how Unicode composes their letters (NFC). Accents, widths and ligatures make another name.
 */
export const identityOf = (name: string): string =>
  withPlainSpaces(foldCase(withoutInvisible(name).normalize('NFC')).normalize('NFC'));
