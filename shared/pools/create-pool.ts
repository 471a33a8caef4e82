import { operation } from '../api/operation.ts';
import { findNewOwner, ownerKeys } from '../assets/new-owner.ts';
import { auditBy } from '../audit/audit-event.ts';
import { poolsMax } from '../limits.ts';
import { storesAmount } from '../organizations/currency.ts';
import { fail } from '../result.ts';
import { unknownPool } from '../roles/known-pools.ts';
import { committed } from '../retry.ts';
import { buildPoolTree, nameOfPool } from '../roles/pool-tree.ts';
import { put } from '../table/write.ts';
import { treeChanges } from './change-tree.ts';
import { requireRoom } from './limits.ts';
import { poolRoutes } from './pool-routes.ts';
import { poolView } from './pool-view.ts';
import { poolItem, poolNameItem, type Pool } from './pool.ts';
import { requireFit, requireOwnName } from './tree-rules.ts';

export const createPool = operation(
  poolRoutes.createPool,
  { reads: ({ organizationId, body }) => ownerKeys(organizationId, body.defaultOwnerId) },
  async ({ table, ids }, { actor, organization, body, now, tree: readTree, stillAllowed, remember }) => {
    const tree = await readTree();
    // With an `Idempotency-Key`, the right is decided on the pool that absorbed a deleted parent, so that a repeated request gets
    // its remembered response. Without such a response, the new pool would have no parent.
    if (!tree.get(body.parentId)) return unknownPool('/parentId');
    if (tree.size >= poolsMax) return fail('pool_limit_reached');
    const assigned = await findNewOwner(table, actor, body.defaultOwnerId, '/defaultOwnerId');
    if (!assigned.ok) return assigned;
    const { owner, stillActive } = assigned.value;
    const pool: Pool = {
      id: ids.next('pool'),
      name: body.name,
      parentId: body.parentId,
      holderId: owner.id,
      ...(body.monthlyLimit !== undefined && { monthlyLimit: body.monthlyLimit }),
      absorbed: [],
      createdAt: now,
      version: 1,
    };
    const grown = buildPoolTree([...tree.all(), pool]);
    const named = requireOwnName(tree, pool);
    if (!named.ok) return named;
    const fits = requireFit(grown, pool.id);
    if (!fits.ok) return fits;
    const room = requireRoom(grown, body.parentId, '/monthlyLimit');
    if (!room.ok) return room;

    const details = { name: pool.name, parentId: body.parentId };
    const view = poolView(pool, owner, grown, organization);
    const transaction = await table.transact([
      ...remember(view),
      put(poolItem(organization.id, pool)),
      put(poolNameItem(organization.id, pool)),
      ...treeChanges(organization),
      ...storesAmount(organization, pool.monthlyLimit),
      ...stillActive,
      ...stillAllowed,
      ...auditBy({ ids }, actor, now, 'pool_created', [pool], details, nameOfPool(tree)),
    ]);
    return committed(transaction, view);
  },
);
