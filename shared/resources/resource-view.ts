import type { Output } from '../api/route.ts';
import type { OwnerOf } from '../assets/owner.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import type { resourceRoutes } from './resource-routes.ts';
import type { Resource } from './resource.ts';

export type ResourceView = Output<typeof resourceRoutes.getResource>;

export const resourceView = (resource: Resource, ownerOf: OwnerOf, tree: PoolTree): ResourceView => ({
  id: resource.id,
  name: resource.name,
  type: resource.type,
  poolId: tree.currentPool(resource.poolId)?.id ?? resource.poolId,
  ownerId: ownerOf(resource.holderId).id,
  ...(resource.dataSourceId !== undefined && { dataSourceId: resource.dataSourceId }),
  ...(resource.externalId !== undefined && { externalId: resource.externalId }),
  ...(resource.monthlyCost !== undefined && { monthlyCost: resource.monthlyCost }),
  tags: resource.tags,
  version: resource.version,
});
