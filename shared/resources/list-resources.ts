import { decodeCursor, encodeCursor } from '../api/cursor.ts';
import { operation, type Asked } from '../api/operation.ts';
import type { Input } from '../api/route.ts';
import { ownerKeys } from '../assets/new-owner.ts';
import type { OwnerOf } from '../assets/owner.ts';
import { nameFinder, searchFold } from '../names/search-fold.ts';
import { failAt, ok, type Result } from '../result.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import { partitions } from '../table/keys.ts';
import type { Query, Table } from '../table/table.ts';
import { firstQuery, walk, type Stretch } from '../table/walk.ts';
import { findUser } from '../users/find-users.ts';
import { isActive, type User } from '../users/user.ts';
import { findNamed, findSources } from './named-in-resources.ts';
import { resourceRoutes } from './resource-routes.ts';
import { resourceView } from './resource-view.ts';
import { parseResource, type Resource } from './resource.ts';

type Filters = Input<typeof resourceRoutes.listResources>['query'];

export const listResources = operation(
  resourceRoutes.listResources,
  {
    reads: ({ organizationId, query }) => ownerKeys(organizationId, query.ownerId),
    queries: (asked) => firstQueries(asked),
  },
  async ({ table }, { organization, query, tree: readTree }) => {
    const { ownerId, limit, cursor } = query;
    const tree = await readTree();
    const list = nameOf(query);
    const after = decodeCursor(list, cursor);
    if (!after.ok) return after;
    const pools = poolsOf(tree, query);
    if (!pools.ok) return pools;
    const owner = ownerId === undefined ? ok(undefined) : await findOwner(table, organization.id, ownerId);
    if (!owner.ok) return owner;

    const stretches = stretchesOf(organization.id, owner.value, pools.value);
    const page = await walk(table, stretches, { limit, after: after.value });
    const resources = (await table.batchGet(page.items.map(({ item }) => item)))
      .flatMap((item) => (item ? [parseResource(item)] : []))
      .filter((resource) => isWhereFound(resource, owner.value, pools.value))
      .filter(finderOf(query));
    const named = owner.value
      ? { ownerOf: always(owner.value), sources: await findSources(table, organization.id, resources) }
      : await findNamed(table, organization.id, resources);
    return ok({
      items: resources.map((resource) => resourceView(resource, named, tree, organization)),
      ...encodeCursor(list, page.next),
    });
  },
);

/**
 * The first Query of a list of all resources, or of the resources of a pool, by the cached pools. The Query is wasted if the cache
 * is outdated. A list by owner has none, because its partitions are known only from the owner's record.
 */
const firstQueries = ({ organizationId, query, pools }: Asked<typeof resourceRoutes.listResources>): Query[] => {
  if (query.ownerId !== undefined || !pools) return [];
  const wanted = poolsOf(pools, query);
  const after = decodeCursor(nameOf(query), query.cursor);
  if (!wanted.ok || !after.ok) return [];
  const stretches = stretchesOf(organizationId, undefined, wanted.value);
  return firstQuery(stretches, { limit: query.limit, after: after.value });
};

/** The name of the list that a cursor is bound to. It includes the filters, so a cursor is valid only with the same filters. */
const nameOf = ({ poolId, subPools, ownerId, type, name }: Filters): string => {
  // The name is unchanged for requests without the newer filters, so that cursors of earlier versions stay valid.
  const newer = type === undefined && name === undefined ? [] : [type, searchFold(name ?? '')];
  return JSON.stringify(['resources', poolId, subPools, ownerId, ...newer]);
};

/** The ids of the requested pools and of the pools that they absorbed. Undefined for all pools. */
const poolsOf = (tree: PoolTree, { poolId, subPools }: Filters): Result<ReadonlySet<string> | undefined> => {
  if (poolId === undefined) return ok(undefined);
  const pool = tree.get(poolId);
  if (!pool) return failAt('?poolId', 'unknown_pool', 'No such pool.');
  if (subPools && pool.parentId === undefined) return ok(undefined);
  const wanted = subPools ? tree.subtree(poolId) : [pool];
  return ok(new Set(wanted.flatMap(({ id, absorbed = [] }) => [id, ...absorbed])));
};

const findOwner = async (table: Table, organizationId: string, ownerId: string): Promise<Result<User>> => {
  const user = await findUser(table, organizationId, ownerId);
  return user ? ok(user) : failAt('?ownerId', 'unknown_user', 'No such user.');
};

/**
 * The partitions to read. The resources of an owner are in the partitions of the owner's holdings; a removed user has none. Either
 * the owner or the pool selects the index, and the other filter is applied to the page.
 */
const stretchesOf = (
  organizationId: string,
  owner: User | undefined,
  pools: ReadonlySet<string> | undefined,
): Stretch[] => {
  if (owner)
    return (isActive(owner) ? owner.holdings : []).map((holding) => ({
      id: holding,
      query: { index: 'held', pk: partitions.held(organizationId, holding) },
    }));
  if (pools)
    return [...pools].map((pool) => ({
      id: pool,
      query: { index: 'gsi1', pk: partitions.resourcesIn(organizationId, pool) },
    }));
  return [{ id: 'all', query: { index: 'gsi2', pk: partitions.resources(organizationId) } }];
};

/** Whether the resource still has the pool and owner of the filters. It may not, because an index lags behind the table. */
const isWhereFound = (
  { poolId, holderId }: Resource,
  owner: User | undefined,
  pools: ReadonlySet<string> | undefined,
): boolean => (pools?.has(poolId) ?? true) && (owner?.holdings.includes(holderId) ?? true);

/** Filters that no index serves are applied to the page that was read. */
const finderOf = ({ type, name }: Filters): ((resource: Resource) => boolean) => {
  const finds = nameFinder(name ?? '');
  return (resource) => (type === undefined || resource.type === type) && finds(resource.name);
};

const always =
  (owner: User): OwnerOf =>
  () =>
    owner;
