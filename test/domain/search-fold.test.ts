import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identityOf } from '../../shared/names/identity.ts';
import { nameFinder, searchFold as fold, searchWords } from '../../shared/names/search-fold.ts';
import { compareUtf8 } from '../../shared/text.ts';
import { anyText } from './any-text.ts';

describe('texts that are found by each other', () => {
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
    expect(fold(a)).toBe(fold(b));
  });

  test.each(['ς', 'Σ', 'ΟΔΟΣ', 'οδος'])('the Greek s is the same at the end and within a word: %s', (text) => {
    expect(fold(`${text}α`).startsWith(fold(text))).toBe(true);
  });

  test('every letter is the same in capitals and in small letters', () => {
    const cased = Array.from({ length: 0x20000 }, (_, point) => point)
      .filter((point) => point < 0xd800 || point > 0xdfff)
      .map((point) => String.fromCodePoint(point))
      .filter((letter) => /\p{Changes_When_Casemapped}/u.test(letter));
    expect(cased.length).toBeGreaterThan(2_000);
    expect(
      cased.filter(
        (letter) => fold(letter.toUpperCase()) !== fold(letter) || fold(letter.toLowerCase()) !== fold(letter),
      ),
    ).toEqual([]);
  });
});

describe('texts that are found by each other, as people type them', () => {
  test.each([
    { script: 'Polish', a: 'Łukasz', b: 'lukasz' },
    { script: 'Danish', a: 'Søren Ærø', b: 'soren aero' },
    { script: 'Norwegian', a: 'Bjørn Ålesund', b: 'bjorn alesund' },
    { script: 'Icelandic', a: 'Þórður Ægisson', b: 'thordur aegisson' },
    { script: 'Faroese', a: 'Guðrið', b: 'gudrid' },
    { script: 'Croatian', a: 'Đorđe', b: 'dorde' },
    { script: 'Croatian, in one letter each', a: 'Ǉubica Ǌegoš', b: 'ljubica njegos' },
    { script: 'Vietnamese', a: 'Đặng Thị Hường', b: 'dang thi huong' },
    { script: 'Maltese', a: 'Ħelena Żebbuġ', b: 'helena zebbug' },
    { script: 'Turkish', a: 'IŞIK Çağrı', b: 'isik cagri' },
    { script: 'Turkish, without a dot', a: 'Yıldız', b: 'yildiz' },
    { script: 'Azerbaijani', a: 'Əliyev', b: 'eliyev' },
    { script: 'German', a: 'Weiß', b: 'weiss' },
    { script: 'French', a: 'Cœur Lætitia', b: 'coeur laetitia' },
    { script: 'Dutch, in one letter', a: 'Ĳsbrand', b: 'ijsbrand' },
    { script: 'Sami', a: 'Áŋŋel Ŧuomas', b: 'annel tuomas' },
    { script: 'Hausa', a: 'Ɓala Ƙofa Ɗan', b: 'bala kofa dan' },
    { script: 'Ewe', a: 'Ɖɔtsɛ', b: 'dotse' },
    { script: 'Romanian', a: 'Ștefan', b: 'stefan' },
    { script: 'a ligature of letterpress', a: 'ﬁona ﬄora', b: 'fiona fflora' },
    { script: 'Irish', a: 'O’Neill', b: "o'neill" },
    { script: 'Irish, without it', a: 'O’Neill', b: 'ONEILL' },
    { script: 'Italian, with a grave', a: 'D`Angelo', b: 'd´angelo' },
    { script: 'Ukrainian', a: 'Мар\u02bcяна', b: "мар'яна" },
    { script: 'Hawaiian', a: 'Ka\u02bbiulani', b: 'kaiulani' },
    { script: 'Arabic in Latin letters', a: '\u02bfAlī', b: 'ali' },
    { script: 'Catalan', a: 'Gal·la', b: 'galla' },
    { script: 'Afrikaans', a: 'ŉ', b: "'n" },
    { script: 'Hebrew with a geresh', a: 'ג׳ורג׳', b: "ג'ורג'" },
    { script: 'Persian', a: 'علی\u200cرضا', b: 'علیرضا' },
    { script: 'Sinhala', a: 'ශ්\u200dරී', b: 'ශ්රී' },
    { script: 'Khmer', a: 'សុខ\u200bសាន្ត', b: 'សុខសាន្ត' },
    { script: 'Japanese', a: '辻\u{e0100}', b: '辻' },
    { script: 'emoji', a: '👩\u200d💻', b: '👩💻' },
  ])('$script: $a and $b', ({ a, b }) => {
    expect(fold(a)).toBe(fold(b));
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
    { what: 'a stroke', a: 'Łódź', b: 'lodz' },
    { what: 'an apostrophe', a: 'O’Neill', b: 'oneill' },
    { what: 'accents among other letters', a: '王 Zoë Андрей', b: '王 zoe андрей' },
  ])('differ in $what', ({ a, b }) => {
    expect(fold(a)).toBe(fold(b));
    expect(identityOf(a)).not.toBe(identityOf(b));
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
    { what: 'a Cyrillic letter with a stroke', a: 'ғ', b: 'г' },
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
    expect(fold(a)).not.toBe(fold(b));
  });

  test.each(['андрей', 'ёж', 'किरण', 'がく', 'パリ', 'กิน', 'שָׁלוֹם', 'مُحَمَّد', '한국', 'الله'])(
    'the marks of %s are kept',
    (text) => {
      expect(fold(text)).toBe(text.normalize('NFKC'));
    },
  );

  test('marks that stand on no letter are kept', () => {
    expect(fold('\u0301')).toBe('\u0301');
  });
});

const anyFoldable = fc.oneof(anyText(), fc.string({ unit: 'grapheme' }));

describe('what is folded', () => {
  test('stays as it is when it is folded again', () => {
    fc.assert(
      fc.property(anyFoldable, (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
      { numRuns: 500, examples: [['ẞ'], ['İ'], ['ΟΔΟΣ'], ['ŉ'], ['\u1fb7'], ['ǰ'], ['\u1ffd']] },
    );
  });

  test('is composed, has no capitals, no spaces around and none twice in a row', () => {
    fc.assert(
      fc.property(anyFoldable, (text) => {
        const folded = fold(text);
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
        for (const form of ['NFC', 'NFD']) expect(fold(text.normalize(form))).toBe(fold(text));
      }),
      { numRuns: 500 },
    );
  });
});

test('texts that are one name are found by each other', () => {
  fc.assert(
    fc.property(anyFoldable, (text) => {
      expect(fold(identityOf(text))).toBe(fold(text));
    }),
    { numRuns: 500 },
  );
});

/** Blocks of letters of today's languages: Latin-1 Supplement, Latin Extended-A and Latin Extended Additional. */
test.each([
  [0xc0, 0x17f],
  [0x1e00, 0x1eff],
])('every Latin letter from %i to %i is found by letters of a keyboard', (from, to) => {
  const letters = Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)).filter(
    (letter) => /\p{Script=Latin}/u.test(letter),
  );
  expect(letters.filter((letter) => !/^[a-z]{1,2}$/.test(fold(letter)))).toEqual(from === 0xc0 ? [] : ['ẟ']);
});

test('the order is the one in which readers look for names', () => {
  const names = [
    'Lange',
    'Larsson',
    'Łęcka',
    'Liu',
    'Łukasz',
    'Lund',
    'Oberg',
    'Ødegård',
    "O'Neill",
    'O’Neill',
    'Orr',
    'Zorn',
  ];
  expect(
    names
      .toReversed()
      .toSorted((a, b) => compareUtf8(fold(a), fold(b)))
      .map(fold),
  ).toEqual(names.map(fold));
});

describe('the words of a text', () => {
  test.each([
    { what: 'spaces', text: ' Ada  King\u00a0Lovelace ', words: ['ada', 'king', 'lovelace'] },
    { what: 'hyphens of every kind', text: 'Anne-Marie\u2010Lou\u2013May', words: ['anne', 'marie', 'lou', 'may'] },
    { what: 'commas, dots and brackets', text: 'Wit, J.R. de (CFO)', words: ['wit', 'j', 'r', 'de', 'cfo'] },
    { what: 'a Japanese middle dot', text: 'マリー・キュリー', words: ['マリー', 'キュリー'] },
    { what: 'an Arabic comma', text: 'خان، علی', words: ['خان', 'علی'] },
    { what: 'no apostrophe', text: 'Shaquille O’Neal', words: ['shaquille', 'oneal'] },
    { what: 'no sign and no emoji', text: 'C++ 👩\u200d💻', words: ['c++', '👩💻'] },
    { what: 'no marks', text: 'किरण شُكْر', words: ['किरण', 'شُكْر'] },
    { what: 'nothing, if there is punctuation alone', text: '---', words: ['---'] },
  ])('are separated by $what', ({ text, words }) => {
    expect(searchWords(text)).toEqual(words);
  });

  test('of nothing are none', () => {
    for (const text of ['', ' ', '\u3164', "'"]) expect(searchWords(text)).toEqual([]);
  });
});

test.each([
  ['Łódź Płaca', 'lodz', true],
  ['Łódź Płaca', 'placa lodz', true],
  ['Łódź Płaca', 'aca', true],
  ['Łódź Płaca', 'lodz web', false],
  ['Booking.com', 'booking\u2060.\u2060com', true],
  ['Ingénierie / Équipe d’été', "equipe d'ete", true],
  ['データ基盤', 'ﾃﾞｰﾀ', true],
  ['علی‌رضا', 'علیرضا', true],
  ['Web', ' ', true],
])('a name is found by what is typed: %s by “%s”: %s', (name, typed, isFound) => {
  expect(nameFinder(typed)(name)).toBe(isFound);
});
