import { poolStepsMax } from '../limits.ts';
import type { NameOf } from '../named.ts';

/** The part of a pool that decisions about rights need: its position in the tree and its name. */
export interface PoolNode {
  id: string;
  name: string;
  parentId?: string | undefined;
  /** The ids of the deleted pools that this pool has absorbed with their contents, directly or through others. */
  absorbed?: readonly string[];
}

export interface PoolTree<N extends PoolNode = PoolNode> {
  readonly size: number;
  all(): Iterable<N>;
  get(poolId: string): N | undefined;
  /** The pools from the root down to this one. Empty for a deleted pool. */
  path(poolId: string): readonly N[];
  children(poolId: string): readonly N[];
  /** The pool, followed by all its sub-pools. Empty for a deleted pool. */
  subtree(poolId: string): readonly N[];
  /** The pool that has the contents of this one: the pool itself, or the one that absorbed it. */
  currentPool(poolId: string): N | undefined;
}

export const buildPoolTree = <N extends PoolNode>(pools: readonly N[]): PoolTree<N> => {
  const byId = new Map(pools.map((pool) => [pool.id, pool]));
  const byParent = Map.groupBy(pools, ({ parentId }) => parentId);
  const absorbers = new Map(pools.flatMap((pool) => (pool.absorbed ?? []).map((id) => [id, pool] as const)));

  const path = (poolId: string): readonly N[] => {
    const found: N[] = [];
    for (let pool = byId.get(poolId); pool; pool = byId.get(pool.parentId ?? '')) {
      found.unshift(pool);
      if (found.length > poolStepsMax) return [];
    }
    return found;
  };
  const children = (poolId: string): readonly N[] => byParent.get(poolId) ?? [];
  const subtree = (poolId: string): readonly N[] => {
    const top = byId.get(poolId);
    const found = top ? new Set([top]) : new Set<N>();
    for (const pool of found) for (const child of children(pool.id)) found.add(child);
    return [...found];
  };

  return {
    size: byId.size,
    all: () => byId.values(),
    get: (poolId) => byId.get(poolId),
    path,
    children,
    subtree,
    currentPool: (poolId) => byId.get(poolId) ?? absorbers.get(poolId),
  };
};

/** The ids on a pool's path, which `authorize` needs. */
export const pathIds = (tree: PoolTree, poolId: string): string[] => tree.path(poolId).map(({ id }) => id);

/** Finds the names of pools that have not been deleted. */
export const nameOfPool =
  (tree: PoolTree): NameOf =>
  (poolId) =>
    tree.get(poolId)?.name;

export const pathText = (tree: PoolTree, poolId: string): string =>
  tree
    .path(poolId)
    .map(({ name }) => name)
    .join(' / ');
