import { absent } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, put, type Write } from '../table/write.ts';
import { userEntries } from './user-entries.ts';
import { membershipItem, userItem, type User } from './user.ts';

/** Makes a person a user of the organization: at most 4 + 64 items. The address item is the caller's. */
export const joinWrites = (organizationId: string, user: User): Write<'already_member'>[] => [
  put(userItem(organizationId, user)),
  ...membershipWrites(organizationId, user),
];

/** What a user has beside its record: its rights, and the lists that find it. */
export const membershipWrites = (organizationId: string, user: User): Write<'already_member'>[] => [
  put(membershipItem(organizationId, user), guard(absent('pk'), 'already_member')),
  put({ ...keys.personOrganization(user.personId, organizationId), organizationId, userId: user.id }),
  ...userEntries(organizationId, user).map((key) => put({ ...key, userId: user.id })),
];
