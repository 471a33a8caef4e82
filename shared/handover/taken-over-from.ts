import type { Pool } from '../pools/pool.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import type { User } from '../users/user.ts';
import { countPools } from './count-assets.ts';

/** What the response to a removal counts of what the successor took over: the pools, which need no further read. */
export const takenOverFrom = ({ holdings }: Pick<User, 'holdings'>, tree: PoolTree<Pool>): { pools: number } => ({
  pools: countPools(tree, new Set(holdings)),
});
