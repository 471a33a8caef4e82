import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayName, fold } from '../../shared/text.ts';
import { anyText } from './any-text.ts';

describe('texts that compare as equal', () => {
  test.each([
    { what: 'cases', a: 'Ada', b: 'aDA' },
    { what: 'spaces around', a: ' ada ', b: 'ada' },
    { what: 'spaces between', a: 'ada   king', b: 'ada king' },
    { what: 'tabs and line ends between', a: 'ada\t\r\nking', b: 'ada king' },
    { what: 'no-break spaces between', a: 'ada\u00a0king', b: 'ada king' },
    { what: 'ideographic spaces between', a: 'ada\u3000king', b: 'ada king' },
    { what: 'accents', a: 'Zoë', b: 'zoe' },
    { what: 'composed and decomposed letters', a: '\u00e9', b: 'e\u0301' },
    { what: 'several marks on a letter', a: 'ễ', b: 'e' },
    { what: 'full-width letters', a: 'Ａｄａ１', b: 'ada1' },
    { what: 'ligatures', a: 'ﬁ', b: 'fi' },
    { what: 'the Kelvin sign', a: '\u212a', b: 'k' },
    { what: 'Greek in capitals', a: 'ΝΊΚΟΣ', b: 'νίκος' },
    { what: 'Cyrillic in capitals', a: 'ЖУК', b: 'жук' },
    { what: 'Hangul composed and in parts', a: '\ud55c', b: '\u1112\u1161\u11ab' },
    { what: 'the capital sharp s', a: 'ẞ', b: 'ß' },
    { what: 'the Turkish capital I with a dot', a: 'İ', b: 'i' },
    { what: 'a sharp s in capitals', a: 'STRAUSS', b: 'Strauß' },
    { what: 'a dotless i in capitals', a: 'IŞIK', b: 'Işık' },
  ])('differ only in $what', ({ a, b }) => {
    expect(fold(a)).toBe(fold(b));
  });
});

describe('texts that do not compare as equal', () => {
  test.each([
    { what: 'other letters', a: 'ada', b: 'adb' },
    { what: 'two words and one', a: 'ada king', b: 'adaking' },
    { what: 'a Cyrillic and a Latin a', a: '\u0430', b: 'a' },
    { what: 'digits', a: 'pool 1', b: 'pool 2' },
    { what: 'a hyphen and a space', a: 'a-b', b: 'a b' },
    { what: 'something and nothing', a: 'a', b: '' },
    { what: 'two emojis', a: '😀', b: '😁' },
  ])('have $what', ({ a, b }) => {
    expect(fold(a)).not.toBe(fold(b));
  });
});

test('what is folded stays as it is when it is folded again', () => {
  fc.assert(
    fc.property(fc.oneof(anyText(), fc.string({ unit: 'grapheme' })), (text) => {
      expect(fold(fold(text))).toBe(fold(text));
    }),
    { numRuns: 500 },
  );
});

test('what is folded is composed, has no capitals, no spaces around and none twice in a row', () => {
  fc.assert(
    fc.property(fc.oneof(anyText(), fc.string({ unit: 'grapheme' })), (text) => {
      const folded = fold(text);
      expect(folded).toBe(folded.trim());
      expect(folded).not.toMatch(/\s\s|[^\S ]/u);
      expect(folded).not.toMatch(/[A-Z]/);
      expect(folded).toBe(folded.normalize('NFKC'));
    }),
    { numRuns: 500, examples: [['한국'], ['가\u11ab']] },
  );
});

const name = displayName(20);

describe('a name that people read', () => {
  test.each([
    { what: 'plain', given: 'Ada King', parsed: 'Ada King' },
    { what: 'with spaces around, which go', given: '  Ada King\t', parsed: 'Ada King' },
    { what: 'with a line end behind, which goes', given: 'Ada King\r\n', parsed: 'Ada King' },
    { what: 'of one letter', given: 'A', parsed: 'A' },
    { what: 'of 20 characters', given: 'x'.repeat(20), parsed: 'x'.repeat(20) },
    { what: 'of 20 characters and spaces around', given: ` ${'x'.repeat(20)} `, parsed: 'x'.repeat(20) },
    { what: 'with accents', given: 'Zoë Müller', parsed: 'Zoë Müller' },
    { what: 'with combining marks', given: 'Zoe\u0308', parsed: 'Zoe\u0308' },
    { what: 'in Arabic', given: 'محمد علي', parsed: 'محمد علي' },
    { what: 'in Hebrew', given: 'שרה לוי', parsed: 'שרה לוי' },
    { what: 'in Chinese', given: '王小明', parsed: '王小明' },
    { what: 'with an emoji', given: 'Ada 😀', parsed: 'Ada 😀' },
    { what: 'with signs of HTML, which are made harmless where it is shown', given: '<b>"&\'', parsed: '<b>"&\'' },
    { what: 'with a no-break space', given: 'Ada\u00a0King', parsed: 'Ada\u00a0King' },
  ])('may be $what', ({ given, parsed }) => {
    expect(name.parse(given)).toBe(parsed);
  });

  test.each([
    { what: 'empty', given: '' },
    { what: 'of spaces only', given: ' \u00a0\u3000\t\n ' },
    { what: 'of 21 characters', given: 'x'.repeat(21) },
    { what: 'on two lines', given: 'Ada\nKing' },
    { what: 'with a carriage return', given: 'Ada\rKing' },
    { what: 'with a header behind a line end', given: 'Ada\r\nBcc: eve@x.com' },
    { what: 'with a tab', given: 'Ada\tKing' },
    { what: 'with a null character', given: 'Ada\0' },
    { what: 'with an escape character', given: 'Ada\u001b[31m' },
    { what: 'with a bell', given: 'Ada\u0007' },
    { what: 'with a delete character', given: 'Ada\u007f' },
    { what: 'with a next-line character', given: 'Ada\u0085King' },
    { what: 'with a line separator', given: 'Ada\u2028King' },
    { what: 'with a paragraph separator', given: 'Ada\u2029King' },
    { what: 'with a right-to-left override', given: 'Ada\u202egnik' },
    { what: 'with a left-to-right override', given: 'Ada\u202dKing' },
    { what: 'with a right-to-left embedding', given: 'Ada\u202bKing' },
    { what: 'with a pop of direction', given: 'Ada\u202cKing' },
    { what: 'with a right-to-left isolate', given: 'Ada\u2067King\u2069' },
    { what: 'with a left-to-right isolate', given: 'Ada\u2066King' },
    { what: 'with a first-strong isolate', given: 'Ada\u2068King' },
    { what: 'with a right-to-left mark', given: 'Ada\u200fKing' },
    { what: 'with a left-to-right mark', given: 'Ada\u200eKing' },
    { what: 'with an Arabic letter mark', given: 'Ada\u061cKing' },
    { what: 'with a zero-width space', given: 'Ada\u200bKing' },
    { what: 'with a word joiner', given: 'Ada\u2060King' },
    { what: 'with a soft hyphen', given: 'Ada\u00adKing' },
    { what: 'with a byte-order mark inside', given: 'Ada\ufeffKing' },
    { what: 'with a tag character', given: 'Ada\u{e0041}' },
    { what: 'with half of a surrogate pair', given: 'Ada\ud83d' },
    { what: 'a number', given: 42 },
    { what: 'null', given: null },
    { what: 'a list', given: ['Ada'] },
  ])('may not be $what', ({ given }) => {
    expect(name.safeParse(given).success).toBe(false);
  });
});
