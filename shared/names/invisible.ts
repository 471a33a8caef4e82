/**
 * Which characters display nothing. Unicode properties decide, so that every script follows the same rules:
 * https://www.unicode.org/reports/tr44/#Property_Index
 */

/**
 * Graphic characters whose glyph is empty by definition, although no property says so: the blank of Braille, the null notehead,
 * the filler of the Khitan small script and two blanks of Egyptian hieroglyphs. They count as spaces.
 */
const blank = '\\u2800\\u{1d159}\\u{16fe4}\\u{13441}\\u{13442}';

/** Characters that display nothing unless a neighbour gives them an effect, and control characters of the text's layout. */
const unseen = '\\p{Default_Ignorable_Code_Point}\\p{Cf}';

/** A letter of a script without capitals, with its marks. In such scripts joiners decide about the shapes of letters. */
const letter = `(?![${unseen}${blank}])\\p{Lo}`;

/** An emoji, with what chooses its style and skin tone. */
const emoji = '\\p{Extended_Pictographic}[\\p{Variation_Selector}\\p{Emoji_Modifier}]*';

/** The name of a region in the flag of a region, such as Scotland. https://www.unicode.org/reports/tr51/#def_emoji_tag_sequence */
const flagTags = `(?<=${emoji}[\\u{e0020}-\\u{e007e}]*)[\\u{e0020}-\\u{e007e}]+\\u{e007f}`;

/**
 * Where a character that displays nothing changes how its neighbours are displayed, so that it belongs to the spelling:
 * - a joiner, or the Mongolian vowel separator, after a letter that joins: Persian, Sinhala, Bengali, Malayalam. Typed twice, it has no further effect.
 * - a zero-width space between two letters: the word boundary of Khmer, Thai and Lao;
 * - a joiner between two emojis: a profession, a family;
 * - a mark after what it modifies: the variant of a Japanese or Mongolian letter, the style of an emoji;
 * - the tags of a flag.
 */
const effective = [
  `(?<=${letter}\\p{M}*)([\\p{Join_Control}\\u180e])\\1*`,
  `(?<=${letter}\\p{M}*)(\\u200b)(?=${letter})`,
  `(?<=${emoji})(\\u200d)(?=\\p{Extended_Pictographic})`,
  `(?<=(?![${unseen}${blank}])[\\p{Lo}\\p{M}\\p{S}\\p{Emoji}])((?=\\p{Default_Ignorable_Code_Point})\\p{M})`,
  `(${flagTags})`,
].join('|');

const ineffective = new RegExp(`${effective}|(?!\\p{Bidi_Control})\\p{Default_Ignorable_Code_Point}`, 'gu');

/**
 * Removes the characters that display nothing, except where they change how their neighbours are displayed. Those that change the
 * direction of the text around them stay, because a text without them may read otherwise than it did.
 */
export const withoutIneffective = (text: string): string => text.replace(ineffective, '$1$2$3$4$5');

const invisible = new RegExp(`(${flagTags})|[${unseen}]`, 'gu');

/** Removes all characters that display nothing, whatever their effect on others. Only flags keep the names of their regions. */
export const withoutInvisible = (text: string): string => text.replace(invisible, '$1');

const spaces = `[\\s${blank}]+`;
const allSpaces = new RegExp(spaces, 'gu');
const outerSpaces = new RegExp(`^${spaces}|${spaces}$`, 'gu');

/** Replaces each run of spaces of any kind and width by one space, and removes those around the text. */
export const withPlainSpaces = (text: string): string => text.replace(allSpaces, ' ').trim();

/** Removes the spaces of any kind around the text. */
export const withoutOuterSpaces = (text: string): string => text.replace(outerSpaces, '');
