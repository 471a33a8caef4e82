import type { Member } from '../actor.ts';
import { remember } from '../api/idempotency.ts';
import type { Input, Operation, Output } from '../api/route.ts';
import { audit } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import { currentOrganization } from '../organizations/current-organization.ts';
import type { Services } from '../ports.ts';
import { err, fail, ok, type Result } from '../result.ts';
import { startOver } from '../retry.ts';
import { authorize } from '../roles/authorize.ts';
import { stillHolds } from '../roles/entitlement.ts';
import { absent, equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { check, guard, put, update } from '../table/write.ts';
import { findUser } from '../users/find-users.ts';
import { isActive } from '../users/user.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import type { poolRoutes } from './pool-routes.ts';
import { buildPoolTree, pathIds } from '../roles/pool-tree.ts';
import { poolView } from './pool-view.ts';
import { longestPath, maximumDepth, maximumPools, poolItem, poolNameItem, type Pool } from './pool.ts';

type CreatePool = typeof poolRoutes.createPool;

export const createPool: Operation<CreatePool> = (services) => (actor, input) =>
  startOver((stale) => attempt(services, actor, input, stale));

const attempt = async (
  { table, clock, ids, poolTree }: Services,
  actor: Member,
  { body, idempotency }: Input<CreatePool>,
  stale: boolean,
): Promise<Result<Output<CreatePool>, Failure | 'again'>> => {
  if (idempotency?.remembered) return ok(idempotency.remembered as Output<CreatePool>);
  const organization = await currentOrganization(table, actor, stale);
  const tree = await poolTree(table, organization.id, organization.treeVersion);
  const above = pathIds(tree, body.parentId);
  if (above.length === 0)
    return fail('pool_not_found', 'The parent does not exist.', {
      errors: [{ pointer: '/parentId', code: 'pool_not_found', detail: 'No such pool.' }],
    });
  const decision = authorize(actor.assignments, 'create_pool', { poolPath: above });
  if (!decision.allowed) return fail('forbidden', 'You manage neither this pool nor one above it.');
  if (above.length >= maximumDepth) return fail('pool_too_deep');
  if (tree.size >= maximumPools) return fail('pool_limit_reached');
  const ownerId = body.defaultOwnerId ?? actor.userId;
  const owner = await findUser(table, organization.id, ownerId);
  if (!owner || !isActive(owner)) {
    const code = owner ? 'owner_inactive' : 'unknown_user';
    return fail(code, undefined, { errors: [{ pointer: '/defaultOwnerId', code, detail: 'Name an active user.' }] });
  }

  const now = clock.now();
  const pool: Pool = {
    id: ids.next('pool'),
    name: body.name,
    parentId: body.parentId,
    holderId: ownerId,
    ...(body.monthlyLimit !== undefined && { monthlyLimit: body.monthlyLimit }),
    createdAt: now,
    version: 1,
  };
  const grown = buildPoolTree([...tree.path(body.parentId), pool]);
  const answer = poolView(pool, ownerId, grown);
  if (new TextEncoder().encode(answer.path).length > longestPath) return fail('pool_path_too_long');
  const written = await table.transact([
    ...remember(organization.id, idempotency, answer, now),
    put(poolItem(organization.id, pool)),
    put(poolNameItem(organization.id, pool), guard(absent('pk'), 'pool_name_taken' as const)),
    update(keys.organization(organization.id), { add: { treeVersion: 1 } }),
    treeUnchanged(organization.id, organization.treeVersion),
    check(keys.user(organization.id, ownerId), guard(equal('status', 'active'), 'owner_inactive' as const)),
    stillHolds(actor, decision.through),
    audit({
      organizationId: organization.id,
      id: ids.next('evt'),
      at: now,
      actorId: actor.userId,
      action: 'pool_created',
      targets: [pool.id],
      requestId: actor.requestId,
      details: { name: pool.name, parentId: body.parentId },
    }),
  ]);
  if (written.ok) return ok(answer);
  return written.error === 'again' ? err('again') : fail(written.error);
};
