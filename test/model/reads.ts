import type { Input, Operation, Output, Route } from '../../shared/api/route.ts';
import { getDataSource } from '../../shared/data-sources/get-data-source.ts';
import { listDataSources } from '../../shared/data-sources/list-data-sources.ts';
import { getUserAssets } from '../../shared/handover/get-user-assets.ts';
import { getInvite } from '../../shared/invites/get-invite.ts';
import { listInvites } from '../../shared/invites/list-invites.ts';
import { getPolicy } from '../../shared/policies/get-policy.ts';
import { listPolicies } from '../../shared/policies/list-policies.ts';
import { getPool } from '../../shared/pools/get-pool.ts';
import { listPools } from '../../shared/pools/list-pools.ts';
import { getResource } from '../../shared/resources/get-resource.ts';
import { listResources } from '../../shared/resources/list-resources.ts';
import { parseOrganization } from '../../shared/organizations/organization.ts';
import type { Result } from '../../shared/result.ts';
import { isOrganizationManager } from '../../shared/roles/role.ts';
import { keys } from '../../shared/table/keys.ts';
import type { QueryPage, Table } from '../../shared/table/table.ts';
import type { Item, Key } from '../../shared/table/write.ts';
import { getUser } from '../../shared/users/get-user.ts';
import { listUsers } from '../../shared/users/list-users.ts';
import { parseMembership } from '../../shared/users/user.ts';
import { callerOf } from './asking.ts';
import { organizationManagers, type Model } from './model.ts';
import type { World } from './world.ts';

/** Reads of one organization, by one of its organization managers, at one moment. */
export interface Reads {
  read<R extends Route>(operation: Operation<R>, params: object, query?: object): Promise<Result<Output<R>>>;
  /** The user ids of the organization managers, according to the memberships from which requests are decided. */
  managers(personIds: Iterable<string>): Promise<string[]>;
  /** The number of organization managers that the organization item counts. */
  managerCount(): Promise<number>;
}

export const readsOf = async (world: World, model: Model): Promise<Reads> => {
  const { organizationId } = model;
  const services = world.servicesFor(organizationId);
  const looking = { ...services, table: readingOnce(services.table) };
  const manager = organizationManagers(model).find(({ account }) => account === 'active');
  const reader = callerOf(manager?.personId ?? 'nobody');
  return {
    managerCount: async () =>
      parseOrganization(await services.table.get(keys.organization(organizationId))).managerCount,
    read: <R extends Route>(operation: Operation<R>, params: object, query: object = {}) => {
      const input = { params: { organizationId, ...params }, query, body: undefined } as unknown as Input<R>;
      return operation(looking)(reader, input);
    },
    managers: async (personIds) => {
      const items = await services.table.batchGet([...personIds].map((id) => keys.membership(organizationId, id)));
      return items
        .flatMap((item) => (item ? [parseMembership(item)] : []))
        .filter(({ assignments }) => isOrganizationManager(assignments))
        .map(({ userId }) => userId);
    },
  };
};

/** Reads each item and each page only once, because nothing changes during these reads. */
const readingOnce = (table: Table): Table => {
  const items = new Map<string, Promise<Item | undefined>>();
  const pages = new Map<string, Promise<QueryPage>>();
  const nameOf = ({ pk, sk }: Key): string => `${pk} ${sk}`;
  return {
    ...table,
    get: (key) => once(items, nameOf(key), () => table.get(key)),
    getEach: (wanted) => wanted.map((key) => once(items, nameOf(key), () => table.get(key))),
    query: (query) => once(pages, JSON.stringify(query), () => table.query(query)),
  };
};

const once = <T>(known: Map<string, Promise<T>>, name: string, read: () => Promise<T>): Promise<T> => {
  const reading = known.get(name) ?? read();
  known.set(name, reading);
  return reading;
};

/** The value of a read that has to succeed. */
export const value = async <T>(reading: Promise<Result<T>>): Promise<T> => {
  const result = await reading;
  if (!result.ok) throw new Error(`A read was refused: ${result.error.code}`);
  return result.value;
};

/** More items than a history creates, so that every list is one page. */
const page = { limit: 100 };

/** Every list of the organization. */
export const readLists = async ({ read }: Reads) => {
  const [users, pools, resources, policies, dataSources, invites] = await Promise.all([
    value(read(listUsers, {}, page)),
    value(read(listPools, {})),
    value(read(listResources, {}, page)),
    value(read(listPolicies, {}, page)),
    value(read(listDataSources, {}, page)),
    value(read(listInvites, {}, page)),
  ]);
  return {
    users: users.items,
    pools: pools.items,
    resources: resources.items,
    policies: policies.items,
    dataSources: dataSources.items,
    invites: invites.items,
  };
};

export type Lists = Awaited<ReturnType<typeof readLists>>;

/** The read of each kind of item by its id. */
export const gets = {
  users: (id: string, { read }: Reads) => read(getUser, { userId: id }),
  pools: (id: string, { read }: Reads) => read(getPool, { poolId: id }),
  resources: (id: string, { read }: Reads) => read(getResource, { resourceId: id }),
  policies: (id: string, { read }: Reads) => read(getPolicy, { policyId: id }),
  dataSources: (id: string, { read }: Reads) => read(getDataSource, { dataSourceId: id }),
  invites: (id: string, { read }: Reads) => read(getInvite, { inviteId: id }),
} satisfies Record<keyof Lists, (id: string, reads: Reads) => Promise<Result<unknown>>>;

/** A user, active or not, with the list of their resources and the preview of their removal. */
export const readUser = async ({ read }: Reads, userId: string) => {
  const [user, resources, preview] = await Promise.all([
    value(read(getUser, { userId })),
    value(read(listResources, {}, { ...page, ownerId: userId })),
    value(read(getUserAssets, { userId })),
  ]);
  return { user, resources: resources.items, preview };
};

export type UserRead = Awaited<ReturnType<typeof readUser>>;
