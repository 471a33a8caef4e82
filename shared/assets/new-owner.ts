import type { ErrorCode, FieldError } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { check, guard, type Write } from '../table/write.ts';
import { findUsers } from '../users/find-users.ts';
import { isActive, type User } from '../users/user.ts';

/** Condition of a write that assigns an asset: its new owner is an active user. */
export const ownerActive = <F>(organizationId: string, ownerId: string, otherwise: F): Write<F> =>
  check(keys.user(organizationId, ownerId), guard(equal('status', 'active'), otherwise));

/** Why nobody can assign an asset to this user; undefined when one can. */
export const whyNoOwner = (
  user: User | undefined,
): Extract<ErrorCode, 'unknown_user' | 'owner_inactive'> | undefined => {
  if (!user) return 'unknown_user';
  return isActive(user) ? undefined : 'owner_inactive';
};

/** Every named user may own; else each that may not is named. `pointer`: where the request has the user. */
export const requireOwners = async (
  table: Table,
  organizationId: string,
  named: readonly { userId: string; pointer: string }[],
): Promise<Result<Write<'owner_inactive'>[]>> => {
  const users = await findUsers(
    table,
    organizationId,
    named.map(({ userId }) => userId),
  );
  const errors = named.flatMap(({ userId, pointer }): (FieldError & { code: 'unknown_user' | 'owner_inactive' })[] => {
    const code = whyNoOwner(users.get(userId));
    return code ? [{ pointer, code, detail: 'Name an active user.' }] : [];
  });
  const [first] = errors;
  if (first) return fail(first.code, undefined, { errors });
  return ok([...users.keys()].map((userId) => ownerActive(organizationId, userId, 'owner_inactive' as const)));
};
