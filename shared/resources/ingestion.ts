import type * as z from 'zod';
import type { MemberRequest } from '../api/operation.ts';
import type { Route } from '../api/route.ts';
import { ownerActive, ownerKeys, whyNoOwner } from '../assets/new-owner.ts';
import { findOwners } from '../assets/owner.ts';
import { dataSourcePresent, findConnected } from '../data-sources/require-data-sources.ts';
import type { ErrorCode } from '../errors.ts';
import { dynamodbTransactionItemsMax, resourcesPerTransaction, resourceTransactionRest } from '../limits.ts';
import type { Organization } from '../organizations/organization.ts';
import type { Pool } from '../pools/pool.ts';
import type { Services } from '../ports.ts';
import { failAt, ok, type Result } from '../result.ts';
import { pathIds, type PoolTree } from '../roles/pool-tree.ts';
import { absent, equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { guard, put, revise, type Key, type Write } from '../table/write.ts';
import { findUsers } from '../users/find-users.ts';
import { isActive, type User } from '../users/user.ts';
import { findResources, poolPathOf } from './find-resources.ts';
import type { NamedInResources } from './named-in-resources.ts';
import type { newResource } from './resource-routes.ts';
import { externalResourceId, resourceItem, type Resource } from './resource.ts';
import { changedTags } from './tags.ts';

export type NewResource = z.output<typeof newResource>;

/** An item of a request with the id of its resource, which may not exist yet. */
export interface Incoming {
  item: NewResource;
  id: string;
}

/** The effect of adding an item, given the current state of the table. */
export interface Addition {
  outcome: 'created' | 'updated' | 'unchanged';
  resource: Resource;
  /** Conditions for its write: the actor still has the right, and the owner and data source of a new resource still exist. */
  checks: Write<'forbidden' | 'owner_inactive' | 'unknown_data_source' | 'retry'>[];
  /** The resource before the addition; absent for a new resource. */
  before?: Resource;
}

/** The records on which the additions are decided. */
export interface Surroundings extends NamedInResources {
  organization: Organization;
  tree: PoolTree<Pool>;
  existing: Map<string, Resource>;
  users: Map<string, User>;
}

/** Adds ids to the items. An item with an external id gets an id derived from it, so that sending it again updates the resource. */
export const withIds = (
  { ids, secrets }: Pick<Services, 'ids' | 'secrets'>,
  items: readonly NewResource[],
): Incoming[] =>
  items.map((item) => ({
    item,
    id:
      item.dataSourceId !== undefined && item.externalId !== undefined
        ? externalResourceId(secrets, item.dataSourceId, item.externalId)
        : ids.next('res'),
  }));

/** Returns the keys of the records that the items name, so that they are read with the caller's rights. */
export const surroundingKeys = (
  { secrets }: Pick<Services, 'secrets'>,
  { organizationId, pools }: { organizationId: string; pools: PoolTree<Pool> | undefined },
  items: readonly NewResource[],
): Key[] =>
  items.flatMap(({ ownerId, poolId, dataSourceId, externalId }) => [
    ...ownerKeys(organizationId, ownerId ?? pools?.get(poolId)?.holderId),
    ...(dataSourceId === undefined ? [] : [keys.setting(organizationId, 'data_source', dataSourceId)]),
    ...(dataSourceId === undefined || externalId === undefined
      ? []
      : [keys.resource(organizationId, externalResourceId(secrets, dataSourceId, externalId))]),
  ]);

/** Reads the records on which the items are decided: one request per 100 keys, and one per further step of a chain of successors. */
export const readSurroundings = async (
  table: Table,
  organization: Organization,
  tree: PoolTree<Pool>,
  incoming: readonly Incoming[],
): Promise<Surroundings> => {
  const items = incoming.map(({ item }) => item);
  const [existing, users, sources] = await Promise.all([
    findResources(
      table,
      organization.id,
      incoming.filter(({ item }) => item.externalId !== undefined).map(({ id }) => id),
    ),
    findUsers(
      table,
      organization.id,
      items.flatMap(({ ownerId }) => ownerId ?? []),
    ),
    findConnected(
      table,
      organization.id,
      items.flatMap(({ dataSourceId }) => dataSourceId ?? []),
    ),
    // Prefetches the owners of the pools in the same request: `findOwners` below reads them again at no cost.
    table.batchGet(poolHolders(tree, items).map((holderId) => keys.user(organization.id, holderId))),
  ]);
  const ownerOf = await findOwners(table, organization.id, [
    ...poolHolders(
      tree,
      incoming.filter(({ id }) => !existing.has(id)).map(({ item }) => item),
    ),
    ...[...existing.values()].map(({ holderId }) => holderId),
    ...[...users.values()].filter(isActive).map(({ id }) => id),
  ]);
  return { organization, tree, existing, users, ownerOf, sources };
};

/** Returns the holders of the pools of items without an owner: such an item is assigned to the owner of its pool. */
const poolHolders = (tree: PoolTree<Pool>, items: readonly NewResource[]): string[] =>
  items.flatMap(({ ownerId, poolId }) => (ownerId === undefined ? (tree.get(poolId)?.holderId ?? []) : []));

/** Decides the effect of one item. Its pool and owner apply only to a new resource, so ingestion never overrides a person's change. */
export const decideAddition = (
  { organization, tree, existing, users, ownerOf, sources }: Surroundings,
  { decide, now }: Pick<MemberRequest<Route>, 'decide' | 'now'>,
  { item, id }: Incoming,
): Result<Addition> => {
  const before = existing.get(id);
  const poolPath = before ? poolPathOf(before, tree) : pathIds(tree, item.poolId);
  if (poolPath.length === 0) return refuse('unknown_pool', '/poolId', 'The organization has no such pool.');
  const allowed = decide('manage_resources', { poolPath });
  if (!allowed.ok) return allowed;
  const { name, tags, monthlyCost } = item;
  if (before) {
    const after = { ...before, name, tags, ...(monthlyCost !== undefined && { monthlyCost }) };
    return ok(
      sameContent(before, after)
        ? { outcome: 'unchanged', resource: before, checks: allowed.value }
        : { outcome: 'updated', resource: { ...after, version: before.version + 1 }, checks: allowed.value, before },
    );
  }
  const { type, poolId, dataSourceId, externalId } = item;
  const refusal = item.ownerId === undefined ? undefined : whyNoOwner(users.get(item.ownerId));
  if (refusal) return refuse(refusal, '/ownerId', 'Name an active user.');
  if (dataSourceId !== undefined && !sources.has(dataSourceId))
    return refuse('unknown_data_source', '/dataSourceId', 'No such data source.');
  const holderId = item.ownerId ?? ownerOf(tree.get(poolId)?.holderId ?? '').id;
  return ok({
    outcome: 'created',
    resource: {
      id,
      name,
      type,
      poolId,
      holderId,
      ...(dataSourceId !== undefined && { dataSourceId }),
      ...(externalId !== undefined && { externalId }),
      ...(monthlyCost !== undefined && { monthlyCost }),
      tags,
      createdAt: now,
      ingestedIn: [],
      version: 1,
    },
    checks: [
      ...allowed.value,
      // An owner that the request does not name is chosen again in the next attempt; a named one is refused.
      item.ownerId === undefined
        ? ownerActive(organization.id, holderId, 'retry')
        : ownerActive(organization.id, holderId, 'owner_inactive'),
      ...(dataSourceId === undefined ? [] : [dataSourcePresent(organization.id, dataSourceId)]),
    ],
  });
};

/**
 * The number of items, from the first, whose additions surely fit one transaction. Counts each owner, pool owner and data source
 * that the items name as one more item, although the transaction checks only those of new resources: so the number depends on
 * the items alone, and the parts of a repeated request are the same.
 */
export const longestPart = (items: readonly NewResource[]): number => {
  const named = new Set<string>();
  let length = 0;
  for (const { ownerId, poolId, dataSourceId } of items.slice(0, resourcesPerTransaction)) {
    named.add(ownerId ?? poolId);
    if (dataSourceId !== undefined) named.add(dataSourceId);
    if (resourceTransactionRest + length + 1 + named.size > dynamodbTransactionItemsMax) break;
    length += 1;
  }
  return length;
};

const refuse = (code: ErrorCode, pointer: string, detail: string) => failAt(pointer, code, detail, detail);

const sameContent = (a: Resource, b: Resource): boolean =>
  a.name === b.name && a.monthlyCost === b.monthlyCost && changedTags(a.tags, b.tags).length === 0;

/** Returns the write of one addition, without its `checks`. */
export const additionWrite = (organizationId: string, { resource, before }: Addition): Write<'retry'> =>
  before
    ? revise(
        resourceItem(organizationId, before),
        resourceItem(organizationId, resource),
        guard(equal('version', before.version), 'retry'),
      )
    : put(resourceItem(organizationId, resource), guard(absent('pk'), 'retry'));
