import { describe, expect, test } from 'vitest';
import { inviteesOf, inviteesPerTransaction, rolesNamedIn } from '../../shared/invites/invitees.ts';
import { inviteAddressesPerTransaction, inviteOwnRolesPerTransaction } from '../../shared/limits.ts';
import type { RoleAssignment } from '../../shared/roles/role.ts';

const member: RoleAssignment[] = [{ role: 'member' }];
const engineer: RoleAssignment[] = [{ role: 'engineer', poolId: 'pool_web' }];
const request = { dryRun: false };

describe('the invitees of a request', () => {
  test('named as addresses all get the common roles', () => {
    expect(inviteesOf({ ...request, emails: ['Ada@x.example', 'ben@x.example'], roles: member })).toEqual([
      { email: 'ada@x.example', outcome: 'created', roles: member, hasOwnRoles: false },
      { email: 'ben@x.example', outcome: 'created', roles: member, hasOwnRoles: false },
    ]);
  });

  test('get their own roles, or else the common ones', () => {
    const invitees = [{ email: 'ada@x.example', roles: engineer }, { email: 'ben@x.example' }];
    expect(inviteesOf({ ...request, invitees, roles: member })).toMatchObject([
      { email: 'ada@x.example', roles: engineer, hasOwnRoles: true },
      { email: 'ben@x.example', roles: member, hasOwnRoles: false },
    ]);
  });

  test('have no roles of their own if these equal the common ones', () => {
    const both: RoleAssignment[] = [...engineer, ...member];
    const invitees = [{ email: 'ada@x.example', roles: both.toReversed() }];
    expect(inviteesOf({ ...request, invitees, roles: both })).toMatchObject([{ hasOwnRoles: false }]);
  });

  test('with one address are duplicates of the first, whatever their roles', () => {
    const invitees = [
      { email: 'ada@x.example', roles: engineer },
      { email: ' ADA@X.example', roles: member },
    ];
    expect(inviteesOf({ ...request, invitees })).toMatchObject([
      { outcome: 'created', roles: engineer },
      { outcome: 'duplicate' },
    ]);
  });

  test('are named in errors by their position', () => {
    const invitees = [{ email: 'ada@x.example' }, { email: 'ben@x.example', roles: engineer }];
    expect(rolesNamedIn({ ...request, invitees, roles: member })).toEqual([
      { pointer: '/roles', assignments: member },
      { pointer: '/invitees/0/roles', assignments: [] },
      { pointer: '/invitees/1/roles', assignments: engineer },
    ]);
  });
});

describe('a transaction invites', () => {
  const invitees = (length: number, roles: number, hasOwnRoles: boolean) =>
    Array.from({ length }, () => ({
      hasOwnRoles,
      roles: Array.from({ length: roles }, (): RoleAssignment => ({ role: 'member' })),
    }));

  test.each([
    { what: 'as many addresses as fit, if they get the common roles', given: invitees(100, 50, false), number: 30 },
    { what: 'as many if they have few roles of their own', given: invitees(100, 3, true), number: 30 },
    { what: 'fewer if their own roles are too many for the audit event', given: invitees(100, 4, true), number: 25 },
    { what: 'two with the most roles that there can be', given: invitees(100, 50, true), number: 2 },
    { what: 'all of a short list', given: invitees(2, 1, true), number: 2 },
  ])('$what', ({ given, number }) => {
    expect([inviteAddressesPerTransaction, inviteOwnRolesPerTransaction]).toEqual([30, 100]);
    expect(inviteesPerTransaction(given)).toBe(number);
  });
});
