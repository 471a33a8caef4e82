import { operation } from '../api/operation.ts';
import { auditBy } from '../audit/audit-event.ts';
import { absorbedPoolsMax } from '../limits.ts';
import { fail } from '../result.ts';
import { committed } from '../retry.ts';
import { dueNow, keys } from '../table/keys.ts';
import { erase, update } from '../table/write.ts';
import { treeChanges } from './change-tree.ts';
import { poolRoutes } from './pool-routes.ts';
import { poolNameItem } from './pool.ts';

/**
 * Deletes a pool without moving its contents: the parent records that it absorbed the pool, so that everything that refers to the
 * deleted pool now belongs to the parent. Roles on the deleted pool no longer grant anything.
 */
export const deletePool = operation(
  poolRoutes.deletePool,
  { versioned: async (_services, { params, tree }) => (await tree()).get(params.poolId) },
  async ({ table, ids }, { actor, organization, params, now, tree: readTree, stillAllowed }) => {
    const tree = await readTree();
    const pool = tree.get(params.poolId);
    if (!pool) return fail('pool_not_found');
    const parent = tree.get(pool.parentId ?? '');
    if (!parent) return fail('root_pool', 'The root pool is deleted with its organization.');
    if (tree.children(pool.id).length > 0) return fail('pool_has_children', 'Move or delete the pools below it first.');
    const absorbed = [pool.id, ...pool.absorbed];
    if (parent.absorbed.length + absorbed.length > absorbedPoolsMax)
      return fail('parent_full', 'The pool above has absorbed too many pools: move this one elsewhere first.');

    const transaction = await table.transact([
      erase(keys.pool(organization.id, pool.id)),
      erase(poolNameItem(organization.id, pool)),
      update(keys.pool(organization.id, parent.id), { append: { absorbed }, add: { version: 1 } }),
      ...treeChanges(organization),
      // Pending invites may need roles now. The worker stores that on them.
      update(keys.deletedPools(organization.id), { set: { deletedAt: now, ...dueNow(now) }, remove: ['position'] }),
      ...stillAllowed,
      ...auditBy({ ids }, actor, now, 'pool_deleted', [pool, parent], { name: pool.name, parentId: parent.id }),
    ]);
    return committed(transaction, undefined);
  },
);
