import type { PoolTree } from '../../../../shared/roles/pool-tree.ts';
import type { Pool } from '../organization/use-pools.ts';
import type { OwnedTotals, UserAssets } from './user.ts';

/** What leavers hand over together. */
export interface LeaverAssets extends OwnedTotals {
  /** The leavers whose assets are in the sum. */
  ownerIds: string[];
}

/** Adds up the assets of leavers. `complete`: whether these are the assets of all of them. */
export const sumAssets = (all: readonly [UserAssets, ...UserAssets[]], complete = true): LeaverAssets => {
  const tallies = Map.groupBy(
    all.flatMap(({ byPool }) => byPool),
    ({ poolId }) => poolId,
  );
  return {
    ...all.reduce(addCounts),
    ownerIds: all.map(({ user }) => user.id),
    exact: complete && all.every(({ exact }) => exact),
    byPool: [...tallies.values()].map((parts) => parts.reduce(addCounts)),
  };
};

/** Adds all numbers of two objects of the same shape, also nested ones. What is no number is taken from the first. */
const addCounts = <T extends object>(first: T, second: T): T =>
  Object.fromEntries(
    Object.entries(first).map(([name, value]: [string, unknown]) => {
      const other: unknown = second[name as keyof T];
      if (typeof value === 'number' && typeof other === 'number') return [name, value + other];
      return [name, isObject(value) && isObject(other) ? addCounts(value, other) : value];
    }),
  ) as T;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * The pool whose owner knows the assets best: the one with most of the resources, or else a pool that is handed over, or else
 * the nearest pool above it that no leaver owns. Undefined if no pool is involved.
 */
export const poolOfSuccessor = ({ byPool, ownerIds }: LeaverAssets, tree: PoolTree<Pool>): Pool | undefined => {
  const [most] = byPool.toSorted((a, b) => b.count - a.count);
  const pool = most
    ? tree.get(most.poolId)
    : [...tree.all()].find(({ defaultOwnerId }) => ownerIds.includes(defaultOwnerId));
  return pool && tree.path(pool.id).findLast(({ defaultOwnerId }) => !ownerIds.includes(defaultOwnerId));
};
