import { actions, reachOf, type Action, type Reach } from './matrix.ts';
import type { PoolTree } from './pool-tree.ts';
import { effective } from './authorize.ts';
import { poolOf, type StoredAssignment } from './role.ts';

/** The pools in which somebody may do an action. */
export interface Right {
  action: Action;
  /** Whether the right applies to the whole organization. */
  anywhere: boolean;
  /** The pools on which the right is held, each with its reach. */
  pools: { poolId: string; reach: Reach }[];
}

/** Lists all rights of these assignments, with the same results as `authorize`. Assignments on deleted pools are ignored. */
export const rightsOf = (
  assignments: readonly StoredAssignment[],
  { tree, rootId }: { tree: PoolTree; rootId: string },
): Right[] =>
  actions.flatMap((action) => {
    const reached = effective(assignments).flatMap((assignment) => {
      const reach = reachOf(action, assignment.role);
      return reach ? [{ reach, poolId: poolOf(assignment) ?? rootId }] : [];
    });
    const pools = reached
      .flatMap(({ reach, poolId }) => (reach !== 'anywhere' && tree.get(poolId) ? [{ poolId, reach }] : []))
      .filter((each, index, all) => all.findIndex((other) => isSame(each, other)) === index);
    const anywhere = reached.some(({ reach }) => reach === 'anywhere');
    return anywhere || pools.length > 0 ? [{ action, anywhere, pools }] : [];
  });

const isSame = (a: Right['pools'][number], b: Right['pools'][number]): boolean =>
  a.poolId === b.poolId && a.reach === b.reach;
