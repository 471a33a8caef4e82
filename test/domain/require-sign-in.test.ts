import { expect, test } from 'vitest';
import type { Token } from '../../shared/actor.ts';
import { requireSignIn } from '../../shared/api/require-sign-in.ts';
import type { Organization } from '../../shared/organizations/organization.ts';

const now = '2026-11-23T12:00:00.000Z';

const decide = (
  settings: Pick<Organization, 'signInHoursMax' | 'requireMfa'>,
  token: Partial<Token>,
  more: { serviceAccount?: true } = {},
) => {
  const organization = settings as Organization;
  const decided = requireSignIn({ organization, ...more }, { id: 'token', issuedAt: now, ...token }, now);
  return decided.ok ? 'admitted' : decided.error.code;
};

test.each([
  ['one second less', '2026-11-23T10:00:01.000Z', 'admitted'],
  ['exactly as much', '2026-11-23T10:00:00.000Z', 'sign_in_too_old'],
  ['more', '2026-11-22T12:00:00.000Z', 'sign_in_too_old'],
  ['unknown', undefined, 'sign_in_too_old'],
])('a sign-in whose age is %s than two hours', (_, signedInAt, outcome) => {
  expect(decide({ signInHoursMax: 2 }, { signedInAt })).toBe(outcome);
  expect(decide({}, { signedInAt })).toBe('admitted');
});

test('without a second factor, an organization that requires one refuses', () => {
  expect(decide({ requireMfa: true }, { secondFactor: true })).toBe('admitted');
  expect(decide({ requireMfa: true }, { secondFactor: false })).toBe('mfa_required');
  expect(decide({ requireMfa: true }, {})).toBe('mfa_required');
  expect(decide({ requireMfa: false }, {})).toBe('admitted');
});

test('a service account has no sign-in', () => {
  expect(decide({ requireMfa: true }, {}, { serviceAccount: true })).toBe('admitted');
  expect(decide({ signInHoursMax: 1 }, {}, { serviceAccount: true })).toBe('admitted');
});
