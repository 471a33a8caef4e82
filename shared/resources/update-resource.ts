import { operation } from '../api/operation.ts';
import type { Input } from '../api/route.ts';
import { ownerKeys, ownersNamed, requireOwners } from '../assets/new-owner.ts';
import { auditBy } from '../audit/audit-event.ts';
import { changesBetween } from '../audit/changes-between.ts';
import { firstName, nameAmong } from '../named.ts';
import { storesAmount } from '../organizations/currency.ts';
import { fail, ok } from '../result.ts';
import { committed } from '../retry.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import { nameOfPool } from '../roles/pool-tree.ts';
import { equal } from '../table/condition.ts';
import { guard, revise } from '../table/write.ts';
import { findUsers } from '../users/find-users.ts';
import { findNamedResource } from './find-resources.ts';
import { findNamed } from './named-in-resources.ts';
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
    const owner = await requireOwners(table, organization.id, ownersNamed(body.ownerId, '/ownerId'));
    if (!owner.ok) return owner;
    const [named, tree] = await Promise.all([findNamed(table, organization.id, [before, after]), request.tree()]);
    const changes = changesBetween(before, after, ['name', 'monthlyCost', 'holderId', 'poolId']);
    // Audits only the names of changed tags: with the values, a page of audit events could exceed the limit of a response.
    const tags = changedTags(before.tags, after.tags);
    if (!changes && tags.length === 0) return ok(resourceView(before, named, tree, organization));

    const holders = await findUsers(table, organization.id, [before.holderId, after.holderId]);
    const nameOf = firstName(nameOfPool(tree), nameAmong(holders.values()));
    const transaction = await table.transact([
      revise(
        resourceItem(organization.id, before),
        resourceItem(organization.id, after),
        guard(equal('version', before.version), 'retry'),
      ),
      ...owner.value,
      ...storesAmount(organization, after.monthlyCost),
      ...stillAllowed,
      treeUnchanged(organization.id, organization.treeVersion),
      ...auditBy(
        { ids },
        actor,
        now,
        'resource_changed',
        [after],
        { ...changes, ...(tags.length > 0 && { tags }) },
        nameOf,
      ),
    ]);
    return committed(transaction, resourceView(after, named, tree, organization));
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
