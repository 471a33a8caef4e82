import { absent } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, put, type Guard, type Write } from '../table/write.ts';
import { entryItem, userEntries, withCurrentEntries } from './user-entries.ts';
import { rowItem } from './user-row.ts';
import { membershipItem, userItem, type User } from './user.ts';

/**
 * Makes a person a user of the organization: three items, a row of the list of users and at most 64 list entries. The caller writes the address item.
 * `guards` are conditions on the membership; a new organization needs none.
 */
export const joinWrites = <F = never>(organizationId: string, user: User, ...guards: Guard<F>[]): Write<F>[] => [
  put(userItem(organizationId, withCurrentEntries(user))),
  ...membershipWrites(organizationId, user, ...guards),
];

/**
 * The items of a user in addition to its record: the membership, the entry in the person's organizations, the row and the list
 * entries. The record must store that these are of the current version (`withCurrentEntries`).
 */
export const membershipWrites = <F = never>(
  organizationId: string,
  joining: User,
  ...guards: Guard<F>[]
): Write<F>[] => {
  const user = withCurrentEntries(joining);
  return [
    put(membershipItem(organizationId, user), ...guards),
    put({ ...keys.personOrganization(user.personId, organizationId), organizationId, userId: user.id }),
    put(rowItem(organizationId, user)),
    ...userEntries(organizationId, user).map((key) => put(entryItem(key, user))),
  ];
};

/** The guard of a new membership: a person can be only one user of an organization at a time. */
export const notYetMember = guard(absent('pk'), 'already_member');
