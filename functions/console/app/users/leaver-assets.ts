import type { PoolTree } from '../../../../shared/roles/pool-tree.ts';
import type { Pool } from '../organization/use-pools.ts';
import type { OwnedTotals, UserAssets } from './user.ts';

/** The sum of what several leavers hand over. */
export interface LeaverAssets extends OwnedTotals {
  /** The leavers whose assets are in the sum. */
  ownerIds: string[];
}

/** Adds up the assets of leavers. `complete`: whether no leaver is missing, because otherwise the sum is only a lower bound. */
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

/** Adds the numbers of two objects of the same shape, including nested objects. All other values are those of the first object. */
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
 * The pool whose owner probably knows the assets best: the pool with most of the resources or, if there are none, a pool that is
 * handed over. If a leaver owns that pool, it is the nearest pool above that no leaver owns. Undefined if no pool is involved.
 */
export const poolOfSuccessor = ({ byPool, ownerIds }: LeaverAssets, tree: PoolTree<Pool>): Pool | undefined => {
  const [most] = byPool.toSorted((a, b) => b.count - a.count);
  const pool = most
    ? tree.get(most.poolId)
    : [...tree.all()].find(({ defaultOwnerId }) => ownerIds.includes(defaultOwnerId));
  return pool && tree.path(pool.id).findLast(({ defaultOwnerId }) => !ownerIds.includes(defaultOwnerId));
};
