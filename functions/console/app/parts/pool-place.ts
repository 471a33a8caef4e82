import type { PoolTree } from '../../../../shared/roles/pool-tree.ts';

/**
 * Where a pool is, from its parent upwards: `Web ‹ Engineering`. The root pool is left out, because every path ends there. Empty for
 * the root pool and the pools directly below it.
 */
export const placeOf = (tree: PoolTree, poolId: string): string =>
  tree
    .path(poolId)
    .slice(1, -1)
    .map(({ name }) => name)
    .toReversed()
    .join(' ‹ ');
