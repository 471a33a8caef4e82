import type * as z from 'zod';
import type { Member } from '../actor.ts';
import { ownerActive, whyNoOwner } from '../assets/new-owner.ts';
import { findOwners, type OwnerOf } from '../assets/owner.ts';
import { dataSourcePresent, findConnected } from '../data-sources/require-data-sources.ts';
import type { ErrorCode } from '../errors.ts';
import type { Organization } from '../organizations/organization.ts';
import type { Pool } from '../pools/pool.ts';
import type { Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { authorize } from '../roles/authorize.ts';
import { pathIds, type PoolTree } from '../roles/pool-tree.ts';
import type { RoleAssignment } from '../roles/role.ts';
import { absent, equal } from '../table/condition.ts';
import { guard, put, type Write } from '../table/write.ts';
import { findUsers } from '../users/find-users.ts';
import type { User } from '../users/user.ts';
import { findResources, poolPathOf } from './find-resources.ts';
import type { newResource } from './resource-routes.ts';
import { externalResourceId, resourceItem, type Resource } from './resource.ts';
import { changedTags } from './tags.ts';

export type NewResource = z.output<typeof newResource>;

/** An item of a request, and the id it has or will have. */
export interface Incoming {
  item: NewResource;
  id: string;
}

/** What adding an item comes to, as the table stands. */
export interface Addition {
  outcome: 'created' | 'updated' | 'unchanged';
  resource: Resource;
  /** The assignment that allows it. */
  through: RoleAssignment;
  /** Users and data sources that it names anew. */
  checks: Write<'owner_inactive' | 'unknown_data_source' | 'again'>[];
  /** Version that it changes; absent: it is new. */
  replaces?: number;
}

/** What items are decided by. */
export interface Surroundings {
  organization: Organization;
  tree: PoolTree<Pool>;
  existing: Map<string, Resource>;
  users: Map<string, User>;
  ownerOf: OwnerOf;
  connected: Set<string>;
}

/** Every item with its id: derived where a data source names it, else new. */
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

/** Reads what the items are decided by. At most 4 requests, and one for each further step of a chain of successors. */
export const readSurroundings = async (
  { table, poolTree }: Pick<Services, 'table' | 'poolTree'>,
  organization: Organization,
  incoming: readonly Incoming[],
): Promise<Surroundings> => {
  const tree = await poolTree(table, organization.id, organization.treeVersion);
  const existing = await findResources(
    table,
    organization.id,
    incoming.filter(({ item }) => item.externalId !== undefined).map(({ id }) => id),
  );
  const fresh = incoming.filter(({ id }) => !existing.has(id)).map(({ item }) => item);
  return {
    organization,
    tree,
    existing,
    users: await findUsers(
      table,
      organization.id,
      fresh.flatMap(({ ownerId }) => ownerId ?? []),
    ),
    ownerOf: await findOwners(table, organization.id, [
      ...fresh.flatMap(({ ownerId, poolId }) => (ownerId === undefined ? (tree.get(poolId)?.holderId ?? []) : [])),
      ...[...existing.values()].map(({ holderId }) => holderId),
    ]),
    connected: await findConnected(
      table,
      organization.id,
      fresh.flatMap(({ dataSourceId }) => dataSourceId ?? []),
    ),
  };
};

/** What an item comes to. Ingestion never undoes what a person assigned: pool and owner count only when it is new. */
export const decide = (
  { organization, tree, existing, users, ownerOf, connected }: Surroundings,
  actor: Member,
  { item, id }: Incoming,
  now: string,
): Result<Addition> => {
  const before = existing.get(id);
  const poolPath = before ? poolPathOf(before, tree) : pathIds(tree, item.poolId);
  if (poolPath.length === 0) return refuse('unknown_pool', '/poolId', 'The organization has no such pool.');
  const decision = authorize(actor.assignments, 'manage_resources', { poolPath });
  if (!decision.allowed) return fail('forbidden', 'You manage neither this pool nor one above it.');
  const { through } = decision;
  const { name, tags, monthlyCost } = item;
  if (before) {
    const after = { ...before, name, tags, ...(monthlyCost !== undefined && { monthlyCost }) };
    return ok(
      sameContent(before, after)
        ? { outcome: 'unchanged', resource: before, through, checks: [] }
        : {
            outcome: 'updated',
            resource: { ...after, version: before.version + 1 },
            through,
            checks: [],
            replaces: before.version,
          },
    );
  }
  const { type, poolId, dataSourceId, externalId } = item;
  const refusal = item.ownerId === undefined ? undefined : whyNoOwner(users.get(item.ownerId));
  if (refusal) return refuse(refusal, '/ownerId', 'Name an active user.');
  if (dataSourceId !== undefined && !connected.has(dataSourceId))
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
    through,
    checks: [
      // Whom the request does not name is chosen anew.
      ownerActive(
        organization.id,
        holderId,
        item.ownerId === undefined ? ('again' as const) : ('owner_inactive' as const),
      ),
      ...(dataSourceId === undefined ? [] : [dataSourcePresent(organization.id, dataSourceId)]),
    ],
  });
};

const refuse = (code: ErrorCode, pointer: string, detail: string) =>
  fail(code, detail, { errors: [{ pointer, code, detail }] });

const sameContent = (a: Resource, b: Resource): boolean =>
  a.name === b.name && a.monthlyCost === b.monthlyCost && changedTags(a.tags, b.tags).length === 0;

/** The write of one addition, beside its checks. */
export const additionWrite = (organizationId: string, { resource, replaces }: Addition): Write<'again'> =>
  put(
    resourceItem(organizationId, resource),
    guard(replaces === undefined ? absent('pk') : equal('version', replaces), 'again' as const),
  );
