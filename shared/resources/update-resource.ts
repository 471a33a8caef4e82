import { operation } from '../api/operation.ts';
import type { Input } from '../api/route.ts';
import { ownerKeys, ownersNamed, requireOwners } from '../assets/new-owner.ts';
import { findOwners, holderOwns } from '../assets/owner.ts';
import { auditBy } from '../audit/audit-event.ts';
import { changesBetween } from '../audit/changes-between.ts';
import { fail, ok } from '../result.ts';
import { committed } from '../retry.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import { equal } from '../table/condition.ts';
import { guard, revise } from '../table/write.ts';
import { findNamedResource } from './find-resources.ts';
import { resourceRoutes } from './resource-routes.ts';
import { resourceView } from './resource-view.ts';
import { resourceItem, type Resource } from './resource.ts';
import { changedTags } from './tags.ts';

export const updateResource = operation(
  resourceRoutes.updateResource,
  {
    reads: ({ organizationId, body }) => ownerKeys(organizationId, body.ownerId),
    versioned: ({ table }, request) => findNamedResource(table, request),
  },
  async ({ table, ids }, request) => {
    const { actor, organization, body, now, stillAllowed } = request;
    const before = await findNamedResource(table, request);
    if (!before) return fail('resource_not_found');
    const after = changeResource(before, body);
    const [owner, ownerOf, tree] = await Promise.all([
      requireOwners(table, organization.id, ownersNamed(body.ownerId, '/ownerId')),
      findOwners(table, organization.id, [before.holderId]),
      request.tree(),
    ]);
    if (!owner.ok) return owner;
    const changes = changesBetween(before, after, ['name', 'monthlyCost', 'holderId', 'poolId']);
    // Audits only the names of changed tags: with the values, a page of audit events could exceed the limit of a response.
    const tags = changedTags(before.tags, after.tags);
    if (!changes && tags.length === 0) return ok(resourceView(before, ownerOf, tree));

    const transaction = await table.transact([
      revise(
        resourceItem(organization.id, before),
        resourceItem(organization.id, after),
        guard(equal('version', before.version), 'retry'),
      ),
      ...owner.value,
      ...stillAllowed,
      treeUnchanged(organization.id, organization.treeVersion),
      auditBy({ ids }, actor, now, 'resource_changed', [after.id], { ...changes, ...(tags.length > 0 && { tags }) }),
    ]);
    return committed(transaction, resourceView(after, after.holderId === before.holderId ? ownerOf : holderOwns, tree));
  },
);

const changeResource = (
  before: Resource,
  { name, tags, monthlyCost, ownerId, poolId }: Input<typeof resourceRoutes.updateResource>['body'],
): Resource => {
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
