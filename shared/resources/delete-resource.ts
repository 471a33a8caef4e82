import type { Member } from '../actor.ts';
import type { Input, Operation } from '../api/route.ts';
import { auditBy } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import { currentOrganization } from '../organizations/current-organization.ts';
import type { Services } from '../ports.ts';
import { fail, type Result } from '../result.ts';
import { startOver, written } from '../retry.ts';
import { authorize } from '../roles/authorize.ts';
import { stillHolds } from '../roles/entitlement.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { erase, guard } from '../table/write.ts';
import { findResource, poolPathOf } from './find-resources.ts';
import type { resourceRoutes } from './resource-routes.ts';

type DeleteResource = typeof resourceRoutes.deleteResource;

export const deleteResource: Operation<DeleteResource> = (services) => (actor, input) =>
  startOver((stale) => attempt(services, actor, input, stale));

const attempt = async (
  services: Services,
  actor: Member,
  { params, ifMatch }: Input<DeleteResource>,
  stale: boolean,
): Promise<Result<undefined, Failure | 'again'>> => {
  const { table, clock, poolTree } = services;
  const organization = await currentOrganization(table, actor, stale);
  const resource = await findResource(table, organization.id, params.resourceId);
  if (!resource) return fail('resource_not_found');
  const tree = await poolTree(table, organization.id, organization.treeVersion);
  const decision = authorize(actor.assignments, 'manage_resources', { poolPath: poolPathOf(resource, tree) });
  if (!decision.allowed) return fail('forbidden', 'You manage neither the pool of this resource nor one above it.');
  if (ifMatch !== undefined && ifMatch !== resource.version) return fail('stale_version');
  return written(
    await table.transact([
      erase(keys.resource(organization.id, resource.id), guard(equal('version', resource.version), 'again' as const)),
      treeUnchanged(organization.id, organization.treeVersion),
      stillHolds(actor, decision.through),
      auditBy(services, actor, clock.now(), 'resource_deleted', [resource.id], {
        name: resource.name,
        poolId: resource.poolId,
        ownerId: resource.holderId,
        ingestedIn: resource.ingestedIn,
      }),
    ]),
    undefined,
  );
};
