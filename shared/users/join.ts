import { absent } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, put, type Guard, type Write } from '../table/write.ts';
import { userEntries } from './user-entries.ts';
import { membershipItem, userItem, type User } from './user.ts';

/**
 * Makes a person a user of the organization: at most 4 + 64 items. The address item is the caller's. `guards`: conditions on the
 * membership, of which a new organization needs none.
 */
export const joinWrites = <F = never>(organizationId: string, user: User, ...guards: Guard<F>[]): Write<F>[] => [
  put(userItem(organizationId, user)),
  ...membershipWrites(organizationId, user, ...guards),
];

/** What a user has beside its record: its rights, and the lists that find it. */
export const membershipWrites = <F = never>(organizationId: string, user: User, ...guards: Guard<F>[]): Write<F>[] => [
  put(membershipItem(organizationId, user), ...guards),
  put({ ...keys.personOrganization(user.personId, organizationId), organizationId, userId: user.id }),
  ...userEntries(organizationId, user).map((key) => put({ ...key, userId: user.id })),
];

/** Condition on the membership of somebody who joins: a person is one user of an organization at a time. */
export const notYetMember = guard(absent('pk'), 'already_member');
