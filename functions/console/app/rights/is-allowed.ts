import { covers, type Action } from '../../../../shared/roles/matrix.ts';
import { pathIds, type PoolTree } from '../../../../shared/roles/pool-tree.ts';
import type { Right } from '../../../../shared/roles/rights.ts';

/** The target of an action. Without a pool, the target is the organization itself. */
export interface Target {
  poolId?: string | undefined;
  /** Whether the person owns the target. */
  own?: boolean;
}

/** Whether these rights, as `users/me` lists them, allow the action on the target. The API decides the same in `authorize`. */
export const isAllowed = (
  rights: readonly Right[],
  tree: PoolTree,
  action: Action,
  { poolId, own = false }: Target = {},
): boolean => {
  const right = rightTo(rights, action);
  if (!right || right.anywhere) return right !== undefined;
  if (poolId === undefined) return false;
  const path = pathIds(tree, poolId);
  return right.pools.some(({ poolId: from, reach }) => covers(reach, from, path, own));
};

/** Whether these rights allow the action on any target in the organization. */
export const isAllowedSomewhere = (rights: readonly Right[], action: Action): boolean =>
  rightTo(rights, action) !== undefined;

const rightTo = (rights: readonly Right[], action: Action): Right | undefined =>
  rights.find((right) => right.action === action);
