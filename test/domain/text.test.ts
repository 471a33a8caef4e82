import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { poolNameItem } from '../../shared/pools/pool.ts';
import { cleanName, compareUtf8, displayName, fold, foldCase } from '../../shared/text.ts';
import { anyCodeUnits, anyText } from './any-text.ts';

/** For names that must differ, and for searching: `foldCase` and `fold`. */
const folds = [foldCase, fold];

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
    expect(foldCase(a)).not.toBe(foldCase(b));
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

  test('the accents of Latin and Greek letters are kept in a name', () => {
    expect(foldCase('Zoë Ăn Νίκη')).toBe('zoë ăn νίκη');
  });

  test('marks that stand on no letter are kept', () => {
    for (const each of folds) expect(each('\u0301')).toBe('\u0301');
  });
});

const anyFoldable = fc.oneof(anyText(), fc.string({ unit: 'grapheme' }));

describe.each(folds.map((each) => ({ title: each === fold ? 'for searching' : 'for names', each })))(
  'what is folded $title',
  ({ each }) => {
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
  },
);

test('texts that are one name are found by each other', () => {
  fc.assert(
    fc.property(anyFoldable, (text) => {
      expect(fold(foldCase(text))).toBe(fold(text));
    }),
    { numRuns: 500 },
  );
});

/** What keeps a pool's name from its siblings. */
const reserved = (poolName: string, parentId?: string) =>
  poolNameItem('org_1', {
    id: 'pool_1',
    name: poolName,
    ...(parentId !== undefined && { parentId }),
    holderId: 'usr_1',
    absorbed: [],
    createdAt: '2026-11-23T12:00:00.000Z',
    version: 1,
  });

describe('the name of a pool among its siblings', () => {
  test.each([
    { what: 'case', a: 'Web', b: 'WEB' },
    { what: 'width', a: 'Web', b: 'Ｗｅｂ' },
    { what: 'spacing', a: 'Web  shop', b: 'Web shop' },
    { what: 'the way its accents are written', a: 'Caf\u00e9', b: 'Cafe\u0301' },
    { what: 'a sharp s in capitals', a: 'Straße', b: 'STRASSE' },
  ])('is taken by one that differs in $what only', ({ a, b }) => {
    expect(reserved(a, 'pool_0')).toEqual(reserved(b, 'pool_0'));
  });

  test.each([
    { what: 'accents', a: 'Café', b: 'Cafe' },
    { what: 'marks', a: 'が', b: 'か' },
    { what: 'letters', a: 'Web', b: 'Wex' },
  ])('is free beside one that has other $what', ({ a, b }) => {
    expect(reserved(a, 'pool_0').sk).not.toBe(reserved(b, 'pool_0').sk);
  });

  test('is free beside the same name under another pool, and beside the root', () => {
    const keys = [reserved('Web', 'pool_0'), reserved('Web', 'pool_2'), reserved('Web')].map(({ sk }) => sk);
    expect(new Set(keys).size).toBe(3);
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
    { what: 'of 20 emojis, each one character', given: '😀'.repeat(20), parsed: '😀'.repeat(20) },
    { what: 'with signs of HTML, which are made harmless where it is shown', given: '<b>"&\'', parsed: '<b>"&\'' },
    { what: 'with a no-break space', given: 'Ada\u00a0King', parsed: 'Ada\u00a0King' },
  ])('may be $what', ({ given, parsed }) => {
    expect(name.parse(given)).toBe(parsed);
  });

  test.each([
    { what: 'empty', given: '' },
    { what: 'of spaces only', given: ' \u00a0\u3000\t\n ' },
    { what: 'of 21 characters', given: 'x'.repeat(21) },
    { what: 'of 21 emojis', given: '😀'.repeat(21) },
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

describe('a name that unfolds', () => {
  const long = displayName(100);

  // Each unfolds to four Arabic words: 33 bytes.
  test('is taken to 800 bytes, and refused beyond', () => {
    expect(Buffer.byteLength(foldCase('\ufdfa'))).toBe(33);
    expect(long.safeParse('\ufdfa'.repeat(24)).success).toBe(true);
    expect(long.safeParse(`${'\ufdfa'.repeat(24)}12345678`).success).toBe(true);
    expect(long.safeParse(`${'\ufdfa'.repeat(24)}123456789`).success).toBe(false);
    expect(long.safeParse('\ufdfa'.repeat(100)).success).toBe(false);
  });

  test.each(['a', 'é', 'ß', 'İ', 'ж', '王', 'が', '한', 'ﬁ', 'कि', '😀'])(
    'little is taken to its full length: %s',
    (letter) => {
      const longest = letter.repeat(100 / Array.from(letter).length);
      expect(long.parse(longest)).toBe(longest);
    },
  );

  test('fits a sort key with whatever stands before it, once it is the name of a pool', () => {
    fc.assert(
      fc.property(fc.oneof(anyText(100), fc.string({ unit: 'grapheme', maxLength: 100 })), (given) => {
        const { success, data } = long.safeParse(given);
        fc.pre(success);
        const { sk } = reserved(data ?? '', `pool_${'0'.repeat(26)}`);
        expect(Buffer.byteLength(sk)).toBeLessThanOrEqual(1_024);
      }),
      { numRuns: 200, examples: [['\ufdfa'.repeat(24)]] },
    );
  });
});

describe('a name from outside', () => {
  test.each([
    { what: 'plain', given: 'Ada King', clean: 'Ada King' },
    { what: 'with spaces around', given: '  Ada King\t', clean: 'Ada King' },
    { what: 'of 50 letters', given: 'x'.repeat(50), clean: 'x'.repeat(50) },
    { what: 'with accents and other letters', given: 'Zoë 王 محمد', clean: 'Zoë 王 محمد' },
    { what: 'on two lines', given: 'Ada\r\nKing', clean: 'Ada King' },
    { what: 'with a header behind a line end', given: 'Ada\nBcc: eve@x.com', clean: 'Ada Bcc: eve@x.com' },
    { what: 'with a tab', given: 'Ada\tKing', clean: 'Ada King' },
    { what: 'with a line separator', given: 'Ada\u2028King', clean: 'Ada King' },
    { what: 'with a paragraph separator', given: 'Ada\u2029King', clean: 'Ada King' },
    { what: 'with a null character behind', given: 'Ada\0', clean: 'Ada' },
    { what: 'with a right-to-left override', given: 'Ada\u202eKing', clean: 'AdaKing' },
    { what: 'with a zero-width space', given: 'Ada\u200bKing', clean: 'AdaKing' },
    { what: 'with tag characters', given: 'Ada\u{e0041}\u{e0042}', clean: 'Ada' },
    { what: 'with spaces inside of what goes away', given: '\u200b Ada \u200b', clean: 'Ada' },
    { what: 'with half of a surrogate pair', given: 'Ada\ud83d', clean: 'Ada\ufffd' },
  ])('is made one that people can read: $what', ({ given, clean }) => {
    expect(cleanName(given, 'ada@example.com')).toBe(clean);
  });

  test.each([
    { what: 'there is none', given: undefined },
    { what: 'it is empty', given: '' },
    { what: 'it is of spaces only', given: ' \u00a0\u3000\t\n ' },
    { what: 'it is of control characters only', given: '\0\u0007\u001b' },
    { what: 'it unfolds to too much', given: '\ufdfa'.repeat(50) },
    { what: 'it is of direction characters only', given: '\u202e\u2066\u200f' },
  ])('is the other text, when $what', ({ given }) => {
    expect(cleanName(given, 'ada@example.com')).toBe('ada@example.com');
  });

  test('that is too long is cut, never within a character, and has no space behind', () => {
    expect(cleanName('😀'.repeat(500), 'x')).toMatch(/^😀{50,100}$/u);
    expect(cleanName('a '.repeat(500), 'x')).toMatch(/^(a )+a$/);
  });

  test('is, whatever it was, one that people can read, and stays as it is when it is cleaned again', () => {
    fc.assert(
      fc.property(
        fc.oneof(anyCodeUnits(150), anyText(150), fc.string({ unit: 'grapheme', maxLength: 150 })),
        (given) => {
          const clean = cleanName(given, 'otherwise');
          expect(displayName(100).parse(clean)).toBe(clean);
          expect(cleanName(clean, 'x')).toBe(clean);
        },
      ),
      { numRuns: 500 },
    );
  });
});
