import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identityOf } from '../../shared/names/identity.ts';
import type { Pool } from '../../shared/pools/pool.ts';
import { requireOwnName, siblingsOfOneName } from '../../shared/pools/tree-rules.ts';
import { buildPoolTree } from '../../shared/roles/pool-tree.ts';
import { anyText } from './any-text.ts';

const one = [
  { what: 'case', a: 'Ada', b: 'aDA' },
  { what: 'spaces around', a: ' ada ', b: 'ada' },
  { what: 'spaces between', a: 'ada   king', b: 'ada king' },
  { what: 'tabs and line ends between', a: 'ada\t\r\nking', b: 'ada king' },
  { what: 'the width of spaces', a: 'ada\u3000king\u00a0l', b: 'ada king l' },
  { what: 'a Braille blank at the end', a: 'ada\u2800', b: 'ada' },
  { what: 'composed and decomposed letters', a: '\u00e9', b: 'e\u0301' },
  { what: 'the order of marks above and below', a: 'e\u0301\u0323', b: 'e\u0323\u0301' },
  { what: 'the case of a letter with an accent', a: 'ZOË', b: 'zoë' },
  { what: 'the Kelvin sign, which is a K', a: '\u212a', b: 'k' },
  { what: 'Greek in capitals', a: 'ΝΊΚΟΣ', b: 'νίκος' },
  { what: 'Cyrillic in capitals', a: 'АНДРЕЙ', b: 'Андрей' },
  { what: 'Armenian in capitals', a: 'ԵՒ', b: 'եւ' },
  { what: 'Deseret in capitals', a: '\u{10400}', b: '\u{10428}' },
  { what: 'Georgian in capitals', a: 'ᲗᲑᲘᲚᲘᲡᲘ', b: 'თბილისი' },
  { what: 'Hangul composed and in parts', a: '\ud55c', b: '\u1112\u1161\u11ab' },
  { what: 'Devanagari composed and in parts', a: '\u0958', b: '\u0915\u093c' },
  { what: 'a sharp s in capitals', a: 'STRASSE', b: 'Straße' },
  { what: 'the capital sharp s', a: 'STRAẞE', b: 'Straße' },
  { what: 'a dotless i in capitals', a: 'IŞIK', b: 'Işık' },
  { what: 'a Hangul filler', a: 'Fälder\u3164', b: 'Fälder' },
  { what: 'a zero-width space', a: 'Web\u200bShop', b: 'WebShop' },
  { what: 'a grapheme joiner between a letter and its accent', a: 'Cafe\u034f\u0301', b: 'Café' },
  { what: 'a Persian non-joiner', a: 'علی\u200cرضا', b: 'علیرضا' },
  { what: 'a Sinhala joiner', a: 'ශ්\u200dරී', b: 'ශ්රී' },
  { what: 'a Khmer zero-width space', a: 'សុខ\u200bសាន្ត', b: 'សុខសាន្ត' },
  { what: 'the style of an emoji', a: '❤\ufe0f', b: '❤' },
  { what: 'the variant of a Japanese letter', a: '辻\u{e0100}', b: '辻' },
  { what: 'a direction mark of an older name', a: 'Web\u200f', b: 'Web' },
];

const two = [
  { what: 'letters', a: 'Web', b: 'Wex' },
  { what: 'accents', a: 'Café', b: 'Cafe' },
  { what: 'strokes', a: 'Łódź', b: 'Lódź' },
  { what: 'marks of Japanese', a: 'が', b: 'か' },
  { what: 'vowel signs of Hindi', a: 'कि', b: 'कु' },
  { what: 'points of Hebrew', a: 'שָׁ', b: 'ש' },
  { what: 'letters of Russian', a: 'ёж', b: 'еж' },
  { what: 'letters that look alike', a: '\u0430', b: 'a' },
  { what: 'widths', a: 'Ｗｅｂ', b: 'Web' },
  { what: 'superscripts', a: 'm²', b: 'm2' },
  { what: 'signs between the words', a: 'a-b', b: 'a b' },
  { what: 'words', a: 'web shop', b: 'webshop' },
  { what: 'emojis', a: '👩\u200d💻', b: '👨\u200d💻' },
  {
    what: 'regions of flags',
    a: '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    b: '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
  },
];

describe('two names are one name', () => {
  test.each(one)('if they differ only in $what', ({ a, b }) => {
    expect(identityOf(a)).toBe(identityOf(b));
  });

  test.each(two)('but not if they have other $what', ({ a, b }) => {
    expect(identityOf(a)).not.toBe(identityOf(b));
  });

  test('in capitals and in small letters, for every letter', () => {
    const cased = Array.from({ length: 0x20000 }, (_, point) => point)
      .filter((point) => point < 0xd800 || point > 0xdfff)
      .map((point) => String.fromCodePoint(point))
      .filter((letter) => /\p{Changes_When_Casemapped}/u.test(letter));
    expect(cased.length).toBeGreaterThan(2_000);
    const others = cased.filter((letter) =>
      [letter.toUpperCase(), letter.toLowerCase()].some((cast) => identityOf(cast) !== identityOf(letter)),
    );
    expect(others).toEqual([]);
  });

  test('however often the form is taken, and however the letters are composed', () => {
    fc.assert(
      fc.property(fc.oneof(anyText(), fc.string({ unit: 'grapheme' })), (text) => {
        const identity = identityOf(text);
        expect(identityOf(identity)).toBe(identity);
        expect(identity).not.toMatch(/^\s|\s\s|\s$/u);
        for (const form of ['NFC', 'NFD']) expect(identityOf(text.normalize(form))).toBe(identity);
      }),
      { numRuns: 500, examples: [['ẞ'], ['İ'], ['ΟΔΟΣ'], ['ŉ'], ['\u1fb7'], ['ǰ'], ['e\u034f\u0301']] },
    );
  });
});

const pool = (id: string, name: string, parentId?: string): Pool => ({
  id,
  name,
  ...(parentId !== undefined && { parentId }),
  holderId: 'usr_1',
  absorbed: [],
  createdAt: '2026-11-23T12:00:00.000Z',
  version: 1,
});

describe('the name of a pool', () => {
  const treeOf = (...names: string[]) =>
    buildPoolTree([pool('root', 'Acme'), ...names.map((name, index) => pool(`pool_${index}`, name, 'root'))]);

  test.each(one)('is refused if a sibling differs only in $what', ({ a, b }) => {
    for (const [taken, wanted] of [
      [a, b],
      [b, a],
    ] as const)
      expect(requireOwnName(treeOf('Other', taken), pool('new', wanted, 'root'))).toMatchObject({
        ok: false,
        error: { code: 'pool_name_taken' },
      });
  });

  test.each(two)('is accepted if all siblings have other $what', ({ a, b }) => {
    expect(requireOwnName(treeOf('Other', a), pool('new', b, 'root')).ok).toBe(true);
  });

  test('may be that of the pool above, of one elsewhere in the tree, or its own in another case', () => {
    const tree = treeOf('Web');
    expect(requireOwnName(tree, pool('new', 'Acme', 'root')).ok).toBe(true);
    expect(requireOwnName(tree, pool('new', 'Web', 'pool_0')).ok).toBe(true);
    expect(requireOwnName(tree, pool('pool_0', 'WEB', 'root')).ok).toBe(true);
  });

  test('that an earlier rule allowed beside an equal one is listed', () => {
    const tree = buildPoolTree([
      pool('root', 'Acme'),
      pool('a', 'Fälder', 'root'),
      pool('b', 'Fälder\u3164', 'root'),
      pool('c', 'Other', 'root'),
      pool('d', 'Fälder', 'a'),
    ]);
    expect(siblingsOfOneName(tree).map((siblings) => siblings.map(({ id }) => id))).toEqual([['a', 'b']]);
  });
});
