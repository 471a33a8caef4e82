/**
 * Removes invisible characters from a pasted address, link or search text, such as the word joiners of an email, a byte order mark,
 * soft hyphens and directional marks. Directional overrides stay, because they change the displayed text, and joiners stay, because
 * they belong to the spelling of some words.
 */
export const withoutHiddenCharacters = (text: string): string =>
  text.replace(/(?![\u200d\u200c\u202d\u202e])\p{Default_Ignorable_Code_Point}/gu, '');

/** Also removes joiners, for texts in which they cannot belong to the spelling. */
export const withoutJoiners = (text: string): string => text.replace(/[\u200d\u200c]/g, '');
