import * as z from 'zod';
import { keys } from '../table/keys.ts';
import type { Item } from '../table/write.ts';
import { displayName, foldCase } from '../text.ts';

const storedPool = z.object({
  id: z.string(),
  name: z.string(),
  /** Absent: the root. */
  parentId: z.string().optional(),
  /** The user it was last assigned to; who owns it now is found through that user's successors. */
  holderId: z.string(),
  /** Money a month. Absent: unlimited. */
  monthlyLimit: z.number().optional(),
  /** Pools that were deleted into this one, directly or not. */
  absorbed: z.array(z.string()),
  createdAt: z.string(),
  version: z.number(),
});

export type Pool = z.infer<typeof storedPool>;

export const parsePool = (item: unknown): Pool => storedPool.parse(item);

export const poolItem = (organizationId: string, pool: Pool): Item => ({
  ...keys.pool(organizationId, pool.id),
  ...pool,
});

export const poolName = displayName(100);

/** Reserves the pool's name among its siblings, in any case. */
export const poolNameItem = (organizationId: string, pool: Pool): Item => ({
  ...keys.poolName(organizationId, pool.parentId ?? 'root', foldCase(pool.name)),
  poolId: pool.id,
});

export const maximumDepth = 10;

/** Bytes of a pool's path as it is answered: the list of all 5,000 has to fit an answer of Lambda, 6 MB. */
export const longestPath = 600;
export const maximumPools = 5_000;

/** Ids that a pool keeps of those it absorbed: an item of DynamoDB holds 400 KB, and all pools are read together. */
export const maximumAbsorbed = 2_000;
