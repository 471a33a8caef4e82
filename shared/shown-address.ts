import { labelToUnicode, toPunycode } from './domain-name.ts';

/**
 * An email address as people read it: each label of its domain in Unicode if that label is of a single script, and in punycode
 * otherwise, so that no label mixes letters of several scripts that look alike. Every input accepts both forms.
 */
export const shownAddress = (email: string): string => {
  const domain = email.slice(email.lastIndexOf('@') + 1);
  const shown = domain.split('.').map(shownLabel).join('.');
  // IDNA also has rules for the domain as a whole, such as those for labels that are written from right to left.
  return shown !== domain && toPunycode(shown) === domain ? email.slice(0, -domain.length) + shown : email;
};

const shownLabel = (label: string): string => {
  const unicode = labelToUnicode(label);
  return isOfOneScript(unicode) ? unicode : label;
};

/**
 * Letters, marks, digits, and the characters that IDNA allows between them. No symbols, because a symbol belongs to every script.
 */
const isWord = /^[\u200d\u200c\p{L}\p{M}\p{Nd}\u00b7\u0375\u05f3\u05f4\u30fb-]+$/u;

/**
 * Whether all characters belong to one script: UTS 39, 5.1: "A string is single-script if and only if its resolved script set is
 * nonempty", where Japanese, Korean and Han with Bopomofo count as one script each. The resolved script set is the
 * intersection of the characters' Script_Extensions, and Common and Inherited characters have every script.
 */
const isOfOneScript = (label: string): boolean =>
  isWord.test(label) && writingSystems.some((writingSystem) => writingSystem.test(label));

/** The scripts in modern use: UAX 31, tables 5 (recommended) and 7 (limited use). */
const writingSystems = [
  ...'Arab Armn Beng Cyrl Deva Ethi Geor Grek Gujr Guru Hebr Khmr Knda Laoo Latn Mlym Mymr Orya Sinh Taml Telu Thaa Thai Tibt'.split(
    ' ',
  ),
  ...'Adlm Bali Bamu Batk Cakm Cans Cham Cher Hmnp Java Kali Lana Lepc Limb Lisu Mand Mtei Newa Nkoo Olck Osge Plrd Rohg Saur Sund Sylo Syrc Tale Talu Tavt Tfng Vaii Wcho Yiii'.split(
    ' ',
  ),
  'Hani Hira Kana',
  'Hani Hang',
  'Hani Bopo',
].map((scripts) => {
  const classes = `${scripts} Zyyy Zinh`.split(' ').map((script) => `\\p{scx=${script}}`);
  return new RegExp(`^[${classes.join('')}]+$`, 'u');
});
