import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Route } from '../../shared/api/route.ts';
import { routes } from '../../shared/api/routes.ts';
import { cleanName, displayName } from '../../shared/names/display-name.ts';
import { poolNameItem } from '../../shared/pools/pool.ts';
import { anyCodeUnits, anyText } from './any-text.ts';

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
    {
      what: 'in Braille, whose space is a sign',
      given: '\u2801\u2819\u2800\u2805\u2800',
      parsed: '\u2801\u2819\u2800\u2805',
    },
    { what: 'with a number sign of Arabic', given: '\u0600١٢', parsed: '\u0600١٢' },
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
    { what: 'with an annotation', given: 'Ada\ufff9King\ufffaking\ufffb' },
    { what: 'with a code point that is no character', given: 'Ada\uffff' },
    { what: 'with half of a surrogate pair', given: 'Ada\ud83d' },
    { what: 'a number', given: 42 },
    { what: 'null', given: null },
    { what: 'a list', given: ['Ada'] },
  ])('may not be $what', ({ given }) => {
    expect(name.safeParse(given).success).toBe(false);
  });
});

/** Spellings with characters that display nothing themselves. Sources: the Unicode Standard, chapters 9, 12, 13, 16 and 23, and UTS #51. */
describe('a character that displays nothing but belongs to the spelling stays', () => {
  test.each([
    { script: 'Persian', what: 'a non-joiner before a suffix', given: 'علی\u200cرضا' },
    { script: 'Urdu', what: 'a non-joiner between words', given: 'خوش\u200cبخت' },
    { script: 'Kurdish', what: 'a non-joiner after a final heh', given: 'ئازاده\u200c محمد' },
    { script: 'Arabic', what: 'a joiner that gives an abbreviation its shape', given: 'ه\u200d ١٤٤٥' },
    { script: 'Syriac', what: 'a joiner behind a vowel sign', given: 'ܒܼ\u200dܐ' },
    { script: 'Sinhala', what: 'a joiner in a conjunct', given: 'ශ්\u200dරීමාලි' },
    { script: 'Marathi', what: 'the eyelash r', given: 'सुऱ्\u200dया' },
    { script: 'Hindi', what: 'a non-joiner that keeps a virama', given: 'श्\u200cयाम' },
    { script: 'Bengali', what: 'a joiner before a virama', given: 'র\u200d্যাব' },
    { script: 'Kannada', what: 'a joiner before a virama', given: 'ರ\u200d್ಯಾಂಕ್' },
    { script: 'Malayalam', what: 'a joiner at the end', given: 'രാജന്\u200d' },
    { script: 'Tamil', what: 'a non-joiner in a conjunct', given: 'லக்\u200cஷ்மி' },
    { script: 'Khmer', what: 'a zero-width space between words', given: 'សុខ\u200bសាន្ត' },
    { script: 'Thai', what: 'a zero-width space between words', given: 'สม\u200bชาย' },
    { script: 'Mongolian', what: 'a vowel separator', given: 'ᠠᠨ\u180eᠠ' },
    { script: 'Mongolian', what: 'a variation selector', given: 'ᠴᠢᠩ\u180bᠭᠢᠰ' },
    { script: 'Japanese', what: 'the variant of a letter', given: '辻\u{e0100}葛\u{e0101}' },
    { script: 'Hebrew', what: 'a grapheme joiner between points', given: 'ירושל\u05b7\u034f\u05b4ם' },
    { script: 'emoji', what: 'a profession', given: '👩\u200d💻 Dev' },
    { script: 'emoji', what: 'a family with skin tones', given: '👩🏽\u200d🤝\u200d👨🏿' },
    { script: 'emoji', what: 'a heart on fire', given: '❤\ufe0f\u200d🔥' },
    { script: 'emoji', what: 'a keycap', given: '1\ufe0f\u20e3 first' },
    {
      script: 'emoji',
      what: 'the flag of a region',
      given: '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
    },
  ])('$script: $what', ({ given }) => {
    expect(name.parse(given)).toBe(given);
    expect(cleanName(given, 'x')).toBe(given);
  });
});

describe('a character that displays nothing and has no effect', () => {
  test.each([
    { what: 'a zero-width space', given: 'Ada\u200bKing', parsed: 'AdaKing' },
    { what: 'what our mails once put around dots', given: 'acme\u2060.\u2060example', parsed: 'acme.example' },
    { what: 'a soft hyphen', given: 'Ada\u00adKing', parsed: 'AdaKing' },
    { what: 'a byte-order mark', given: '\ufeffAda \ufeffKing', parsed: 'Ada King' },
    { what: 'a Hangul filler', given: 'Fälder\u3164', parsed: 'Fälder' },
    { what: 'a half-width Hangul filler', given: '\uffa0김', parsed: '김' },
    { what: 'a joiner between letters that never join', given: 'Ad\u200da И\u200cван', parsed: 'Ada Иван' },
    { what: 'a joiner before a word', given: '\u200dعلی', parsed: 'علی' },
    { what: 'a joiner between an emoji and a letter', given: '👩\u200dA', parsed: '👩A' },
    { what: 'a joiner that is typed twice', given: 'علی\u200c\u200cرضا', parsed: 'علی\u200cرضا' },
    { what: 'a variation selector on a letter without variants', given: 'A\ufe0fda', parsed: 'Ada' },
    { what: 'a selector on nothing', given: '\ufe0fAda \u{e0100}', parsed: 'Ada' },
    { what: 'tags without a flag', given: 'Ada\u{e0041}\u{e007f}', parsed: 'Ada' },
    { what: 'tags of a flag that do not end', given: '🏴\u{e0067}', parsed: '🏴' },
    { what: 'a character that Unicode reserves for such', given: 'Ada\u{e0fff}', parsed: 'Ada' },
  ])('is removed: $what', ({ given, parsed }) => {
    expect(name.parse(given)).toBe(parsed);
    expect(cleanName(given, 'x')).toBe(parsed);
  });

  test.each([
    { what: 'a Hangul filler', given: '\u3164' },
    { what: 'Hangul fillers of every kind', given: '\u115f\u1160\uffa0\u3164' },
    { what: 'a Hangul filler and a joiner', given: '\u3164\u200d' },
    { what: 'a Braille blank', given: '\u2800 \u2800' },
    { what: 'a Braille blank and a selector', given: '\u2800\ufe0f' },
    { what: 'a blank hieroglyph', given: '\u{13441}' },
    { what: 'the filler of Khitan', given: '\u{16fe4}' },
    { what: 'a notehead without a head', given: '\u{1d159}' },
    { what: 'joiners', given: '\u200c\u200d' },
    { what: 'a grapheme joiner', given: '\u034f' },
    { what: 'a selector', given: '\ufe0f' },
    { what: 'tags', given: '\u{e0067}\u{e007f}' },
    { what: 'a Mongolian vowel separator', given: '\u180e' },
    { what: 'inherent vowels of Khmer', given: '\u17b4\u17b5' },
    { what: 'spaces of every width', given: '\u1680\u2003\u200b\u202f\u3000' },
  ])('is no name: $what', ({ given }) => {
    expect(name.safeParse(given).error?.issues.map(({ code }) => code)).toEqual(['too_small']);
    expect(cleanName(given, 'ada@example.com')).toBe('ada@example.com');
  });

  test('leaves a visible name wherever invisible characters were removed, and removing them again changes nothing', () => {
    const unseen = /^[\p{Default_Ignorable_Code_Point}\s\u2800]*$/u;
    const often = fc.constantFrom(
      'a',
      'ع',
      '王',
      '👩',
      '\u094d',
      '\u200c',
      '\u200d',
      '\u3164',
      '\u2800',
      '\ufe0f',
      ' ',
      '\u{e0067}',
      '\u{e007f}',
    );
    fc.assert(
      fc.property(fc.oneof(anyText(12), fc.string({ unit: often, maxLength: 12 })), (given) => {
        const { success, data = '' } = name.safeParse(given);
        fc.pre(success);
        expect(data).not.toMatch(unseen);
        expect(name.parse(data)).toBe(data);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** Keeps the name of a pool from its siblings in the previous version. */
const reservation = (poolName: string) =>
  poolNameItem('org_1', {
    id: 'pool_1',
    name: poolName,
    parentId: `pool_${'0'.repeat(26)}`,
    holderId: 'usr_1',
    absorbed: [],
    createdAt: '2026-11-23T12:00:00.000Z',
    version: 1,
  });

describe('a name that unfolds', () => {
  const long = displayName(100);

  // Each unfolds to four Arabic words: 33 bytes.
  test('is taken to 800 bytes, and refused beyond', () => {
    expect(Buffer.byteLength('\ufdfa'.normalize('NFKC'))).toBe(33);
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
        expect(Buffer.byteLength(reservation(data ?? '').sk)).toBeLessThanOrEqual(1_024);
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

  test('is always readable after cleaning, and cleaning it again changes nothing', () => {
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

describe('every name that a request gives', () => {
  const schemaOf = (route: Route) =>
    route.body ? z.toJSONSchema(route.body, { io: 'input', unrepresentable: 'any' }) : {};
  /** The schemas of the fields called `name`, at any depth. */
  const namesIn = (schema: unknown): object[] => {
    if (typeof schema !== 'object' || schema === null) return [];
    const { name: own } = ('properties' in schema ? schema.properties : {}) as { name?: object };
    return [...(own ? [own] : []), ...Object.values(schema).flatMap(namesIn)];
  };
  const { pattern } = z.toJSONSchema(displayName(1));
  const given = Object.entries(routes as Record<string, Route>).flatMap(([operation, route]) =>
    namesIn(schemaOf(route)).map((schema) => ({ operation, schema })),
  );

  test.each(given)('is one that people read: $operation', ({ schema }) => {
    expect(schema).toMatchObject({ pattern, minLength: 1 });
  });

  test('is among these', () => {
    expect(new Set(given.map(({ operation }) => operation))).toEqual(
      new Set([
        'updateMe',
        'acceptInvite',
        'createOrganization',
        'updateOrganization',
        'createPool',
        'updatePool',
        'createResource',
        'ingestResources',
        'updateResource',
        'createPolicy',
        'updatePolicy',
        'createDataSource',
        'updateDataSource',
        'createServiceAccount',
      ]),
    );
  });
});
