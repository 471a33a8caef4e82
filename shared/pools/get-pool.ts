import type { Operation } from '../api/route.ts';
import { findOwners } from '../assets/owner.ts';
import { fail, ok } from '../result.ts';
import type { poolRoutes } from './pool-routes.ts';
import { poolView } from './pool-view.ts';

export const getPool: Operation<typeof poolRoutes.getPool> =
  ({ table, poolTree }) =>
  async ({ organization }, { params }) => {
    const tree = await poolTree(table, organization.id, organization.treeVersion);
    const pool = tree.get(params.poolId);
    if (!pool) return fail('pool_not_found');
    const ownerOf = await findOwners(table, organization.id, [pool.holderId]);
    return ok(poolView(pool, ownerOf(pool.holderId).id, tree));
  };
