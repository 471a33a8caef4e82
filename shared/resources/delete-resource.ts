import { operation } from '../api/operation.ts';
import { auditBy } from '../audit/audit-event.ts';
import { fail } from '../result.ts';
import { committed } from '../retry.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import { nameOfPool } from '../roles/pool-tree.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { erase, guard } from '../table/write.ts';
import { findNamedResource } from './find-resources.ts';
import { resourceRoutes } from './resource-routes.ts';

export const deleteResource = operation(
  resourceRoutes.deleteResource,
  { versioned: ({ table }, request) => findNamedResource(table, request) },
  async ({ table, ids }, request) => {
    const { actor, organization, now, stillAllowed } = request;
    const resource = await findNamedResource(table, request);
    if (!resource) return fail('resource_not_found');
    const details = {
      name: resource.name,
      poolId: resource.poolId,
      ownerId: resource.holderId,
      ingestedIn: resource.ingestedIn,
    };
    const nameOf = nameOfPool(await request.tree());
    const transaction = await table.transact([
      erase(keys.resource(organization.id, resource.id), guard(equal('version', resource.version), 'retry')),
      treeUnchanged(organization.id, organization.treeVersion),
      ...stillAllowed,
      ...auditBy({ ids }, actor, now, 'resource_deleted', [resource], details, nameOf),
    ]);
    return committed(transaction, undefined);
  },
);
