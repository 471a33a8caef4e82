import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sortAddresses } from '../../shared/invites/sort-addresses.ts';

describe('the addresses of an invitation', () => {
  test.each([
    { what: 'none give no result', given: [], sorted: [] },
    {
      what: 'a good one can be invited, in its one form',
      given: [' Ada@Example.com '],
      sorted: [{ email: 'ada@example.com', outcome: 'created' }],
    },
    {
      what: 'a bad one is shown as it was given',
      given: [' Ada king@Example.com '],
      sorted: [{ email: ' Ada king@Example.com ', outcome: 'invalid_email' }],
    },
    {
      what: 'the first of equal ones counts, the others are duplicates',
      given: ['ada@example.com', 'ada@example.com', 'ada@example.com'],
      sorted: [
        { email: 'ada@example.com', outcome: 'created' },
        { email: 'ada@example.com', outcome: 'duplicate' },
        { email: 'ada@example.com', outcome: 'duplicate' },
      ],
    },
    {
      what: 'two ways to write one address are duplicates',
      given: ['ada@bücher.de', 'ADA@xn--bcher-kva.de'],
      sorted: [
        { email: 'ada@xn--bcher-kva.de', outcome: 'created' },
        { email: 'ada@xn--bcher-kva.de', outcome: 'duplicate' },
      ],
    },
    {
      what: 'two plus tags are two addresses',
      given: ['ada+a@example.com', 'ada+b@example.com'],
      sorted: [
        { email: 'ada+a@example.com', outcome: 'created' },
        { email: 'ada+b@example.com', outcome: 'created' },
      ],
    },
    {
      what: 'a bad one entered twice is invalid twice, not a duplicate',
      given: ['nobody', 'nobody'],
      sorted: [
        { email: 'nobody', outcome: 'invalid_email' },
        { email: 'nobody', outcome: 'invalid_email' },
      ],
    },
    {
      what: 'a bad one does not disturb the order or the others',
      given: ['eve@example.com', 'm\u0131ke@x.com', 'ada@example.com', 'mike@x.com', 'Eve@example.com'],
      sorted: [
        { email: 'eve@example.com', outcome: 'created' },
        { email: 'm\u0131ke@x.com', outcome: 'invalid_email' },
        { email: 'ada@example.com', outcome: 'created' },
        { email: 'mike@x.com', outcome: 'created' },
        { email: 'eve@example.com', outcome: 'duplicate' },
      ],
    },
  ])('$what', ({ given, sorted }) => {
    expect(sortAddresses(given)).toEqual(sorted);
  });

  test('1,000 addresses give 1,000 results in the order given', () => {
    const given = Array.from({ length: 1_000 }, (_, index) => `user-${index}@example.com`);
    expect(sortAddresses(given)).toEqual(given.map((email) => ({ email, outcome: 'created' })));
  });

  test('the property names of every JavaScript object are treated like other addresses', () => {
    expect(sortAddresses(['__proto__@example.com', 'constructor@example.com', '__proto__@example.com'])).toEqual([
      { email: '__proto__@example.com', outcome: 'created' },
      { email: 'constructor@example.com', outcome: 'created' },
      { email: '__proto__@example.com', outcome: 'duplicate' },
    ]);
  });
});

test('for any input, each address has one result, and no address can be invited twice', () => {
  const few = fc.constantFrom('a@x.com', 'A@x.com', 'b@x.com', ' b@X.COM', 'c@ü.de', 'c@xn--tda.de', 'x', '');
  fc.assert(
    fc.property(fc.array(fc.oneof(few, fc.emailAddress(), fc.string())), (given) => {
      const sorted = sortAddresses(given);
      const invited = sorted.filter(({ outcome }) => outcome === 'created').map(({ email }) => email);
      expect(sorted).toHaveLength(given.length);
      expect(new Set(invited).size).toBe(invited.length);
      for (const { email, outcome } of sorted) if (outcome === 'duplicate') expect(invited).toContain(email);
    }),
    { numRuns: 200 },
  );
});
