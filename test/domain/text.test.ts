import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareUtf8, fold } from '../../shared/text.ts';
import { anyText } from './any-text.ts';

const folds = [fold];

describe('texts that are one name, and found by each other', () => {
  test.each([
    { what: 'cases', a: 'Ada', b: 'aDA' },
    { what: 'spaces around', a: ' ada ', b: 'ada' },
    { what: 'spaces between', a: 'ada   king', b: 'ada king' },
    { what: 'tabs and line ends between', a: 'ada\t\r\nking', b: 'ada king' },
    { what: 'no-break spaces between', a: 'ada\u00a0king', b: 'ada king' },
    { what: 'ideographic spaces between', a: 'ada\u3000king', b: 'ada king' },
    { what: 'composed and decomposed letters', a: '\u00e9', b: 'e\u0301' },
    { what: 'the order of marks above and below', a: 'e\u0301\u0323', b: 'e\u0323\u0301' },
    { what: 'the case of a letter with an accent', a: 'ZOË', b: 'zoë' },
    { what: 'full-width letters', a: 'Ａｄａ１', b: 'ada1' },
    { what: 'half-width katakana', a: 'ｶﾞ', b: 'ガ' },
    { what: 'ligatures', a: 'ﬁ', b: 'fi' },
    { what: 'the Kelvin sign', a: '\u212a', b: 'k' },
    { what: 'the micro sign', a: '\u00b5', b: 'μ' },
    { what: 'the long s', a: 'ſ', b: 's' },
    { what: 'Greek in capitals', a: 'ΝΊΚΟΣ', b: 'νίκος' },
    { what: 'the Greek s at the end of a word', a: 'οδος', b: 'οδοσ' },
    { what: 'Cyrillic in capitals', a: 'ЖУК', b: 'жук' },
    { what: 'Cyrillic й in capitals', a: 'АНДРЕЙ', b: 'Андрей' },
    { what: 'Cyrillic й composed and decomposed', a: '\u0439', b: '\u0438\u0306' },
    { what: 'Armenian in capitals', a: 'ԵՒ', b: 'եւ' },
    { what: 'Deseret in capitals', a: '\u{10400}', b: '\u{10428}' },
    { what: 'Hangul composed and in parts', a: '\ud55c', b: '\u1112\u1161\u11ab' },
    { what: 'the capital sharp s', a: 'ẞ', b: 'ß' },
    { what: 'the capital sharp s within a word', a: 'STRAẞE', b: 'Straße' },
    { what: 'a sharp s in capitals', a: 'STRASSE', b: 'Straße' },
    { what: 'both capitals of a sharp s', a: 'STRASSE', b: 'STRAẞE' },
    { what: 'a dotless i in capitals', a: 'IŞIK', b: 'Işık' },
    { what: 'a dotless i in small letters', a: 'ışık', b: 'IŞIK' },
  ])('differ only in $what', ({ a, b }) => {
    for (const each of folds) expect(each(a)).toBe(each(b));
  });

  test.each(['ς', 'Σ', 'ΟΔΟΣ', 'οδος'])('the Greek s is the same at the end and within a word: %s', (text) => {
    for (const each of folds) expect(each(`${text}α`).startsWith(each(text))).toBe(true);
  });

  test('every letter is the same in capitals and in small letters', () => {
    const cased = Array.from({ length: 0x20000 }, (_, point) => point)
      .filter((point) => point < 0xd800 || point > 0xdfff)
      .map((point) => String.fromCodePoint(point))
      .filter((letter) => /\p{Changes_When_Casemapped}/u.test(letter));
    expect(cased.length).toBeGreaterThan(2_000);
    for (const each of folds)
      expect(
        cased.filter(
          (letter) => each(letter.toUpperCase()) !== each(letter) || each(letter.toLowerCase()) !== each(letter),
        ),
      ).toEqual([]);
  });
});

describe('texts that are found by each other, but are two names', () => {
  test.each([
    { what: 'the accents of Latin letters', a: 'Zoë', b: 'zoe' },
    { what: 'several accents on a letter', a: 'ễ', b: 'e' },
    { what: 'an accent above and one below', a: 'e\u0323\u0301', b: 'e' },
    { what: 'a tilde', a: 'Año', b: 'ano' },
    { what: 'a cedilla', a: 'IŞIK', b: 'isik' },
    { what: 'a horn', a: 'Ơ', b: 'o' },
    { what: 'the accents of Greek letters', a: 'Νίκος', b: 'ΝΙΚΟΣ' },
    { what: 'the accents of ancient Greek', a: 'ἄνθρωπος', b: 'ανθρωπος' },
    { what: 'the dot of the Turkish capital I', a: 'İrem', b: 'irem' },
    { what: 'accents among other letters', a: '王 Zoë Андрей', b: '王 zoe андрей' },
  ])('differ in $what', ({ a, b }) => {
    expect(fold(a)).toBe(fold(b));
  });
});

describe('texts that are neither one name nor found by each other', () => {
  test.each([
    { what: 'other letters', a: 'ada', b: 'adb' },
    { what: 'two words and one', a: 'ada king', b: 'adaking' },
    { what: 'a Cyrillic and a Latin a', a: '\u0430', b: 'a' },
    { what: 'digits', a: 'pool 1', b: 'pool 2' },
    { what: 'a hyphen and a space', a: 'a-b', b: 'a b' },
    { what: 'something and nothing', a: 'a', b: '' },
    { what: 'two emojis', a: '😀', b: '😁' },
    { what: 'a letter with a stroke, which is no accent', a: 'ł', b: 'l' },
    { what: 'Cyrillic й and и', a: 'й', b: 'и' },
    { what: 'decomposed Cyrillic й, and и', a: '\u0438\u0306', b: 'и' },
    { what: 'Cyrillic ё and е', a: 'ё', b: 'е' },
    { what: 'Hindi vowel signs', a: 'कि', b: 'कु' },
    { what: 'a Hindi vowel sign and none', a: 'कि', b: 'क' },
    { what: 'a Hindi virama and none', a: 'क्', b: 'क' },
    { what: 'Japanese が and か', a: 'が', b: 'か' },
    { what: 'decomposed Japanese が, and か', a: 'か\u3099', b: 'か' },
    { what: 'Japanese パ and ハ', a: 'パ', b: 'ハ' },
    { what: 'Thai vowel signs', a: 'กิ', b: 'กี' },
    { what: 'Hebrew points and none', a: 'שָׁ', b: 'ש' },
    { what: 'Arabic vowel signs', a: 'مُ', b: 'مَ' },
    { what: 'Hangul with and without a last consonant', a: '한', b: '하' },
  ])('have $what', ({ a, b }) => {
    for (const each of folds) expect(each(a)).not.toBe(each(b));
  });

  test.each(['андрей', 'ёж', 'किरण', 'がく', 'パリ', 'กิน', 'שָׁלוֹם', 'مُحَمَّد', '한국', 'الله'])(
    'the marks of %s are kept',
    (text) => {
      for (const each of folds) expect(each(text)).toBe(text.normalize('NFKC'));
    },
  );

  test('marks that stand on no letter are kept', () => {
    for (const each of folds) expect(each('\u0301')).toBe('\u0301');
  });
});

const anyFoldable = fc.oneof(anyText(), fc.string({ unit: 'grapheme' }));

describe.each(folds.map((each) => ({ title: 'for searching', each })))('what is folded $title', ({ each }) => {
  test('stays as it is when it is folded again', () => {
    fc.assert(
      fc.property(anyFoldable, (text) => {
        expect(each(each(text))).toBe(each(text));
      }),
      { numRuns: 500, examples: [['ẞ'], ['İ'], ['ΟΔΟΣ'], ['ŉ'], ['\u1fb7'], ['ǰ']] },
    );
  });

  test('is composed, has no capitals, no spaces around and none twice in a row', () => {
    fc.assert(
      fc.property(anyFoldable, (text) => {
        const folded = each(text);
        expect(folded).toBe(folded.trim());
        expect(folded).not.toMatch(/\s\s|[^\S ]/u);
        expect(folded).not.toMatch(/[A-Z]/);
        expect(folded).toBe(folded.normalize('NFKC'));
      }),
      { numRuns: 500, examples: [['한국'], ['가\u11ab'], ['か\u3099'], ['\u00a0ada']] },
    );
  });

  test('is the same from composed and from decomposed letters', () => {
    fc.assert(
      fc.property(anyFoldable, (text) => {
        for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD']) expect(each(text.normalize(form))).toBe(each(text));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the order of texts', () => {
  test.each([
    { promise: 'is that of letters', texts: ['a', 'ab', 'b'] },
    { promise: 'has the empty text first', texts: ['', '\0', ' '] },
    { promise: 'has capitals before small letters, and those before accents', texts: ['Z', 'a', 'z', 'é'] },
    { promise: 'has what is behind a tab before what goes on with letters', texts: ['ada\tusr_2', 'ada king\tusr_1'] },
    { promise: 'has emojis behind all that UTF-16 writes in one unit', texts: ['\ud7ff', '\ue000', '\uffff', '😀'] },
    { promise: 'compares behind a common beginning', texts: ['王a', '王b', '王王', '王😀'] },
  ])('$promise', ({ texts }) => {
    expect(texts.toReversed().toSorted(compareUtf8)).toEqual(texts);
    for (const text of texts) expect(compareUtf8(text, text)).toBe(0);
  });

  test('is that of their UTF-8 bytes', () => {
    fc.assert(
      fc.property(anyText(4), anyText(4), anyText(4), (start, a, b) => {
        const [left, right] = [start + a, start + b];
        expect(Math.sign(compareUtf8(left, right))).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)));
      }),
      {
        numRuns: 500,
        examples: [
          ['a', '', 'b'],
          ['', 'b', ''],
          ['', '', ''],
          ['', '\uffff', '😀'],
        ],
      },
    );
  });
});
