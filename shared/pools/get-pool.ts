import { operation } from '../api/operation.ts';
import { ownerKeys } from '../assets/new-owner.ts';
import { findOwners } from '../assets/owner.ts';
import { fail, ok } from '../result.ts';
import { poolRoutes } from './pool-routes.ts';
import { poolView } from './pool-view.ts';

export const getPool = operation(
  poolRoutes.getPool,
  { reads: ({ organizationId, params, pools }) => ownerKeys(organizationId, pools?.get(params.poolId)?.holderId) },
  async ({ table }, { organization, params, tree: readTree }) => {
    const tree = await readTree();
    const pool = tree.get(params.poolId);
    if (!pool) return fail('pool_not_found');
    const ownerOf = await findOwners(table, organization.id, [pool.holderId]);
    return ok(poolView(pool, ownerOf(pool.holderId), tree, organization));
  },
);
