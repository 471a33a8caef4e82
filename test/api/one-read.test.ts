import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Caller, Input, Operation, Operations, Route } from '../../shared/api/route.ts';
import { routeGroups } from '../../shared/api/routes.ts';
import { createPool } from '../../shared/pools/create-pool.ts';
import { getPool } from '../../shared/pools/get-pool.ts';
import { createResource } from '../../shared/resources/create-resource.ts';
import { getResource } from '../../shared/resources/get-resource.ts';
import { getOrganization } from '../../shared/organizations/get-organization.ts';
import { keys } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import { erase, update } from '../../shared/table/write.ts';
import { changeRoles } from '../../shared/users/change-roles.ts';
import { getUser } from '../../shared/users/get-user.ts';
import { listUsers } from '../../shared/users/list-users.ts';
import type { User } from '../../shared/users/user.ts';
import { removeUser } from '../../shared/handover/remove-user.ts';
import { meter } from '../support/measure.ts';
import { callerOf, servicesOf } from '../support/operations.ts';
import { aManager, aUser, plantOrganization, type PlantedOrganization } from '../support/planted.ts';
import { outcomeOf } from '../support/races.ts';
import { ofEachKind } from '../support/settings-kinds.ts';
import { useStack } from '../support/stack.ts';

/** Items that a request names are read together with the caller's rights. An outsider learns nothing from that, and it costs little. */
const stack = useStack();

let organization: PlantedOrganization;
let manager: User;
let user: User;
let poolId: string;
let resourceId: string;

beforeAll(async () => {
  [manager, user] = [aManager(), aUser()];
  organization = await plantOrganization([manager, user]);
  const { params } = organization;
  const services = servicesOf(organization.id);
  const pool = await createPool(services)(callerOf(manager), {
    params,
    query: {},
    body: { name: 'Web', parentId: organization.rootPoolId },
  });
  poolId = pool.ok ? pool.value.id : expect.unreachable(pool.error.code);
  const resource = await createResource(services)(callerOf(manager), {
    params,
    query: {},
    body: { name: 'Disk', type: 'disk', poolId, tags: {} },
  });
  resourceId = resource.ok ? resource.value.id : expect.unreachable(resource.error.code);
});

/** For each route with a body, a request that names as many items as the route can declare. They exist, or never existed. */
const bodies = (exists: boolean): Record<string, unknown> => {
  const [owner, pool] = exists ? [user.id, poolId] : ['usr_none', 'pool_none'];
  const roles = [{ role: 'member' as const }];
  const resource = { name: 'Disk', type: 'disk', poolId: pool, ownerId: owner, tags: {} };
  return {
    updateOrganization: { name: 'Other' },
    changeRoles: { roles },
    adjustRoles: { add: roles },
    changeRolesOfUsers: { action: 'add', roles, userIds: [owner] },
    removeUsers: { userIds: [manager.id], successorId: owner },
    inviteUsers: { emails: ['a@example.com', 'b@example.com', 'c@example.com', 'd@example.com'], roles, dryRun: false },
    updateInvite: { email: 'a@example.com' },
    changeInvites: { action: 'revoke', ids: ['inv_none'] },
    createPool: { name: 'New', parentId: pool, defaultOwnerId: owner },
    updatePool: { parentId: pool, defaultOwnerId: owner },
    createResource: resource,
    ingestResources: { items: [resource] },
    updateResource: { ownerId: owner, poolId: pool },
    ...ofEachKind((kind) => ({
      [kind.create]: { ...kind.newBody(), ownerId: owner },
      [kind.update]: { ownerId: owner },
    })),
    createPolicy: { type: 'budget', name: 'Monthly', amount: 1, ownerId: owner, filters: { ownerIds: [owner] } },
    createServiceAccount: { name: 'Pipeline', clientId: 'client', roles },
    changeServiceAccountRoles: { roles },
    checkPermissions: { userId: owner, checks: [{ action: 'read', resourceId: exists ? resourceId : 'res_none' }] },
  };
};

const memberRoutes = Object.values(routeGroups)
  .flatMap((group) => Object.entries<Route>(group))
  .filter(([, { access }]) => typeof access !== 'string')
  .map(([name, row]) => ({ name, row }));

/** The path and query of a route, with the ids of items that exist, or that never existed. */
const address = ({ path, query }: Route, exists: boolean): string => {
  const named: Record<string, string> = exists ? { userId: user.id, poolId, resourceId } : {};
  const filled = path
    .replace('{organizationId}', organization.id)
    .replace(/\{(\w+)\}/g, (_, name: string) => named[name] ?? `${name}_none`);
  return 'successorId' in query.shape ? `${filled}?successorId=${exists ? user.id : 'usr_none'}` : filled;
};

describe('an outsider', () => {
  let outsider: { accessToken: string; personId: string };

  beforeAll(async () => {
    outsider = await stack.newPerson('outsider@example.com');
  });

  test.each(memberRoutes)(
    'gets the same bytes from $name whether or not the items that the request names exist',
    async ({ name, row }) => {
      const responses = await Promise.all(
        [true, false].map(async (exists) => {
          const body = bodies(exists)[name];
          const response = await fetch(stack.endpoints.api + address(row, exists), {
            method: row.method,
            headers: { authorization: `Bearer ${outsider.accessToken}`, 'content-type': 'application/json' },
            ...(body !== undefined && { body: JSON.stringify(body) }),
          });
          const { requestId: _, ...problem } = (await response.json()) as Record<string, unknown>;
          return JSON.stringify([response.status, problem]);
        }),
      );
      expect(responses[0]).toBe(responses[1]);
      expect(responses[0]).toMatch(/^\[404,/);
    },
  );
});

/** The operations by the names of their routes, from all files of the domain. */
const operations = async (): Promise<Record<string, Operation<Route>>> => {
  const names = new Set(memberRoutes.map(({ name }) => name));
  const files = globSync(resolve(import.meta.dirname, '../../shared/*/*.ts'));
  const loaded = await Promise.all(files.map((file) => import(file) as Promise<Record<string, unknown>>));
  return Object.fromEntries(
    loaded.flatMap((module) => Object.entries(module).filter(([name]) => names.has(name))),
  ) as Operations<Record<string, Route>>;
};

test('a request of an outsider costs at most 12 read units, one request to the table, and no write, whatever it names', async () => {
  const all = await operations();
  expect(Object.keys(all).toSorted()).toEqual(memberRoutes.map(({ name }) => name).toSorted());
  for (const { name, row } of memberRoutes) {
    const { cost, measured } = meter();
    const services = servicesOf(organization.id, measured);
    // The most expensive case: the pools are cached, so the function also reads the guessed owners of pools.
    await services.poolTree(servicesOf(organization.id).table, organization.id, 2);
    const query = row.query.safeParse('successorId' in row.query.shape ? { successorId: user.id } : {}).data;
    const unknown = ofEachKind(({ idParameter, unknownId }) => ({ [idParameter]: unknownId }));
    const known = { ...organization.params, userId: user.id, poolId, resourceId };
    const params = { ...known, ...unknown, inviteId: 'inv_none', serviceAccountId: 'svc_none' };
    const input = { params, query, body: bodies(true)[name] };
    const result = await all[name]?.(services)({ personId: 'nobody', requestId: 'r' }, input as never);
    expect(result && outcomeOf(result), name).toBe('organization_not_found');
    expect(cost, name).toMatchObject({ requests: 1, written: 0 });
    expect(cost.readUnits, name).toBeLessThanOrEqual(12);
  }
});

test('a list reads ahead for a removed member at most once', async () => {
  const member = aUser();
  const { id, params } = await plantOrganization([aManager(), member]);
  const { cost, measured, reset } = meter();
  const services = servicesOf(id, measured);
  const list = () => listUsers(services)(callerOf(member), { params, query: { limit: 100 }, body: undefined });
  expect(outcomeOf(await list())).toBe('done');
  await services.table.transact([erase(keys.membership(id, member.personId))]);
  expect(outcomeOf(await list())).toBe('organization_not_found');
  reset();
  expect(outcomeOf(await list())).toBe('organization_not_found');
  // Not the units: those of the list read ahead may be counted after the reset, because nothing waits for it.
  expect(cost.requests).toBe(1);
});

describe('a read', () => {
  const read = async <R extends Route>(
    operation: Operation<R>,
    params: object,
    { known = true, caller = callerOf(manager) }: { known?: boolean; caller?: Caller } = {},
  ) => {
    const { cost, measured, reset } = meter();
    const services = servicesOf(organization.id, measured);
    const input = { params: { ...organization.params, ...params }, query: {}, body: undefined } as Input<R>;
    if (known) await operation(services)(caller, input);
    reset();
    expect(await operation(services)(caller, input)).toMatchObject({ ok: true });
    return cost.roundTrips;
  };

  test('needs one more round trip while the pools are not cached, and another one if it guesses an owner from them', async () => {
    expect(await read(getUser, { userId: user.id })).toBe(1);
    expect(await read(getUser, { userId: user.id }, { known: false })).toBe(2);
    // With cached pools, the owner of the pool is guessed and read in the first round trip.
    expect(await read(getPool, { poolId })).toBe(1);
    expect(await read(getPool, { poolId }, { known: false })).toBe(3);
  });

  test('needs one more round trip on the first call of the day, to store when the user was last seen', async () => {
    const today = (at: string) =>
      servicesOf(organization.id).table.transact([
        update(keys.membership(organization.id, manager.personId), { set: { lastSeenAt: at } }),
      ]);
    await today('2020-01-01');
    const { cost, measured } = meter();
    const input = { params: organization.params, query: {}, body: undefined };
    await getOrganization(servicesOf(organization.id, measured))(callerOf(manager), input);
    expect(cost.roundTrips).toBe(2);
  });

  test('needs one more round trip for each successor that has no shortcut yet', async () => {
    const [first, second] = [aUser(), aUser()];
    const chained = await plantOrganization([manager, first, second]);
    const services = servicesOf(chained.id);
    const body = { name: 'Disk', type: 'disk', poolId: chained.rootPoolId, ownerId: first.id, tags: {} };
    const { params } = chained;
    const resource = await createResource(services)(callerOf(manager), { params, query: {}, body });
    if (!resource.ok) expect.unreachable(resource.error.code);
    const cost = async () => {
      const { cost: spent, measured, reset } = meter();
      const own = servicesOf(chained.id, measured);
      const input = { params: { ...params, resourceId: resource.value.id }, query: {}, body: undefined };
      await getResource(own)(callerOf(manager), input);
      reset();
      await getResource(own)(callerOf(manager), input);
      return spent.roundTrips;
    };
    expect(await cost()).toBe(2);
    const removal = { query: { successorId: second.id, pendingInvites: 'keep' as const }, body: undefined };
    await removeUser(services)(callerOf(manager), { params: { ...params, userId: first.id }, ...removal });
    expect(await cost()).toBe(3);
  });
});

test('a decision does not wait for keys that DynamoDB leaves unprocessed', async () => {
  let answered: string[] = [];
  const never = new Promise<undefined>(() => undefined);
  /** A table that only returns the organization and the membership. Reads of all other items never end. */
  const slow = (table: Table): Table => ({
    ...table,
    getEach: (wanted) =>
      table.getEach(wanted).map((item, index) => {
        const key = wanted[index];
        const decides = key?.sk === 'organization' || key?.sk === 'membership';
        if (decides) answered = [...answered, key.sk];
        return decides ? item : never;
      }),
  });
  const result = await changeRoles(servicesOf(organization.id, slow))(callerOf(user), {
    params: { ...organization.params, userId: manager.id },
    query: {},
    body: { roles: [{ role: 'member' }] },
  });
  expect(outcomeOf(result)).toBe('forbidden');
  expect(answered.toSorted()).toEqual(['membership', 'organization']);
});

test('a remembered response is returned only to a caller who would be allowed today', async () => {
  const [first, second] = [aManager(), aManager()];
  const { id, params, rootPoolId } = await plantOrganization([first, second]);
  const services = servicesOf(id);
  const create = () =>
    createPool(services)(callerOf(second), {
      params,
      query: {},
      body: { name: 'Once', parentId: rootPoolId },
      idempotency: { request: 'same', bodyHash: 'same' },
    });
  const created = await create();
  expect(await create()).toEqual(created);
  await changeRoles(services)(callerOf(first), {
    params: { ...params, userId: second.id },
    query: {},
    body: { roles: [{ role: 'member' }] },
  });
  expect(outcomeOf(await create())).toBe('forbidden');
});
