import { poolStepsMax } from '../limits.ts';
import type { NameOf } from '../named.ts';

/** Where pools stand and what they are called: all that a decision about rights needs. */
export interface PoolNode {
  id: string;
  name: string;
  parentId?: string | undefined;
  /** Pools that were deleted into this one, directly or not: what was in them is in it. */
  absorbed?: readonly string[];
}

export interface PoolTree<N extends PoolNode = PoolNode> {
  readonly size: number;
  all(): Iterable<N>;
  get(poolId: string): N | undefined;
  /** From the root down to the pool; empty for a pool that is gone. */
  path(poolId: string): readonly N[];
  children(poolId: string): readonly N[];
  /** The pool and all below it; empty for a pool that is gone. */
  subtree(poolId: string): readonly N[];
  /** The pool that has what was put into this one: itself, or the one that absorbed it. */
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

/** The ids on a pool's path: what `authorize` decides on. */
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
