import type { Operation } from '../api/route.ts';
import { findOwners } from '../assets/owner.ts';
import { fail, ok } from '../result.ts';
import { keys } from '../table/keys.ts';
import type { poolRoutes } from './pool-routes.ts';
import { poolView } from './pool-view.ts';
import { parsePool } from './pool.ts';

export const getPool: Operation<typeof poolRoutes.getPool> =
  ({ table, poolTree }) =>
  async ({ organization }, { params }) => {
    const item = await table.get(keys.pool(organization.id, params.poolId));
    if (!item) return fail('pool_not_found');
    const pool = parsePool(item);
    const owners = await findOwners(table, organization.id, [pool.holderId]);
    const tree = await poolTree(table, organization.id, organization.treeVersion);
    return ok(poolView(pool, owners.get(pool.holderId)?.id ?? pool.holderId, tree));
  };
