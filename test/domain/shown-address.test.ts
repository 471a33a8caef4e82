import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalizeEmail } from '../../shared/invites/email-address.ts';
import { shownAddress } from '../../shared/shown-address.ts';

const stored = (typed: string): string => {
  const email = normalizeEmail(`ada@${typed}`);
  return email.ok ? email.value : expect.unreachable(`${typed} is no domain`);
};

/**
 * Cases of UTS 39, table 1a: "Latin", "Cyrillic" and "Han, Hiragana, Katakana" are single-script, and Latin with Cyrillic is not
 * (https://www.unicode.org/reports/tr39/#Mixed_Script_Detection).
 */
describe('a domain is shown in Unicode', () => {
  test.each([
    { script: 'Latin with accents', domain: 'bücher.de' },
    { script: 'Latin with an eszett', domain: 'weißbier.de' },
    { script: 'Latin with a middle dot', domain: 'col·lecció.cat' },
    { script: 'Cyrillic', domain: 'пример.рф' },
    { script: 'Greek', domain: 'ἀθήνα.gr' },
    { script: 'Hebrew', domain: 'דוגמה.il' },
    { script: 'Arabic with a joiner', domain: 'نامه\u200cای.com' },
    { script: 'Sinhala with a joiner', domain: 'ශ්\u200dරී.lk' },
    { script: 'Devanagari', domain: 'हिन्दी.in' },
    { script: 'Tamil', domain: 'தமிழ்.in' },
    { script: 'Thai', domain: 'ตัวอย่าง.th' },
    { script: 'Cherokee', domain: 'ᏣᎳᎩ.com' },
    { script: 'Tifinagh', domain: 'ⴰⵎⴰⵣⵉⵖ.ma' },
    { script: 'Japanese in all its scripts', domain: '日本のテスト例.jp' },
    { script: 'Korean with Han', domain: '한국漢字.kr' },
    { script: 'digits with letters', domain: 'größe24.de' },
    { script: 'another script in each label', domain: 'bücher.пример.com' },
  ])('of $script', ({ domain }) => {
    expect(stored(domain)).not.toContain(domain);
    expect(shownAddress(stored(domain))).toBe(`ada@${domain}`);
  });
});

describe('a label stays in punycode', () => {
  test.each([
    { what: 'Latin with a Cyrillic letter', domain: 'pаypal.com' },
    { what: 'Latin with a Greek letter', domain: 'αpple.com' },
    { what: 'Cyrillic with a Greek letter', domain: 'приοр.com' },
    { what: 'Latin with Han', domain: 'toyota日本.jp' },
    { what: 'Armenian with Latin', domain: 'ոne.com' },
    { what: 'a symbol', domain: 'i❤.ws' },
  ])('of $what', ({ domain }) => {
    expect(shownAddress(stored(domain))).toBe(stored(domain));
  });

  test('while the others of its domain are shown in Unicode', () => {
    expect(shownAddress(stored('bücher.pаypal.com'))).toBe('ada@bücher.xn--pypal-4ve.com');
  });

  test.each(['xn--.com', 'xn--99999999.com', 'xn--abc.com', 'xn--a-ecp.ru', `xn--${'9'.repeat(59)}.com`])(
    'if it is no valid punycode: %s',
    (domain) => {
      expect(shownAddress(`ada@${domain}`)).toBe(`ada@${domain}`);
    },
  );
});

test.each([
  'ada@example.com',
  'Operators of Roster',
  '',
  '@',
  'xn--bcher-kva.de@x.example',
  'ada@xn--bcher-kva.xn--0.com',
])('other texts stay: %j', (text) => {
  expect(shownAddress(text)).toBe(text);
});

test('whatever the domain, what is shown is the same address for every input', () => {
  const label = fc.oneof(
    fc.stringMatching(/^[a-z0-9]{1,8}$/),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
    fc.stringMatching(/^xn--[a-z0-9-]{1,8}$/),
    fc.constantFrom('bücher', 'пример', '例え', 'pаypal', 'ශ්\u200dරී', 'نامه\u200cای'),
  );
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 3 }), (labels) => {
      const email = normalizeEmail(`ada@${labels.join('.')}.com`);
      fc.pre(email.ok);
      expect(normalizeEmail(shownAddress(email.value))).toEqual(email);
    }),
    { numRuns: 300 },
  );
});
