import { actions, reachOf, type Action, type Reach } from './matrix.ts';
import type { PoolTree } from './pool-tree.ts';
import { effective } from './authorize.ts';
import { poolOf, type StoredAssignment } from './role.ts';

/** Where somebody may do something. */
export interface Right {
  action: Action;
  /** In the whole organization. */
  anywhere: boolean;
  /** From these pools down, as far as the reach goes. */
  pools: { poolId: string; reach: Reach }[];
}

/** All that these assignments allow: the same as asking `authorize` about everything, as a list. Pools that are gone count for nothing. */
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
