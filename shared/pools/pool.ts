import * as z from 'zod';
import { nameLettersMax } from '../limits.ts';
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

export const poolName = displayName(nameLettersMax);

/** Reserves the pool's name among its siblings, in any case. */
export const poolNameItem = (organizationId: string, pool: Pool): Item => ({
  ...keys.poolName(organizationId, pool.parentId ?? 'root', foldCase(pool.name)),
  poolId: pool.id,
});
