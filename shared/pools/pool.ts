import * as z from 'zod';
import { nameLettersMax } from '../limits.ts';
import { displayName } from '../names/display-name.ts';
import { identityOf } from '../names/identity.ts';
import { keys } from '../table/keys.ts';
import type { Item } from '../table/write.ts';

const storedPool = z.object({
  id: z.string(),
  name: z.string(),
  /** Absent for the root pool. */
  parentId: z.string().optional(),
  /** The id of the user whom the pool was last assigned to. The current owner is found through that user's successors. */
  holderId: z.string(),
  /** An amount of money per month. Absent: unlimited. */
  monthlyLimit: z.number().optional(),
  /** The ids of the deleted pools that this pool has absorbed, directly or through others. */
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
