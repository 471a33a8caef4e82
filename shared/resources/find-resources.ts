import { pathIds, type PoolTree } from '../roles/pool-tree.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { parseResource, type Resource } from './resource.ts';

/** A request that names one resource in its path. */
export interface NamesResource {
  params: { organizationId: string; resourceId: string };
}

export const resourceKeys = ({ params }: NamesResource) => [keys.resource(params.organizationId, params.resourceId)];

export const findNamedResource = (table: Table, { params }: NamesResource): Promise<Resource | undefined> =>
  findResource(table, params.organizationId, params.resourceId);

export const findResource = async (
  table: Table,
  organizationId: string,
  resourceId: string,
): Promise<Resource | undefined> => {
  const item = await table.get(keys.resource(organizationId, resourceId));
  return item && parseResource(item);
};

/** Reads resources and returns them by id. One request per 100 ids. */
export const findResources = async (
  table: Table,
  organizationId: string,
  resourceIds: Iterable<string>,
): Promise<Map<string, Resource>> => {
  const items = await table.batchGet([...new Set(resourceIds)].map((id) => keys.resource(organizationId, id)));
  return new Map(items.flatMap((item) => (item ? [parseResource(item)] : [])).map((each) => [each.id, each]));
};

/** Returns the ids on the path of the resource's current pool, on which rights are decided. */
export const poolPathOf = ({ poolId }: Pick<Resource, 'poolId'>, tree: PoolTree): string[] =>
  pathIds(tree, tree.currentPool(poolId)?.id ?? '');
