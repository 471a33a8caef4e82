import type { Output } from '../api/route.ts';
import { withCurrency, type HasCurrency } from '../organizations/currency.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import type { resourceRoutes } from './resource-routes.ts';
import type { NamedInResources } from './named-in-resources.ts';
import type { Resource } from './resource.ts';

export type ResourceView = Output<typeof resourceRoutes.getResource>;

export const resourceView = (
  resource: Resource,
  { ownerOf, sources }: NamedInResources,
  tree: PoolTree,
  organization: HasCurrency,
): ResourceView => {
  const pool = tree.currentPool(resource.poolId);
  const owner = ownerOf(resource.holderId);
  const source = sources.get(resource.dataSourceId ?? '');
  return {
    id: resource.id,
    name: resource.name,
    type: resource.type,
    poolId: pool?.id ?? resource.poolId,
    ...(pool && { poolName: pool.name }),
    ownerId: owner.id,
    ownerName: owner.name,
    ...(resource.dataSourceId !== undefined && { dataSourceId: resource.dataSourceId }),
    ...(source && { dataSourceName: source.name }),
    ...(resource.externalId !== undefined && { externalId: resource.externalId }),
    ...(resource.monthlyCost !== undefined && { monthlyCost: resource.monthlyCost }),
    ...withCurrency(organization, resource.monthlyCost),
    tags: resource.tags,
    version: resource.version,
  };
};
