import { failAt, ok, type Result } from '../result.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import type { Pool } from './pool.ts';

/** Converts a limit, which has at most two decimals, to whole cents, so that sums are exact. */
const cents = (amount: number): bigint => BigInt(Math.round(amount * 100));

const inWords = (sum: bigint): string => `${sum / 100n}.${String(sum % 100n).padStart(2, '0')}`;

/**
 * Requires that, in the changed tree, the limits of a pool's children do not exceed its own limit. `pointer`: the field of the
 * error.
 */
export const requireRoom = (tree: PoolTree<Pool>, poolId: string, pointer: string): Result<void> => {
  const pool = tree.get(poolId);
  if (pool?.monthlyLimit === undefined) return ok(undefined);
  const sum = tree.children(poolId).reduce((total, { monthlyLimit = 0 }) => total + cents(monthlyLimit), 0n);
  const limit = cents(pool.monthlyLimit);
  if (sum <= limit) return ok(undefined);
  const detail = `The limits right below ${pool.name} would add up to ${inWords(sum)}; its own is ${inWords(limit)}.`;
  return failAt(pointer, 'monthly_limit_exceeded', detail, detail);
};
