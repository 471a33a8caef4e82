import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayName } from '../../shared/names/display-name.ts';
import { parseAssignment, roles, type RoleAssignment } from '../../shared/roles/role.ts';
import { rowKey, searchText, userEntries, withCurrentEntries } from '../../shared/users/user-entries.ts';
import { parseUserSearch } from '../../shared/users/user-search.ts';

const organizationId = 'org_1';

const ada = withCurrentEntries({
  id: 'usr_1',
  name: 'Ada King Lovelace',
  email: 'ada@example.com',
  assignments: [{ role: 'member' }] as RoleAssignment[],
});

const named = (name: string) => userEntries(organizationId, { ...ada, name });

const inPartition = (entries: { pk: string; sk: string }[], pk: string): string[] =>
  entries.filter((entry) => entry.pk === pk).map(({ sk }) => sk);

describe('the list entries of a user', () => {
  test('contain the address, its domain and each suffix of the name, and the role', () => {
    expect(userEntries(organizationId, ada)).toEqual([
      { pk: 'org_1#search', sk: 'ada@example.com\tusr_1' },
      { pk: 'org_1#search', sk: '@example.com\tusr_1' },
      { pk: 'org_1#search', sk: 'ada king lovelace\tusr_1' },
      { pk: 'org_1#search', sk: 'king lovelace\tusr_1' },
      { pk: 'org_1#search', sk: 'lovelace\tusr_1' },
      { pk: 'org_1#role#member', sk: 'ada king lovelace\tusr_1' },
    ]);
  });

  test('contain each pool where the user holds a role, and each role once', () => {
    const assignments = ['manager@pool_1', 'engineer@pool_2', 'manager@pool_3', 'member'].map(parseAssignment);
    const entries = userEntries(organizationId, { ...ada, name: 'Ada', assignments });
    expect(entries.filter(({ pk }) => /role|grants/.test(pk))).toEqual([
      { pk: 'org_1#role#manager', sk: 'ada\tusr_1' },
      { pk: 'org_1#role#engineer', sk: 'ada\tusr_1' },
      { pk: 'org_1#role#member', sk: 'ada\tusr_1' },
      { pk: 'org_1#grants#pool_1', sk: 'ada\tusr_1' },
      { pk: 'org_1#grants#pool_2', sk: 'ada\tusr_1' },
      { pk: 'org_1#grants#pool_3', sk: 'ada\tusr_1' },
    ]);
  });

  test('contain the words of the email address if it is also the name', () => {
    expect(inPartition(named('Ada@Example.com'), 'org_1#search')).toEqual([
      'ada@example.com\tusr_1',
      '@example.com\tusr_1',
      'ada example com\tusr_1',
      'example com\tusr_1',
      'com\tusr_1',
    ]);
  });

  test('have the keys of versions before 4 until the record is renewed', () => {
    const { entryVersion: _, ...previous } = { ...ada, name: 'Łukasz O’Neill' };
    expect(userEntries(organizationId, previous)).toEqual([
      { pk: 'org_1#search', sk: 'ada@example.com\tusr_1' },
      { pk: 'org_1#search', sk: 'łukasz o’neill\tusr_1' },
      { pk: 'org_1#search', sk: 'o’neill\tusr_1' },
      { pk: 'org_1#role#member', sk: 'łukasz o’neill\tusr_1' },
    ]);
    expect(rowKey(organizationId, previous).sk).toBe('łukasz o’neill\tusr_1');
    expect(rowKey(organizationId, withCurrentEntries(previous)).sk).toBe('lukasz oneill\tusr_1');
  });

  test('contain each suffix once if the name repeats one word', () => {
    expect(inPartition(named('Ada Ada'), 'org_1#search')).toEqual([
      'ada@example.com\tusr_1',
      '@example.com\tusr_1',
      'ada ada\tusr_1',
      'ada\tusr_1',
    ]);
  });

  test('contain the first 8 words of a name, but not the ninth', () => {
    const words = inPartition(named('a b c d e f g h i j'), 'org_1#search').slice(2);
    expect(words).toEqual([
      'a b c d e f g h i j\tusr_1',
      'b c d e f g h i j\tusr_1',
      'c d e f g h i j\tusr_1',
      'd e f g h i j\tusr_1',
      'e f g h i j\tusr_1',
      'f g h i j\tusr_1',
      'g h i j\tusr_1',
      'h i j\tusr_1',
    ]);
  });
});

/** Whether a search finds a user: it reads one of their entries, and does not filter it out. */
const finds = (search: string, name: string, email = 'x@y.zz'): boolean => {
  const parsed = parseUserSearch(search);
  const user = { ...ada, name, email };
  const isRead = userEntries(organizationId, user).some(
    ({ pk, sk }) => pk === 'org_1#search' && sk.startsWith(parsed?.prefix ?? ''),
  );
  return parsed !== undefined && isRead && parsed.matches(user);
};

describe('a search', () => {
  test.each<{ promise: string; search: string; name: string; email?: string }>([
    { promise: 'finds the beginning of the name', search: 'ad', name: 'Ada King' },
    { promise: 'finds the whole name', search: 'ada king', name: 'Ada King' },
    { promise: 'finds the beginning of the second word', search: 'ki', name: 'Ada King' },
    { promise: 'finds the last word', search: 'lovelace', name: 'Ada King Lovelace' },
    {
      promise: 'finds two words in a row and the beginning of the second',
      search: 'king lov',
      name: 'Ada King Lovelace',
    },
    { promise: 'finds any case', search: 'LOVE', name: 'Ada King Lovelace' },
    { promise: 'finds a name in capitals', search: 'ada', name: 'ADA KING' },
    { promise: 'finds a name with accents without them', search: 'zoe', name: 'Zoë Müller' },
    { promise: 'finds a name without accents with them', search: 'müll', name: 'Muller' },
    { promise: 'finds a composed name decomposed', search: 'zoe\u0308', name: 'Zo\u00eb' },
    { promise: 'finds a Vietnamese name without its marks', search: 'nguyen', name: 'Nguyễn Văn An' },
    { promise: 'finds full-width letters', search: 'ada', name: 'Ａｄａ' },
    { promise: 'finds a ligature by its letters', search: 'fi', name: 'ﬁona' },
    { promise: 'finds a sharp s by its capital', search: 'STRAẞ', name: 'Straße' },
    { promise: 'finds a sharp s by SS', search: 'STRASS', name: 'Straße' },
    { promise: 'finds a Russian name in capitals', search: 'АНДРЕЙ', name: 'Андрей' },
    { promise: 'finds a Hindi name by its first syllable', search: 'कि', name: 'किरण' },
    { promise: 'finds a Japanese name decomposed', search: 'か\u3099', name: 'がく' },
    { promise: 'finds a Turkish capital I with a dot', search: 'irem', name: 'İrem' },
    { promise: 'finds a Greek name in capitals', search: 'ΝΊΚΟΣ', name: 'Νίκος' },
    { promise: 'finds the beginning of a Greek word in capitals', search: 'ΑΝΑΣ', name: 'Αναστασία' },
    { promise: 'finds a Chinese name', search: '小', name: '王 小明' },
    { promise: 'finds a name by any spaces between its words', search: ' ada \u00a0 king ', name: 'Ada\u3000King' },
    { promise: 'finds the beginning of the email address', search: 'ada@ex', name: 'x', email: 'ada@example.com' },
    { promise: 'finds the email address in any case', search: 'ADA@EX', name: 'x', email: 'ada@example.com' },
    { promise: 'finds a plus tag', search: 'ada+t', name: 'x', email: 'ada+tag@example.com' },
    { promise: 'finds a name by a hyphen', search: 'anne-m', name: 'Anne-Marie' },
    { promise: 'finds a name with an apostrophe', search: "o'n", name: "Shaquille O'Neal" },
    { promise: 'finds a typographic apostrophe by a typewriter’s', search: "o'neill", name: 'Hugh O’Neill' },
    { promise: 'finds a typewriter’s apostrophe by a typographic one', search: 'o’neill', name: "Hugh O'Neill" },
    { promise: 'finds a letter with a stroke without it', search: 'lukasz', name: 'Łukasz Kowalski' },
    { promise: 'finds a letter without a stroke with it', search: 'łuk', name: 'Lukasz' },
    { promise: 'finds a ligature by its letters', search: 'aero', name: 'Søren Ærø' },
    { promise: 'finds words in another order', search: 'lindqvist mara', name: 'Mara Lindqvist' },
    { promise: 'finds the beginnings of words in another order', search: 'wit de', name: 'Jan de Wit' },
    { promise: 'finds two words with another between', search: 'ada lovelace', name: 'Ada King Lovelace' },
    { promise: 'finds words in the order of a list', search: 'lovelace, ada', name: 'Ada King Lovelace' },
    { promise: 'finds a hyphenated name by its second part', search: 'marie', name: 'Anne-Marie' },
    { promise: 'finds a hyphenated name by two words', search: 'anne marie', name: 'Anne-Marie' },
    { promise: 'finds two words by a hyphenated one', search: 'anne-marie', name: 'Anne Marie' },
    { promise: 'finds Arabic words in another order', search: 'رضایی علی', name: 'علی\u200cرضا رضایی' },
    { promise: 'finds Chinese words in another order', search: '小明 王', name: '王 小明' },
    { promise: 'finds the domain of an address', search: '@acme.ex', name: 'x', email: 'ada@acme.example' },
    { promise: 'finds the whole domain', search: '@ACME.example', name: 'x', email: 'ada@acme.example' },
    { promise: 'finds what is before the @', search: 'ada.king', name: 'x', email: 'ada.king@acme.example' },
    { promise: 'finds the beginning of it, up to a dot', search: 'ada.', name: 'x', email: 'ada.king@acme.example' },
    { promise: 'finds it with a hyphen', search: 'ada-k', name: 'x', email: 'ada-king@acme.example' },
    { promise: 'finds a name and a domain', search: 'king @acme', name: 'Ada King', email: 'a@acme.example' },
    { promise: 'finds an address and a name', search: 'a@acme.example ada', name: 'Ada', email: 'a@acme.example' },
    { promise: 'finds a domain in Unicode', search: '@bücher.example', name: 'x', email: 'a@xn--bcher-kva.example' },
    { promise: 'finds a domain in punycode', search: '@xn--bcher', name: 'x', email: 'a@xn--bcher-kva.example' },
    { promise: 'finds an address in Unicode', search: 'A@Bücher.example', name: 'x', email: 'a@xn--bcher-kva.example' },
    { promise: 'finds a name of punctuation', search: '--', name: '---' },
  ])('$promise', ({ search, name, email }) => {
    expect(finds(search, name, email)).toBe(true);
  });

  test.each<{ promise: string; search: string; name: string; email?: string }>([
    { promise: 'does not find the middle of a word', search: 'da', name: 'Ada King' },
    { promise: 'does not find a name that has one of two words', search: 'ada byron', name: 'Ada King' },
    { promise: 'does not find the middle of a domain', search: '@example', name: 'x', email: 'a@acme.example' },
    { promise: 'does not find another domain', search: 'ada @globex', name: 'Ada', email: 'ada@acme.example' },
    { promise: 'does not find a domain by what is before the @', search: '@ada', name: 'x', email: 'ada@acme.example' },
    { promise: 'does not find a word that goes on otherwise', search: 'adam', name: 'Ada King' },
    { promise: 'does not find the domain of an address', search: 'example', name: 'x', email: 'ada@example.com' },
    {
      promise: 'does not find what is behind a dot of an address',
      search: 'king',
      name: 'x',
      email: 'ada.king@example.com',
    },
    { promise: 'does not find a user by its id', search: 'usr_1', name: 'Ada' },
    { promise: 'does not find a user by a tab and its id', search: 'ada\tusr_1', name: 'Ada' },
    { promise: 'does not find another letter', search: 'ζ', name: 'Νίκος' },
    { promise: 'does not find a Russian й by и, which is another letter', search: 'андреи', name: 'Андрей' },
    { promise: 'does not find a Hindi name by another vowel sign', search: 'कु', name: 'किरण' },
    { promise: 'does not find a Japanese が by か', search: 'かく', name: 'がく' },
  ])('$promise', ({ search, name, email }) => {
    expect(finds(search, name, email)).toBe(false);
  });
});

/** A name of 15 characters whose texts are as long as a search text may be, and end within an emoji. */
const unfolding = `${'\ufdfa'.repeat(11)}aa😀😀`;

describe('the sort keys of entries', () => {
  test('a name that unfolds to more than 200 characters is cut there', () => {
    expect(searchText('\ufdfa'.repeat(50)).length).toBeLessThanOrEqual(200);
  });

  test.each([unfolding, unfolding.replace('aa', 'a')])('are never cut inside a character: %s', (name) => {
    expect(displayName(100).parse(name)).toBe(name);
    expect(named(name).filter(({ sk }) => !sk.isWellFormed())).toEqual([]);
    expect(searchText(name).isWellFormed()).toBe(true);
  });

  test.each([
    { what: 'letters', letter: 'a' },
    { what: 'letters of two bytes', letter: 'ж' },
    { what: 'Chinese letters', letter: '王' },
    { what: 'emojis, which JavaScript counts as two', letter: '😀' },
  ])('are cut at 200 $what', ({ letter }) => {
    expect(searchText(letter.repeat(200))).toBe(letter.repeat(200));
    expect(searchText(letter.repeat(201))).toBe(letter.repeat(200));
    expect(searchText(`a${letter.repeat(300)}`)).toBe(`a${letter.repeat(199)}`);
  });

  test('are not empty for a name that consists only of combining marks', () => {
    for (const { sk } of named('\u0301\u0302')) expect(sk).toMatch(/usr_1$/);
  });
});

describe('for every user', () => {
  const names = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 100 })
    .filter((name) => displayName(100).safeParse(name).success);
  const assignments = fc.uniqueArray(
    fc
      .tuple(fc.constantFrom(...roles), fc.nat(99))
      .map(([role, pool]): RoleAssignment =>
        role === 'manager' || role === 'engineer' ? { role, poolId: `pool_${pool}` } : { role },
      ),
    { maxLength: 50, selector: (assignment) => ('poolId' in assignment ? assignment.poolId : assignment.role) },
  );
  const users = fc
    .record({ id: fc.constant<string>('usr_1'), name: names, email: fc.emailAddress(), assignments })
    .map((user) => withCurrentEntries(user));

  test('there are at most 10 search texts, 4 roles and 50 pools', () => {
    const most = { pools: 50, roles: 4, search: 10 };
    fc.assert(
      fc.property(users, (user) => {
        const entries = userEntries(organizationId, user);
        const count = (part: string) => entries.filter(({ pk }) => pk.startsWith(`org_1#${part}`)).length;
        expect(count('search')).toBeLessThanOrEqual(most.search);
        expect(count('role#')).toBeLessThanOrEqual(most.roles);
        expect(count('grants#')).toBeLessThanOrEqual(most.pools);
        expect(entries.length).toBe(count('search') + count('role#') + count('grants#'));
      }),
      { numRuns: 100 },
    );
  });

  test('no two entries have the same key', () => {
    fc.assert(
      fc.property(users, (user) => {
        const entries = userEntries(organizationId, user).map(({ pk, sk }) => `${pk}\n${sk}`);
        expect(new Set(entries).size).toBe(entries.length);
      }),
      { numRuns: 100 },
    );
  });

  test('every sort key fits the 1,024 bytes of DynamoDB, with the longest id', () => {
    fc.assert(
      fc.property(users, (user) => {
        for (const { sk } of userEntries(organizationId, { ...user, id: `usr_${'0'.repeat(26)}` }))
          expect(Buffer.byteLength(sk)).toBeLessThanOrEqual(1_024);
      }),
      {
        numRuns: 100,
        examples: [[withCurrentEntries({ id: 'usr_1', name: '\ufdfa'.repeat(100), email: 'a@b.cc', assignments: [] })]],
      },
    );
  });

  test('the user is found by the name, by each of its first 8 words and by the address', () => {
    const words = fc.array(fc.stringMatching(/^[a-zA-ZäÖéñçŠ]{1,10}$/), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(words, fc.emailAddress(), (parts, email) => {
        for (const search of [parts.join(' '), ...parts, email.slice(0, 200)])
          expect(finds(search, parts.join(' '), email)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test('the fullest user has 64 entries', () => {
    const pools = Array.from({ length: 50 }, (_, index): RoleAssignment => ({
      role: index % 2 ? 'manager' : 'engineer',
      poolId: `pool_${index}`,
    }));
    const fullest = {
      ...ada,
      name: 'a b c d e f g h i',
      assignments: [...pools, { role: 'member' }, { role: 'organization_manager' }],
    };
    expect(userEntries(organizationId, fullest as typeof ada)).toHaveLength(10 + 4 + 50);
  });
});

describe('the range that a search reads', () => {
  test.each([
    { promise: 'is that of the longest word', search: 'de lindqvist m', prefix: 'lindqvist' },
    { promise: 'is that of the first of several longest', search: 'ada eve', prefix: 'ada' },
    { promise: 'counts letters, not bytes', search: '王小明 adam', prefix: 'adam' },
    { promise: 'is that of an address, if it is the longest', search: 'lovelace ada@acme.ex', prefix: 'ada@acme.ex' },
    { promise: 'is never that of a domain, which all may share', search: '@acme.example lov', prefix: 'lov' },
    { promise: 'is that of a domain alone', search: '@acme.example', prefix: '@acme.example' },
    {
      promise: 'is the first part of a word with a hyphen, where names and addresses begin',
      search: 'ada-king',
      prefix: 'ada',
    },
    { promise: 'is folded', search: 'Łukasz', prefix: 'lukasz' },
  ])('$promise: $search', ({ search, prefix }) => {
    expect(parseUserSearch(search)?.prefix).toBe(prefix);
  });

  test('contains all users if the search has no visible characters', () => {
    for (const search of ['', ' ', '\u3164', "' '"]) expect(parseUserSearch(search)).toBeUndefined();
  });
});
