import type { Member } from '../actor.ts';
import type { Input, Operation, Output } from '../api/route.ts';
import { findOwners, holderOwns } from '../assets/owner.ts';
import { requireOwners } from '../assets/new-owner.ts';
import { auditBy } from '../audit/audit-event.ts';
import { changesBetween } from '../audit/changes-between.ts';
import type { Failure } from '../errors.ts';
import { currentOrganization } from '../organizations/current-organization.ts';
import type { Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { startOver, written } from '../retry.ts';
import { authorize } from '../roles/authorize.ts';
import { stillHolds } from '../roles/entitlement.ts';
import type { Action } from '../roles/matrix.ts';
import { buildPoolTree, pathIds, type PoolTree } from '../roles/pool-tree.ts';
import type { RoleAssignment } from '../roles/role.ts';
import { absent } from '../table/condition.ts';
import { erase, guard, put, type Write } from '../table/write.ts';
import { treeChanges } from './change-tree.ts';
import { requireRoom } from './limits.ts';
import type { poolRoutes } from './pool-routes.ts';
import { poolView } from './pool-view.ts';
import { poolItem, poolNameItem, type Pool } from './pool.ts';
import { requireFit } from './tree-rules.ts';

type UpdatePool = typeof poolRoutes.updatePool;
type Body = Input<UpdatePool>['body'];

export const updatePool: Operation<UpdatePool> = (services) => (actor, input) =>
  startOver((stale) => attempt(services, actor, input, stale));

const attempt = async (
  services: Services,
  actor: Member,
  { params, body, ifMatch }: Input<UpdatePool>,
  stale: boolean,
): Promise<Result<Output<UpdatePool>, Failure | 'again'>> => {
  const { table, clock, poolTree } = services;
  const organization = await currentOrganization(table, actor, stale);
  const tree = await poolTree(table, organization.id, organization.treeVersion);
  const before = tree.get(params.poolId);
  if (!before) return fail('pool_not_found');
  const allowed = mayChange(actor.assignments, tree, before, body);
  if (!allowed.ok) return allowed;
  if (ifMatch !== undefined && ifMatch !== before.version) return fail('stale_version');

  const after = changed(before, body);
  const renewed = buildPoolTree([...tree.all()].map((pool) => (pool.id === after.id ? after : pool)));
  const possible = isPossible(tree, renewed, before, after);
  if (!possible.ok) return possible;
  const owner = body.defaultOwnerId
    ? await requireOwners(table, organization.id, [{ userId: body.defaultOwnerId, pointer: '/defaultOwnerId' }])
    : ok([]);
  if (!owner.ok) return owner;

  const ownerOf = body.defaultOwnerId ? holderOwns : await findOwners(table, organization.id, [after.holderId]);
  const answer = poolView(after, ownerOf(after.holderId).id, renewed);
  const changes = changesBetween(before, after, ['name', 'parentId', 'holderId', 'monthlyLimit']);
  if (!changes) return ok(poolView(before, ownerOf(before.holderId).id, tree));
  return written(
    await table.transact([
      put(poolItem(organization.id, after)),
      ...nameWrites(organization.id, before, after),
      ...treeChanges(organization),
      ...owner.value,
      ...allowed.value.map((through) => stillHolds(actor, through)),
      auditBy(services, actor, clock.now(), 'pool_changed', [after.id], changes),
    ]),
    answer,
  );
};

/** The assignments that allow the change: it takes the right at the old place, and for a move at the new one too. */
const mayChange = (
  assignments: readonly RoleAssignment[],
  tree: PoolTree<Pool>,
  pool: Pool,
  body: Body,
): Result<RoleAssignment[]> => {
  const moves = body.parentId !== undefined && body.parentId !== pool.parentId;
  const edits = body.name !== undefined || body.defaultOwnerId !== undefined || body.monthlyLimit !== undefined;
  const needed: { action: Action; at: string; refusal: string }[] = [
    ...(edits || !moves
      ? [{ action: 'edit_pool' as const, at: pool.id, refusal: 'You manage neither this pool nor one above it.' }]
      : []),
    ...(moves && pool.parentId !== undefined && tree.get(body.parentId ?? '')
      ? [pool.parentId, body.parentId ?? ''].map((at) => ({
          action: 'move_pool' as const,
          at,
          refusal: 'Moving a pool takes managing where it stands and where it goes.',
        }))
      : []),
  ];
  const through: RoleAssignment[] = [];
  for (const { action, at, refusal } of needed) {
    const decision = authorize(assignments, action, { poolPath: pathIds(tree, at) });
    if (!decision.allowed) return fail('forbidden', refusal);
    through.push(decision.through);
  }
  return ok(through);
};

const changed = (before: Pool, { name, parentId, defaultOwnerId, monthlyLimit }: Body): Pool => {
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

/** Whether the tree may come to look like this. */
const isPossible = (tree: PoolTree<Pool>, renewed: PoolTree<Pool>, before: Pool, after: Pool): Result<void> => {
  if (before.parentId === undefined && (after.parentId !== undefined || after.name !== before.name)) {
    const pointer = after.parentId === undefined ? '/name' : '/parentId';
    return fail('root_pool', 'It carries the organization’s name and has nothing above it: rename the organization.', {
      errors: [{ pointer, code: 'root_pool', detail: 'The root pool keeps it.' }],
    });
  }
  if (after.parentId !== undefined && after.parentId !== before.parentId) {
    const errors = (code: string, detail: string) => ({ errors: [{ pointer: '/parentId', code, detail }] });
    if (!tree.get(after.parentId))
      return fail('unknown_pool', 'The new parent does not exist.', errors('unknown_pool', 'No such pool.'));
    if (pathIds(tree, after.parentId).includes(after.id))
      return fail('pool_under_itself', undefined, errors('pool_under_itself', 'It is the pool itself, or below it.'));
    const room = requireRoom(renewed, after.parentId, '/parentId');
    if (!room.ok) return room;
  }
  const fits = requireFit(renewed, after.id);
  if (!fits.ok) return fits;
  const among = after.parentId === undefined ? ok(undefined) : requireRoom(renewed, after.parentId, '/monthlyLimit');
  return among.ok ? requireRoom(renewed, after.id, '/monthlyLimit') : among;
};

const nameWrites = (organizationId: string, before: Pool, after: Pool): Write<'pool_name_taken'>[] => {
  const [old, renewed] = [poolNameItem(organizationId, before), poolNameItem(organizationId, after)];
  return old.sk === renewed.sk ? [] : [erase(old), put(renewed, guard(absent('pk'), 'pool_name_taken' as const))];
};
