import { pathIds, type PoolTree } from '../roles/pool-tree.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { parseResource, type Resource } from './resource.ts';

/** What a request of one resource names. */
export interface NamesResource {
  params: { organizationId: string; resourceId: string };
}

/** The key of the resource that a request names. */
export const resourceKeys = ({ params }: NamesResource) => [keys.resource(params.organizationId, params.resourceId)];

/** The resource that a request names. */
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

/** Resources by id. One request per 100. */
export const findResources = async (
  table: Table,
  organizationId: string,
  resourceIds: Iterable<string>,
): Promise<Map<string, Resource>> => {
  const items = await table.batchGet([...new Set(resourceIds)].map((id) => keys.resource(organizationId, id)));
  return new Map(items.flatMap((item) => (item ? [parseResource(item)] : [])).map((each) => [each.id, each]));
};

/** The ids on the path of the pool that has the resource now: what decisions on it are made by. */
export const poolPathOf = ({ poolId }: Pick<Resource, 'poolId'>, tree: PoolTree): string[] =>
  pathIds(tree, tree.currentPool(poolId)?.id ?? '');
