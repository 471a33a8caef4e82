/** Where pools stand and what they are called: all that a decision about rights needs. */
export interface PoolNode {
  id: string;
  name: string;
  parentId?: string | undefined;
}

export interface PoolTree {
  readonly size: number;
  get(poolId: string): PoolNode | undefined;
  /** From the root down to the pool; empty for a pool that is gone. */
  path(poolId: string): readonly PoolNode[];
}

export const buildPoolTree = (pools: readonly PoolNode[]): PoolTree => {
  const byId = new Map(pools.map((pool) => [pool.id, pool]));
  const paths = new Map<string, readonly PoolNode[]>();
  const path = (poolId: string): readonly PoolNode[] => {
    const known = paths.get(poolId);
    if (known) return known;
    const pool = byId.get(poolId);
    if (!pool) return [];
    const found = pool.parentId === undefined ? [pool] : [...path(pool.parentId), pool];
    paths.set(poolId, found);
    return found;
  };
  return { size: byId.size, get: (poolId) => byId.get(poolId), path };
};

/** The ids on a pool's path: what `authorize` decides on. */
export const pathIds = (tree: PoolTree, poolId: string): string[] => tree.path(poolId).map(({ id }) => id);

export const pathText = (tree: PoolTree, poolId: string): string =>
  tree
    .path(poolId)
    .map(({ name }) => name)
    .join(' / ');
