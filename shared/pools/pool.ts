import * as z from 'zod';
import { nameLettersMax } from '../limits.ts';
import { displayName } from '../names/display-name.ts';
import { identityOf } from '../names/identity.ts';
import { keys } from '../table/keys.ts';
import type { Item } from '../table/write.ts';

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

/**
 * Reserves the pool's name among its siblings for the previous version, which decides on this item alone and serves requests
 * during a release and after a rollback. This version decides on the tree (tree-rules.ts).
 */
export const poolNameItem = (organizationId: string, pool: Pool): Item => ({
  ...keys.poolName(organizationId, pool.parentId ?? 'root', identityOf(pool.name)),
  poolId: pool.id,
});
