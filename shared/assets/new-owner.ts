import type { Member } from '../actor.ts';
import type { ErrorCode, FieldError } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { check, guard, type Key, type Write } from '../table/write.ts';
import { findUsers } from '../users/find-users.ts';
import { isActive, type User } from '../users/user.ts';

/** A user whom a request names as an owner, and where it does: `/ownerId`. */
export interface NamedOwner {
  userId: string;
  pointer: string;
}

/** The records of the users whom a request names as owners, to be read with the caller's rights. */
export const ownerKeys = (organizationId: string, ...userIds: (string | undefined)[]): Key[] =>
  userIds.flatMap((userId) => (userId === undefined ? [] : [keys.user(organizationId, userId)]));

export const ownersNamed = (userId: string | undefined, pointer: string): NamedOwner[] =>
  userId === undefined ? [] : [{ userId, pointer }];

/** Condition of a write that assigns an asset: its new owner is an active user. */
export const ownerActive = <const F>(organizationId: string, ownerId: string, otherwise: F): Write<F> =>
  check(keys.user(organizationId, ownerId), guard(equal('status', 'active'), otherwise));

/** Why nobody can assign an asset to this user; undefined when one can. */
export const whyNoOwner = (
  user: User | undefined,
): Extract<ErrorCode, 'unknown_user' | 'owner_inactive'> | undefined => {
  if (!user) return 'unknown_user';
  return isActive(user) ? undefined : 'owner_inactive';
};

/** Every named user may own; else each that may not is named. */
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
 * The owner of a new asset: the named user, else the caller. The caller needs no condition of its own: the write is already
 * conditional on the caller's membership, which a removal erases. A service account owns nothing and has to name somebody.
 */
export const findNewOwner = async (
  table: Table,
  { organization, userId: callerId, serviceAccount }: Member,
  userId: string | undefined,
  pointer: string,
): Promise<Result<{ id: string; stillActive: Write<'owner_inactive'>[] }>> => {
  if (userId === undefined) {
    if (serviceAccount) return fail('unknown_user', undefined, { errors: [noOwner('unknown_user', pointer)] });
    return ok({ id: callerId, stillActive: [] });
  }
  const named = await requireOwners(table, organization.id, [{ userId, pointer }]);
  return named.ok ? ok({ id: userId, stillActive: named.value }) : named;
};

const noOwner = <C extends 'unknown_user' | 'owner_inactive'>(code: C, pointer: string): FieldError & { code: C } => ({
  pointer,
  code,
  detail: 'Name an active user.',
});
