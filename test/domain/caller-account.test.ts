import { expect, test } from 'vitest';
import { callerAccount } from '../../shared/users/caller-account.ts';

const token = { id: 'token-2', issuedAt: '2026-11-23T12:00:05.000Z', email: 'ada@example.com' };
const member = { email: 'ada@example.com' };
const closedAt = (since: string) => ({ ...member, account: { state: 'disabled' as const, since } });

test.each([
  ['the address is the stored one', member, token, 'current'],
  ['the address has changed', { email: 'old@example.com' }, token, 'outdated'],
  ['the membership is of an earlier version, without an address', {}, token, 'outdated'],
  ['this token has caused a look-up already', { email: 'old@example.com', accountAskedBy: token.id }, token, 'current'],
  ['an earlier token has caused a look-up', { email: 'old@example.com', accountAskedBy: 'token-1' }, token, 'outdated'],
  ['the token is of an earlier version, without an address', {}, { ...token, email: undefined }, 'current'],
  ['there is no token, as for an operator', {}, undefined, 'current'],
  ['the account was disabled after the token was issued', closedAt('2026-11-23T12:00:06.000Z'), token, 'closed'],
  ['the account was disabled in the same second', closedAt('2026-11-23T12:00:05.900Z'), token, 'outdated'],
  ['the token was issued after the account had been disabled', closedAt('2026-11-23T11:00:00.000Z'), token, 'outdated'],
  ['the account is disabled and there is no token', closedAt('2026-11-23T11:00:00.000Z'), undefined, 'closed'],
  [
    'the account is in a state that a newer version stored',
    { ...member, account: { state: 'locked' as never, since: '2026-11-23T13:00:00.000Z' } },
    token,
    'closed',
  ],
] as const)('if %s', (_, membership, given, expected) => {
  expect(callerAccount(membership, given)).toBe(expected);
});
