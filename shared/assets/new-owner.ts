import type { Member } from '../actor.ts';
import type { ErrorCode, FieldError } from '../errors.ts';
import type { Named } from '../named.ts';
import { fail, ok, type Result } from '../result.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { check, guard, type Key, type Write } from '../table/write.ts';
import { findUser, findUsers } from '../users/find-users.ts';
import { isActive, type User } from '../users/user.ts';

/** A user whom a request names as an owner, and the JSON Pointer to that field of the body: `/ownerId`. */
export interface NamedOwner {
  userId: string;
  pointer: string;
}

/** The keys of the users whom a request names as owners, so that they are read in the same request as the caller's rights. */
export const ownerKeys = (organizationId: string, ...userIds: (string | undefined)[]): Key[] =>
  userIds.flatMap((userId) => (userId === undefined ? [] : [keys.user(organizationId, userId)]));

export const ownersNamed = (userId: string | undefined, pointer: string): NamedOwner[] =>
  userId === undefined ? [] : [{ userId, pointer }];

/** The condition of a write that assigns an asset: the new owner is an active user. */
export const ownerActive = <const F>(organizationId: string, ownerId: string, otherwise: F): Write<F> =>
  check(keys.user(organizationId, ownerId), guard(equal('status', 'active'), otherwise));

/** The reason why a user cannot own assets; undefined if the user can. */
export const whyNoOwner = (
  user: User | undefined,
): Extract<ErrorCode, 'unknown_user' | 'owner_inactive'> | undefined => {
  if (!user) return 'unknown_user';
  return isActive(user) ? undefined : 'owner_inactive';
};

/**
 * Fails with an error for each named user who cannot own assets. Otherwise returns the write conditions that all of them are still
 * active.
 */
export const requireOwners = async (
  table: Table,
  organizationId: string,
  named: readonly NamedOwner[],
): Promise<Result<Write<'owner_inactive'>[]>> => {
  const users = await findUsers(
    table,
    organizationId,
    named.map(({ userId }) => userId),
  );
  const errors = named.flatMap(({ userId, pointer }) => {
    const code = whyNoOwner(users.get(userId));
    return code ? [noOwner(code, pointer)] : [];
  });
  const [first] = errors;
  if (first) return fail(first.code, undefined, { errors });
  return ok([...users.keys()].map((userId) => ownerActive(organizationId, userId, 'owner_inactive')));
};

/**
 * The owner of a new asset: the user that the request names, otherwise the caller. A caller needs no further condition, because
 * the write is already conditional on the caller's membership, which a removal erases. A service account cannot own assets, so
 * its request has to name a user.
 */
export const findNewOwner = async (
  table: Table,
  { organization, userId: callerId, name, serviceAccount }: Member,
  userId: string | undefined,
  pointer: string,
): Promise<Result<{ owner: Named; stillActive: Write<'owner_inactive'>[] }>> => {
  if (userId === undefined) {
    if (serviceAccount) return refuseOwner('unknown_user', pointer);
    return ok({ owner: { id: callerId, name }, stillActive: [] });
  }
  const user = await findUser(table, organization.id, userId);
  if (!user || !isActive(user)) return refuseOwner(user ? 'owner_inactive' : 'unknown_user', pointer);
  return ok({ owner: user, stillActive: [ownerActive(organization.id, user.id, 'owner_inactive')] });
};

const refuseOwner = (code: 'unknown_user' | 'owner_inactive', pointer: string) =>
  fail(code, undefined, { errors: [noOwner(code, pointer)] });

const noOwner = <C extends 'unknown_user' | 'owner_inactive'>(code: C, pointer: string): FieldError & { code: C } => ({
  pointer,
  code,
  detail: 'Name an active user.',
});
