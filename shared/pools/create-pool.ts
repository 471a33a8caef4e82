import type { Member } from '../actor.ts';
import { remember } from '../api/idempotency.ts';
import type { Input, Operation, Output } from '../api/route.ts';
import { requireOwners } from '../assets/new-owner.ts';
import { auditBy } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import { currentOrganization } from '../organizations/current-organization.ts';
import type { Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { startOver, written } from '../retry.ts';
import { authorize } from '../roles/authorize.ts';
import { stillHolds } from '../roles/entitlement.ts';
import { absent } from '../table/condition.ts';
import { guard, put } from '../table/write.ts';
import { buildPoolTree, pathIds } from '../roles/pool-tree.ts';
import { treeChanges } from './change-tree.ts';
import { requireRoom } from './limits.ts';
import type { poolRoutes } from './pool-routes.ts';
import { poolView } from './pool-view.ts';
import { maximumPools, poolItem, poolNameItem, type Pool } from './pool.ts';
import { requireFit } from './tree-rules.ts';

type CreatePool = typeof poolRoutes.createPool;

export const createPool: Operation<CreatePool> = (services) => (actor, input) =>
  startOver((stale) => attempt(services, actor, input, stale));

const attempt = async (
  services: Services,
  actor: Member,
  { body, idempotency }: Input<CreatePool>,
  stale: boolean,
): Promise<Result<Output<CreatePool>, Failure | 'again'>> => {
  const { table, clock, ids, poolTree } = services;
  if (idempotency?.remembered) return ok(idempotency.remembered as Output<CreatePool>);
  const organization = await currentOrganization(table, actor, stale);
  const tree = await poolTree(table, organization.id, organization.treeVersion);
  const above = pathIds(tree, body.parentId);
  if (above.length === 0)
    return fail('unknown_pool', 'The parent does not exist.', {
      errors: [{ pointer: '/parentId', code: 'unknown_pool', detail: 'No such pool.' }],
    });
  const decision = authorize(actor.assignments, 'create_pool', { poolPath: above });
  if (!decision.allowed) return fail('forbidden', 'You manage neither this pool nor one above it.');
  if (tree.size >= maximumPools) return fail('pool_limit_reached');
  const now = clock.now();
  const pool: Pool = {
    id: ids.next('pool'),
    name: body.name,
    parentId: body.parentId,
    holderId: body.defaultOwnerId ?? actor.userId,
    ...(body.monthlyLimit !== undefined && { monthlyLimit: body.monthlyLimit }),
    absorbed: [],
    createdAt: now,
    version: 1,
  };
  const grown = buildPoolTree([...tree.all(), pool]);
  const fits = requireFit(grown, pool.id);
  if (!fits.ok) return fits;
  const room = requireRoom(grown, body.parentId, '/monthlyLimit');
  if (!room.ok) return room;
  const owner = await requireOwners(table, organization.id, [{ userId: pool.holderId, pointer: '/defaultOwnerId' }]);
  if (!owner.ok) return owner;

  const answer = poolView(pool, pool.holderId, grown);
  return written(
    await table.transact([
      ...remember(organization.id, idempotency, answer, now),
      put(poolItem(organization.id, pool)),
      put(poolNameItem(organization.id, pool), guard(absent('pk'), 'pool_name_taken' as const)),
      ...treeChanges(organization),
      ...owner.value,
      stillHolds(actor, decision.through),
      auditBy(services, actor, now, 'pool_created', [pool.id], { name: pool.name, parentId: body.parentId }),
    ]),
    answer,
  );
};
