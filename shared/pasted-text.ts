/**
 * A pasted address, link or search without the characters that show nothing, such as the word joiners of a mail's text, a byte
 * order mark, soft hyphens and marks of direction. Overrides of direction stay, because they change which letters are seen, and
 * joiners stay, because words are spelled with them.
 */
export const withoutHiddenCharacters = (text: string): string =>
  text.replace(/(?![\u200d\u200c\u202d\u202e])\p{Default_Ignorable_Code_Point}/gu, '');

/** Removes joiners too, where no word can need them. */
export const withoutJoiners = (text: string): string => text.replace(/[\u200d\u200c]/g, '');
