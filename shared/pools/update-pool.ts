import { operation } from '../api/operation.ts';
import type { Input } from '../api/route.ts';
import { ownerKeys, ownersNamed, requireOwners } from '../assets/new-owner.ts';
import { findOwners } from '../assets/owner.ts';
import { auditBy } from '../audit/audit-event.ts';
import { changesBetween } from '../audit/changes-between.ts';
import { firstName, nameAmong } from '../named.ts';
import { identityOf } from '../names/identity.ts';
import { storesAmount } from '../organizations/currency.ts';
import { fail, failAt, ok, type Result } from '../result.ts';
import { committed } from '../retry.ts';
import { buildPoolTree, nameOfPool, pathIds, type PoolTree } from '../roles/pool-tree.ts';
import { erase, put, revise, type Write } from '../table/write.ts';
import { findUsers } from '../users/find-users.ts';
import { treeChanges } from './change-tree.ts';
import { requireRoom } from './limits.ts';
import { poolRoutes } from './pool-routes.ts';
import { poolView } from './pool-view.ts';
import { poolItem, poolNameItem, type Pool } from './pool.ts';
import { requireFit, requireOwnName } from './tree-rules.ts';

export const updatePool = operation(
  poolRoutes.updatePool,
  {
    reads: ({ organizationId, params, body, pools }) =>
      ownerKeys(organizationId, body.defaultOwnerId, pools?.get(params.poolId)?.holderId),
    versioned: async (_services, { params, tree }) => (await tree()).get(params.poolId),
  },
  async ({ table, ids }, { actor, organization, params, body, now, tree: readTree, stillAllowed }) => {
    const tree = await readTree();
    const before = tree.get(params.poolId);
    if (!before) return fail('pool_not_found');
    const after = changePool(before, body);
    const changedTree = buildPoolTree([...tree.all()].map((pool) => (pool.id === after.id ? after : pool)));
    const possible = requirePossible(tree, changedTree, before, after);
    if (!possible.ok) return possible;
    const owner = await requireOwners(table, organization.id, ownersNamed(body.defaultOwnerId, '/defaultOwnerId'));
    if (!owner.ok) return owner;
    const holderIds = [before.holderId, after.holderId];
    const ownerOf = await findOwners(table, organization.id, holderIds);
    const holders = await findUsers(table, organization.id, holderIds);
    const changes = changesBetween(before, after, ['name', 'parentId', 'holderId', 'monthlyLimit']);
    if (!changes) return ok(poolView(before, ownerOf(before.holderId), tree, organization));

    const transaction = await table.transact([
      revise(poolItem(organization.id, before), poolItem(organization.id, after)),
      ...nameWrites(organization.id, before, after),
      ...treeChanges(organization),
      ...storesAmount(organization, after.monthlyLimit),
      ...owner.value,
      ...stillAllowed,
      ...auditBy(
        { ids },
        actor,
        now,
        'pool_changed',
        [after],
        changes,
        firstName(nameOfPool(tree), nameAmong(holders.values())),
      ),
    ]);
    return committed(transaction, poolView(after, ownerOf(after.holderId), changedTree, organization));
  },
);

const changePool = (
  before: Pool,
  { name, parentId, defaultOwnerId, monthlyLimit }: Input<typeof poolRoutes.updatePool>['body'],
): Pool => {
  const { monthlyLimit: oldLimit, ...rest } = before;
  const limit = monthlyLimit === undefined ? oldLimit : (monthlyLimit ?? undefined);
  return {
    ...rest,
    ...(name !== undefined && { name }),
    ...(parentId !== undefined && { parentId }),
    ...(defaultOwnerId !== undefined && { holderId: defaultOwnerId }),
    ...(limit !== undefined && { monthlyLimit: limit }),
    version: before.version + 1,
  };
};

/** Fails if the changed tree would break a rule: for the root pool, on cycles, names, depth and path length, or monthly limits. */
const requirePossible = (tree: PoolTree<Pool>, changed: PoolTree<Pool>, before: Pool, after: Pool): Result<void> => {
  if (before.parentId === undefined && (after.parentId !== undefined || after.name !== before.name)) {
    const pointer = after.parentId === undefined ? '/name' : '/parentId';
    return failAt(
      pointer,
      'root_pool',
      'The root pool keeps it.',
      'It carries the organization’s name and has nothing above it: rename the organization.',
    );
  }
  if (after.parentId !== undefined && after.parentId !== before.parentId) {
    if (pathIds(tree, after.parentId).includes(after.id))
      return failAt('/parentId', 'pool_under_itself', 'It is the pool itself, or below it.');
    const room = requireRoom(changed, after.parentId, '/parentId');
    if (!room.ok) return room;
  }
  const isNamed = identityOf(after.name) !== identityOf(before.name) || after.parentId !== before.parentId;
  const named = isNamed ? requireOwnName(tree, after) : ok(undefined);
  if (!named.ok) return named;
  const fits = requireFit(changed, after.id);
  if (!fits.ok) return fits;
  const among = after.parentId === undefined ? ok(undefined) : requireRoom(changed, after.parentId, '/monthlyLimit');
  return among.ok ? requireRoom(changed, after.id, '/monthlyLimit') : among;
};

const nameWrites = (organizationId: string, before: Pool, after: Pool): Write<never>[] => {
  const [old, reserved] = [poolNameItem(organizationId, before), poolNameItem(organizationId, after)];
  return old.sk === reserved.sk ? [] : [erase(old), put(reserved)];
};
