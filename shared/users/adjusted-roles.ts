import { assignmentsMax } from '../limits.ts';
import { fail, ok, type Result } from '../result.ts';
import { isOnExistingPool } from '../roles/known-pools.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import {
  formatAssignment,
  isKnownAssignment,
  poolOf,
  sameAssignments,
  type RoleAssignment,
  type StoredAssignment,
} from '../roles/role.ts';

export interface RoleAdjustment {
  add?: readonly RoleAssignment[];
  remove?: readonly RoleAssignment[];
}

/**
 * The roles of a user after some were removed and then others added. Removing a role that the user does not have changes nothing.
 * An added role replaces the role that the user has on the same pool, or on the organization. A user without any remaining role
 * becomes a member, because every user has at least a member's rights. A change also drops roles on deleted pools, which grant
 * nothing. Roles that only a newer version of Roster knows stay.
 */
export const adjustedRoles = (
  held: readonly StoredAssignment[],
  { add = [], remove = [] }: RoleAdjustment,
  tree: PoolTree,
): Result<StoredAssignment[]> => {
  const counting = held.filter(isOnExistingPool(tree));
  const removed = new Set(remove.map(formatAssignment));
  const replaced = new Set(add.map(poolOf));
  const kept = counting.filter(
    (each) => !removed.has(formatAssignment(each)) && !(isKnownAssignment(each) && replaced.has(poolOf(each))),
  );
  const roles: StoredAssignment[] = [...kept, ...add];
  const after: StoredAssignment[] = roles.length > 0 ? roles : [{ role: 'member' }];
  if (sameAssignments(counting, after)) return ok([...held]);
  return after.length > assignmentsMax
    ? fail('role_limit_reached', `The user would have ${after.length} roles.`)
    : ok(after);
};
