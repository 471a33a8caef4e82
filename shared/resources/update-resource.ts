import type { Member } from '../actor.ts';
import type { Input, Operation } from '../api/route.ts';
import { requireOwners } from '../assets/new-owner.ts';
import { findOwners, holderOwns } from '../assets/owner.ts';
import { auditBy } from '../audit/audit-event.ts';
import { changesBetween } from '../audit/changes-between.ts';
import type { Failure } from '../errors.ts';
import { currentOrganization } from '../organizations/current-organization.ts';
import type { Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { startOver, written } from '../retry.ts';
import { authorize, type Target } from '../roles/authorize.ts';
import { stillHolds } from '../roles/entitlement.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import { reachOf, type Action } from '../roles/matrix.ts';
import { pathIds } from '../roles/pool-tree.ts';
import type { RoleAssignment } from '../roles/role.ts';
import { contains, equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { check, guard, put, type Write } from '../table/write.ts';
import { findResource, poolPathOf } from './find-resources.ts';
import type { resourceRoutes } from './resource-routes.ts';
import { resourceView, type ResourceView } from './resource-view.ts';
import { resourceItem, type Resource } from './resource.ts';
import { changedTags } from './tags.ts';

type UpdateResource = typeof resourceRoutes.updateResource;
type Body = Input<UpdateResource>['body'];

export const updateResource: Operation<UpdateResource> = (services) => (actor, input) =>
  startOver((stale) => attempt(services, actor, input, stale));

const attempt = async (
  services: Services,
  actor: Member,
  { params, body, ifMatch }: Input<UpdateResource>,
  stale: boolean,
): Promise<Result<ResourceView, Failure | 'again'>> => {
  const { table, clock, poolTree } = services;
  const organization = await currentOrganization(table, actor, stale);
  const before = await findResource(table, organization.id, params.resourceId);
  if (!before) return fail('resource_not_found');
  const tree = await poolTree(table, organization.id, organization.treeVersion);
  if (body.poolId !== undefined && !tree.get(body.poolId))
    return fail('unknown_pool', undefined, {
      errors: [{ pointer: '/poolId', code: 'unknown_pool', detail: 'The organization has no such pool.' }],
    });
  const after = changed(before, body);
  const ownerOf = await findOwners(table, organization.id, [before.holderId]);
  const here = { poolPath: poolPathOf(before, tree), own: ownerOf(before.holderId).id === actor.userId };
  const allowed = mayChange(actor, body, before, here, { poolPath: pathIds(tree, body.poolId ?? '') });
  if (!allowed.ok) return allowed;
  if (ifMatch !== undefined && ifMatch !== before.version) return fail('stale_version');
  const owner =
    body.ownerId === undefined
      ? ok([])
      : await requireOwners(table, organization.id, [{ userId: body.ownerId, pointer: '/ownerId' }]);
  if (!owner.ok) return owner;
  const changes = changesBetween(before, after, ['name', 'monthlyCost', 'holderId', 'poolId']);
  // By their names: their values could make a page of events longer than an answer may be.
  const tags = changedTags(before.tags, after.tags);
  if (!changes && tags.length === 0) return ok(resourceView(before, ownerOf, tree));
  return written(
    await table.transact([
      put(resourceItem(organization.id, after), guard(equal('version', before.version), 'again' as const)),
      ...owner.value,
      ...allowed.value,
      treeUnchanged(organization.id, organization.treeVersion),
      auditBy(services, actor, clock.now(), 'resource_changed', [after.id], {
        ...changes,
        ...(tags.length > 0 && { tags }),
      }),
    ]),
    resourceView(after, after.holderId === before.holderId ? ownerOf : holderOwns, tree),
  );
};

const changed = (before: Resource, { name, tags, monthlyCost, ownerId, poolId }: Body): Resource => {
  const { monthlyCost: oldCost, ...rest } = before;
  const cost = monthlyCost === undefined ? oldCost : (monthlyCost ?? undefined);
  return {
    ...rest,
    ...(name !== undefined && { name }),
    ...(tags !== undefined && { tags }),
    ...(cost !== undefined && { monthlyCost: cost }),
    ...(ownerId !== undefined && { holderId: ownerId }),
    ...(poolId !== undefined && { poolId }),
    version: before.version + 1,
  };
};

/** Name and tags take the right to edit; all else to manage it here, and where it goes. The conditions under which that still holds. */
const mayChange = (
  actor: Member,
  { monthlyCost, ownerId, poolId }: Body,
  { holderId }: Resource,
  here: Target,
  there: Target,
): Result<Write<'forbidden'>[]> => {
  const manages = monthlyCost !== undefined || ownerId !== undefined || poolId !== undefined;
  const needed: [Action, Target][] = [
    [manages ? 'manage_resources' : 'edit_resource', here],
    ...(poolId === undefined ? [] : [['manage_resources', there] satisfies [Action, Target]]),
  ];
  const conditions: Write<'forbidden'>[] = [];
  for (const [action, target] of needed) {
    const decision = authorize(actor.assignments, action, target);
    if (!decision.allowed)
      return fail(
        'forbidden',
        action === 'edit_resource'
          ? 'You neither manage the pool of this resource nor own it in a pool of yours.'
          : 'Its owner, cost and pool take managing the pool it is in, and the one it goes to.',
      );
    conditions.push(stillHolds(actor, decision.through), ...stillOwns(actor, action, decision.through, holderId));
  }
  return ok(conditions);
};

/** Where the right is one on what the actor owns: condition of a write that it still owns what this holder had. */
const stillOwns = (actor: Member, action: Action, { role }: RoleAssignment, holderId: string): Write<'forbidden'>[] =>
  reachOf(action, role) === 'own'
    ? [
        check(
          keys.user(actor.organization.id, actor.userId),
          guard(contains('holdings', holderId), 'forbidden' as const),
        ),
      ]
    : [];
