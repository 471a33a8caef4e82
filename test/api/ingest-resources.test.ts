import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { ingestResources } from '../../shared/resources/ingest-resources.ts';
import type { Table } from '../../shared/table/table.ts';
import { put } from '../../shared/table/write.ts';
import { userItem, type User } from '../../shared/users/user.ts';
import { clock } from '../support/clock.ts';
import { meeting } from '../support/guards.ts';
import {
  everyPage,
  newMember,
  newOrganization,
  newPool,
  refusal,
  take,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { callerOf, servicesOf } from '../support/operations.ts';
import { meanwhile } from '../support/races.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
let organization: TestOrganization;
let web: string;
let data: string;
let managerOfWeb: TestMember;
let heir: TestMember;
let owners: string[];

beforeAll(async () => {
  organization = await newOrganization(stack);
  web = await newPool(organization, 'Web', organization.rootPoolId);
  data = await newPool(organization, 'Data', organization.rootPoolId);
  managerOfWeb = await newMember(stack, organization, [{ role: 'manager', poolId: web }]);
  heir = await newMember(stack, organization);
  owners = await addOwners(100);
});

/** Adds users who only have to own resources: their records are written directly, and they have no accounts. */
const addOwners = async (count: number): Promise<string[]> => {
  const users = Array.from({ length: count }, (_, index): User => {
    const id = `usr_${index}_${randomUUID()}`;
    return {
      id,
      personId: randomUUID(),
      email: `${id}@example.com`,
      name: `Owner ${index}`,
      status: 'active',
      assignments: [{ role: 'member' }],
      holdings: [id],
      takenOver: [],
      joinedAt: clock.now(),
      invitesPassed: [],
      version: 1,
    };
  });
  const { table } = servicesOf(organization.id);
  expect(await table.transact(users.map((user) => put(userItem(organization.id, user))))).toEqual({ ok: true });
  return users.map(({ id }) => id);
};

type Item = Parameters<TestMember['client']['ingestResources']>[0]['body']['items'][number];
type Options = Parameters<TestMember['client']['ingestResources']>[1];

let sources = 0;
const connect = async (): Promise<string> => {
  const accountId = `account-${(sources += 1)}`;
  const body = { type: 'aws' as const, name: accountId, accountId };
  return take(await organization.manager.client.createDataSource({ params: organization.params, body })).id;
};

/** Items of a data source, each with its own name, cost and id. */
const itemsOf = (dataSourceId: string, count: number, each: (index: number) => Partial<Item> = () => ({})): Item[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `Server ${index}`,
    type: 'vm',
    poolId: web,
    dataSourceId,
    externalId: `i-${index}`,
    monthlyCost: index / 4,
    tags: { index: String(index), env: 'prod' },
    ...each(index),
  }));

const ingest = async (items: Item[], by = organization.manager, options?: Options) =>
  take(await by.client.ingestResources({ params: organization.params, body: { items } }, options)).results;

const outcomes = (results: { outcome: string; code?: string | undefined }[]) =>
  results.map(({ outcome, code }) => (code === undefined ? outcome : `${outcome} ${code}`));

const listOf = (ownerOrPool: { poolId?: string; ownerId?: string }) =>
  everyPage((page) =>
    organization.manager.client.listResources({
      params: organization.params,
      query: { ...ownerOrPool, limit: 100, ...page },
    }),
  );

const get = async (resourceId: string) =>
  take(await organization.manager.client.getResource({ params: { ...organization.params, resourceId } }));

/** Calls the operation without the HTTP pipeline. Returns the outcomes and the number of items in each transaction. */
const transactionsOf = async (items: Item[]): Promise<{ results: string[]; transactions: number[] }> => {
  const transactions: number[] = [];
  const counted = (table: Table): Table => ({
    ...table,
    transact: (writes) => {
      transactions.push(new Set(writes.map(({ key }) => `${key.pk} ${key.sk}`)).size);
      return table.transact(writes);
    },
  });
  const actor = callerOf(organization.manager);
  const body = { items: items.map((item) => ({ ...item, tags: item.tags ?? {} })) };
  const input = { params: organization.params, query: {}, body };
  const result = await ingestResources(servicesOf(organization.id, counted))(actor, input);
  return { results: result.ok ? outcomes(result.value.results) : expect.unreachable(result.error.code), transactions };
};

test('a tag may have any name, and never keeps the other items of its batch out', async () => {
  const item = { name: 'Server', type: 'vm', poolId: web };
  const tags = { constructor: 'a', toString: 'b', hasOwnProperty: 'c', length: 'd', M: 'e' };
  const { client, params } = { client: managerOfWeb.client, params: organization.params };
  const { results } = take(await client.ingestResources({ params, body: { items: [item, { ...item, tags }] } }));
  expect(results.map(({ outcome, resource }) => [outcome, resource?.tags])).toEqual([
    ['created', {}],
    ['created', tags],
  ]);
});

describe('100 resources in one call', () => {
  test('are written in 2 transactions if they name 40 owners', async () => {
    const items = itemsOf(await connect(), 100, (index) => ({ ownerId: owners[index % 40] ?? '' }));
    const { results, transactions } = await transactionsOf(items);
    expect(results).toEqual(Array(100).fill('created'));
    expect(transactions).toHaveLength(2);
    expect(await transactionsOf(items)).toEqual({ results: Array(100).fill('unchanged'), transactions: [] });
  });

  test('are written in more transactions if they name 100 owners, and each resource has its owner', async () => {
    const poolId = await newPool(organization, 'Of a hundred', organization.rootPoolId);
    const items = itemsOf(await connect(), 100, (index) => ({ poolId, ownerId: owners[index] ?? '' }));
    const { results, transactions } = await transactionsOf(items);
    expect(results).toEqual(Array(100).fill('created'));
    expect(transactions).toHaveLength(3);
    expect(Math.max(...transactions)).toBeLessThanOrEqual(100);
    const byName = new Map((await listOf({ poolId })).map(({ name, ownerId }) => [name, ownerId]));
    expect(byName).toEqual(new Map(items.map(({ name, ownerId }) => [name, ownerId])));
  });

  test('each have a result, in the order of the request, that shows the resource as getResource does', async () => {
    const dataSourceId = await connect();
    const { name } = take(
      await organization.manager.client.getDataSource({ params: { ...organization.params, dataSourceId } }),
    );
    const items = itemsOf(dataSourceId, 100);
    const results = await ingest(items);
    const names = { ownerName: 'Mara Manager', poolName: 'Web', dataSourceName: name };
    expect(results).toEqual(
      items.map((item, index) => ({
        outcome: 'created',
        resource: {
          ...item,
          ...names,
          currency: 'USD',
          id: results[index]?.resource?.id,
          ownerId: organization.manager.userId,
          version: 1,
        },
      })),
    );
    expect(new Set(results.map(({ resource }) => resource?.id)).size).toBe(100);
    for (const index of [0, 49, 50, 99])
      expect(await get(results[index]?.resource?.id ?? '')).toEqual(results[index]?.resource);
  });

  test('are logged as one audit event per transaction, which is found by each of its resources', async () => {
    const dataSourceId = await connect();
    const ids = (await ingest(itemsOf(dataSourceId, 60))).map(({ resource }) => resource?.id ?? '');
    await ingest(itemsOf(dataSourceId, 2, () => ({ name: 'Renamed' })));
    const eventsOf = async (targetId: string) =>
      take(
        await organization.manager.client.listAuditEvents({ params: organization.params, query: { targetId } }),
      ).items.filter(({ action }) => action === 'resources_ingested');
    const seen = await Promise.all(ids.map(eventsOf));
    expect(seen.map((events) => events.length)).toEqual(ids.map((_, index) => (index < 2 ? 2 : 1)));
    expect(new Set(seen.map((events) => events.at(-1)?.id)).size).toBe(2);
    for (const [index, events] of seen.entries())
      for (const event of events) {
        expect(event.targets).toContain(ids[index]);
        expect(event.actor?.id).toBe(organization.manager.userId);
      }
  });
});

describe('resources sent again', () => {
  test('are unchanged if they are equal, whatever the order of their tags', async () => {
    const dataSourceId = await connect();
    const first = await ingest(itemsOf(dataSourceId, 3, () => ({ tags: { a: '1', b: '2' } })));
    const again = await ingest(itemsOf(dataSourceId, 3, () => ({ tags: { b: '2', a: '1' } })));
    expect(again).toEqual(first.map(({ resource }) => ({ outcome: 'unchanged', resource })));
  });

  test('get their new name, tags and cost, and keep pool, owner and type', async () => {
    const dataSourceId = await connect();
    const first = await ingest(itemsOf(dataSourceId, 4));
    const changes: Partial<Item>[] = [{ name: 'Renamed' }, { tags: {} }, { monthlyCost: 99.5 }, {}];
    const elsewhere = { poolId: data, ownerId: heir.userId, type: 'disk' };
    const again = await ingest(itemsOf(dataSourceId, 4, (index) => ({ ...elsewhere, ...changes[index] })));
    expect(outcomes(again)).toEqual(['updated', 'updated', 'updated', 'unchanged']);
    expect(again.map(({ resource }) => resource)).toEqual(
      first.map(({ resource }, index) => ({ ...resource, ...changes[index], version: index < 3 ? 2 : 1 })),
    );
    expect((await listOf({ poolId: data })).filter((each) => each.dataSourceId === dataSourceId)).toEqual([]);
  });

  test('keep their cost if none is sent, and the pool and the owner that a person assigned', async () => {
    const dataSourceId = await connect();
    const [created] = await ingest(itemsOf(dataSourceId, 1, () => ({ monthlyCost: 3 })));
    const resourceId = created?.resource?.id ?? '';
    const { manager, params } = organization;
    const body = { poolId: data, ownerId: heir.userId, name: 'By hand' };
    take(await manager.client.updateResource({ params: { ...params, resourceId }, body }));
    const { monthlyCost: _, ...rest } = itemsOf(dataSourceId, 1)[0] ?? expect.unreachable();
    const [again] = await ingest([rest]);
    expect(again).toMatchObject({
      outcome: 'updated',
      resource: { poolId: data, ownerId: heir.userId, name: 'Server 0', monthlyCost: 3, version: 3 },
    });
  });

  test('stay in the parent pool and with the successor after their pool was deleted and their owner removed', async () => {
    const dataSourceId = await connect();
    const leaver = await newMember(stack, organization);
    const poolId = await newPool(organization, 'Short-lived', web);
    await ingest(itemsOf(dataSourceId, 2, () => ({ poolId, ownerId: leaver.userId })));
    const { manager, params } = organization;
    take(await manager.client.deletePool({ params: { ...params, poolId } }));
    const query = { successorId: heir.userId };
    take(await manager.client.removeUser({ params: { ...params, userId: leaver.userId }, query }));
    const again = await ingest(
      itemsOf(dataSourceId, 3, () => ({ poolId, ownerId: leaver.userId, name: 'Renamed' })),
      managerOfWeb,
    );
    expect(outcomes(again)).toEqual(['updated', 'updated', 'refused unknown_pool']);
    expect(again[0]?.resource).toMatchObject({ poolId: web, ownerId: heir.userId, name: 'Renamed' });
  });

  test('are created each time if they have no external id', async () => {
    const dataSourceId = await connect();
    const item: Item = { name: 'Nameless', type: 'vm', poolId: web, dataSourceId };
    const results = await ingest([item, item]);
    expect(outcomes(results)).toEqual(['created', 'created']);
    expect(results[0]?.resource?.id).not.toBe(results[1]?.resource?.id);
  });
});

describe('one bad item', () => {
  test.each<[string, () => Partial<Item> | Promise<Partial<Item>>]>([
    ['unknown_pool', () => ({ poolId: 'pool_none' })],
    ['unknown_user', () => ({ ownerId: 'usr_none' })],
    ['unknown_data_source', () => ({ dataSourceId: 'src_none' })],
    ['forbidden', () => ({ poolId: data })],
    ['resource_exists', () => ({ externalId: 'i-0' })],
    [
      'owner_inactive',
      async () => {
        const leaver = await newMember(stack, organization);
        const { manager, params } = organization;
        const query = { successorId: heir.userId };
        take(await manager.client.removeUser({ params: { ...params, userId: leaver.userId }, query }));
        return { ownerId: leaver.userId };
      },
    ],
  ])('is refused as %s, and the others are added', async (code, bad) => {
    const wrong = await bad();
    const items = itemsOf(await connect(), 3, (index) => (index === 1 ? wrong : {}));
    const results = await ingest(items, managerOfWeb);
    expect(outcomes(results)).toEqual(['created', `refused ${code}`, 'created']);
    expect(results[1]).toEqual({ outcome: 'refused', code, detail: expect.stringMatching(/\.$/) as string });
  });

  test('with the external id of an earlier item in the same request is refused, however far apart they are', async () => {
    const items = itemsOf(await connect(), 100, (index) => (index === 99 ? { externalId: 'i-0', name: 'Other' } : {}));
    const results = await ingest(items);
    expect(outcomes(results)).toEqual([...Array(99).fill('created'), 'refused resource_exists']);
    expect((await get(results[0]?.resource?.id ?? '')).name).toBe('Server 0');
    expect(outcomes(await ingest(items))).toEqual([...Array(99).fill('unchanged'), 'refused resource_exists']);
  });
});

describe('the right to ingest', () => {
  test('is not given to engineers and members', async () => {
    const engineer = await newMember(stack, organization, [{ role: 'engineer', poolId: web }]);
    const items = itemsOf(await connect(), 1);
    for (const { client } of [engineer, heir])
      expect(refusal(await client.ingestResources({ params: organization.params, body: { items } }))).toBe(
        '403 forbidden',
      );
  });

  test('does not let a manager change a resource that was moved out of their pools', async () => {
    const items = itemsOf(await connect(), 2);
    const [moved] = await ingest(items, managerOfWeb);
    const params = { ...organization.params, resourceId: moved?.resource?.id ?? '' };
    take(await organization.manager.client.updateResource({ params, body: { poolId: data } }));
    const again = await ingest(
      items.map((item) => ({ ...item, name: 'Renamed' })),
      managerOfWeb,
    );
    expect(outcomes(again)).toEqual(['refused forbidden', 'updated']);
  });

  test('is decided for each pool: a manager who loses one of two pools during the request still adds to the other', async () => {
    const roles = [web, data].map((poolId) => ({ role: 'manager' as const, poolId }));
    const managerOfBoth = await newMember(stack, organization, roles);
    const { params, manager } = organization;
    const loseData = () =>
      manager.client.changeRoles({
        params: { ...params, userId: managerOfBoth.userId },
        body: { roles: roles.slice(0, 1) },
      });
    // The first request of a day stores when the user was last seen. The role must be lost before a later write, not before that one.
    await ingest(itemsOf(await connect(), 1), managerOfBoth);
    const body = { items: [web, data].map((poolId) => ({ name: 'Server', type: 'vm', poolId, tags: {} })) };
    const result = await ingestResources(servicesOf(organization.id, meanwhile(loseData)))(callerOf(managerOfBoth), {
      params,
      query: {},
      body,
    });
    expect(result.ok && outcomes(result.value.results)).toEqual(['created', 'refused forbidden']);
  });

  test('lets a service account add resources for users, and the service account owns none', async () => {
    const machine = await stack.machine();
    const { manager, params } = organization;
    const roles = [{ role: 'manager' as const, poolId: web }];
    const body = { name: 'Pipeline', clientId: machine.personId, roles };
    const { id } = take(await manager.client.createServiceAccount({ params, body }));
    const items = itemsOf(await connect(), 3, (index) => [{}, { ownerId: id }, { ownerId: heir.userId }][index] ?? {});
    const { results } = take(await machine.client.ingestResources({ params, body: { items } }));
    expect(outcomes(results)).toEqual(['created', 'refused unknown_user', 'created']);
    expect(results.map(({ resource }) => resource?.ownerId)).toEqual([manager.userId, undefined, heir.userId]);
  });
});

describe('one Idempotency-Key', () => {
  /** Items without external ids, so that only the Idempotency-Key prevents duplicates. */
  const nameless = (poolId: string, count = 60): Item[] =>
    Array.from({ length: count }, (_, index) => ({ name: `Server ${index}`, type: 'vm', poolId }));

  test('adds once and returns the same response, across all transactions of the request', async () => {
    const poolId = await newPool(organization, 'Once', web);
    const items = [...nameless(poolId), { name: 'Bad', type: 'vm', poolId: 'pool_none' }];
    const options = { idempotencyKey: 'once' };
    const first = await ingest(items, organization.manager, options);
    expect(await ingest(items, organization.manager, options)).toEqual(first);
    expect(await listOf({ poolId })).toHaveLength(60);
    const reply = await organization.manager.client.ingestResources(
      { params: organization.params, body: { items: nameless(poolId, 1) } },
      options,
    );
    expect(refusal(reply)).toBe('422 idempotency_key_reused');
    expect(await listOf({ poolId })).toHaveLength(60);
  });

  test('adds once also for two requests at the same time', async () => {
    const poolId = await newPool(organization, 'Once at once', web);
    const send = () => ingest(nameless(poolId), organization.manager, { idempotencyKey: 'at once' });
    const [a, b] = await Promise.all([send(), send()]);
    expect(b).toEqual(a);
    expect(await listOf({ poolId })).toHaveLength(60);
  });

  test('refuses items whose resources the caller may no longer manage', async () => {
    const poolIds = [await newPool(organization, 'Kept', web), await newPool(organization, 'Lost', web)];
    const member = await newMember(
      stack,
      organization,
      poolIds.map((poolId) => ({ role: 'manager', poolId })),
    );
    const send = () =>
      ingest(
        poolIds.flatMap((poolId) => nameless(poolId, 1)),
        member,
        { idempotencyKey: 'moved' },
      );
    expect(outcomes(await send())).toEqual(['created', 'created']);
    const params = { ...organization.params, userId: member.userId };
    const body = { roles: [{ role: 'manager' as const, poolId: poolIds[0] ?? '' }] };
    take(await organization.manager.client.changeRoles({ params, body }));
    const repeated = await send();
    expect(outcomes(repeated)).toEqual(['created', 'refused forbidden']);
    expect(repeated[1]).not.toHaveProperty('resource');
  });

  test('writes nothing the second time', async () => {
    const poolId = await newPool(organization, 'Written once', web);
    const send = (items: Item[]) => ingest(items, organization.manager, { idempotencyKey: 'written once' });
    const [sent] = await send(nameless(poolId, 1));
    const params = { ...organization.params, resourceId: sent?.resource?.id ?? '' };
    const body = { name: 'By hand' };
    take(await organization.manager.client.updateResource({ params, body }));
    await send(nameless(poolId, 1));
    expect(await get(params.resourceId)).toMatchObject({ name: 'By hand', version: 2 });
  });
});

test('two equal ingestions at the same time create no duplicates, and each gets the outcome of every item', async () => {
  const poolId = await newPool(organization, 'Twice', web);
  const actor = callerOf(organization.manager);
  const items = itemsOf(await connect(), 60, () => ({ poolId })).map((item) => ({ ...item, tags: {} }));
  const input = { params: organization.params, query: {}, body: { items } };
  const meet = meeting(2);
  const both = await Promise.all(
    [0, 1].map(() => ingestResources(servicesOf(organization.id, (table) => meet(table)))(actor, input)),
  );
  const [a, b] = both.map((result) => (result.ok ? result.value.results : expect.unreachable(result.error.code)));
  expect(a?.map(({ resource }) => resource)).toEqual(b?.map(({ resource }) => resource));
  for (const index of items.keys())
    expect(new Set([a?.[index]?.outcome, b?.[index]?.outcome])).toEqual(new Set(['created', 'unchanged']));
  const found = await listOf({ poolId });
  expect(found).toHaveLength(60);
  expect(found.every(({ version }) => version === 1)).toBe(true);
});

test('after different ingestions at the same time the resource has the values of one of them, and no version is lost', async () => {
  const dataSourceId = await connect();
  const [created] = await ingest(itemsOf(dataSourceId, 1));
  const names = ['One', 'Two', 'Three'];
  const all = await Promise.all(names.map((name) => ingest(itemsOf(dataSourceId, 1, () => ({ name })))));
  expect(all.flatMap(outcomes)).toEqual(['updated', 'updated', 'updated']);
  const now = await get(created?.resource?.id ?? '');
  expect(now.version).toBe(4);
  expect(names).toContain(now.name);
});
