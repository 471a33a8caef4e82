import { describe, expect, test } from 'vitest';
import { addressSearch } from '../../shared/address-search.ts';

const umlaut = 'ada@xn--bcher-kva.de';
const korean = 'kim@mail.xn--3e0b707e';

/** Whether a search finds an address, as the lists of users and invites decide. */
const finds = (search: string, email: string): boolean => {
  const found = addressSearch(search);
  return email.startsWith(found.prefix) && (found.finds?.(email) ?? true);
};

describe('a search for addresses', () => {
  test.each([
    { search: '', email: umlaut },
    { search: 'a', email: umlaut },
    { search: ' ADA@ ', email: umlaut },
    { search: 'ada@bücher.de', email: umlaut },
    { search: 'ada@BÜCHER.DE', email: umlaut },
    { search: 'ada@bu\u0308cher.de', email: umlaut },
    { search: 'ada@b\u00fccher。d', email: umlaut },
    { search: 'ada@bü', email: umlaut },
    { search: 'ada@xn--bch', email: umlaut },
    { search: 'ada@xn--bcher-kva.de', email: umlaut },
    { search: '\u202aada\u2060@\u2060bücher\u2060.\u2060de\u202c', email: umlaut },
    { search: 'kim@mail.한국', email: korean },
    { search: 'kim@mail.한', email: korean },
  ])('for $search finds $email', ({ search, email }) => {
    expect(finds(search, email)).toBe(true);
  });

  test.each([
    { search: 'ada@bücherei', email: umlaut },
    { search: 'ada@ü', email: umlaut },
    { search: 'eve@bücher.de', email: umlaut },
    { search: 'ada@bucher.de', email: umlaut },
    { search: 'kim@post.한', email: korean },
    { search: 'bü', email: umlaut },
  ])('for $search does not find $email', ({ search, email }) => {
    expect(finds(search, email)).toBe(false);
  });

  test('reads only addresses that can be found, however short the label is', () => {
    expect(addressSearch('ada@mail.bü').prefix).toBe('ada@mail.xn--');
    expect(addressSearch('ada@bücher.de').prefix).toBe(umlaut);
  });
});
