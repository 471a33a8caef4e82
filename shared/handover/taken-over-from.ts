import type { Pool } from '../pools/pool.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import type { User } from '../users/user.ts';
import { countPools } from './count-assets.ts';

/**
 * Counts the pools that the successor took over. Other kinds are left out of the response, because counting them would need more
 * reads.
 */
export const takenOverFrom = ({ holdings }: Pick<User, 'holdings'>, tree: PoolTree<Pool>): { pools: number } => ({
  pools: countPools(tree, new Set(holdings)),
});
