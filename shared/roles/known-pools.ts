import { fail, failAt, ok, type Result } from '../result.ts';
import { poolOf, type RoleAssignment, type StoredAssignment } from './role.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { check, guard, type Write } from '../table/write.ts';
import type { PoolTree } from './pool-tree.ts';

/** Role assignments in a request, with the JSON Pointer to them. */
export interface NamedRoles {
  assignments: readonly RoleAssignment[];
  pointer: string;
}

/** Requires that every pool in the assignments exists. Otherwise the failure names each one that does not. */
export const requireKnownPools = (tree: PoolTree, ...named: NamedRoles[]): Result<void> => {
  const errors = named.flatMap(({ assignments, pointer }) =>
    assignments.flatMap((assignment, index) => {
      const poolId = poolOf(assignment);
      return poolId === undefined || tree.get(poolId)
        ? []
        : [
            {
              pointer: `${pointer}/${index}/poolId`,
              code: 'unknown_pool' as const,
              detail: 'The organization has no such pool.',
            },
          ];
    }),
  );
  return errors.length === 0
    ? ok(undefined)
    : fail('unknown_pool', 'A role names a pool that does not exist.', { errors });
};

/** A condition for writes that depend on the pool tree: the tree has not changed. It is one item, whatever the number of pools. */
export const treeUnchanged = (organizationId: string, treeVersion: number): Write<'retry'> =>
  check(keys.organization(organizationId), guard(equal('treeVersion', treeVersion), 'retry'));

/** Refuses a request that names a pool that does not exist. `pointer`: the field that names it. */
export const unknownPool = (pointer: string) =>
  failAt(pointer, 'unknown_pool', 'No such pool.', 'The organization has no such pool.');

/** Whether an assignment counts in this tree: roles on deleted pools do not. */
export const isOnExistingPool =
  (tree: PoolTree) =>
  (assignment: StoredAssignment): boolean => {
    const poolId = poolOf(assignment);
    return poolId === undefined || tree.get(poolId) !== undefined;
  };
