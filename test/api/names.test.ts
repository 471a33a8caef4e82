import { beforeAll, expect, test } from 'vitest';
import {
  newMember,
  newOrganization,
  newPool,
  take,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();

let organization: TestOrganization;
let [ada, ben] = [] as unknown as [TestMember, TestMember];
let [web, shop] = ['', ''];
/** Two data sources. The second is disconnected in the end. */
let [main, spare] = ['', ''];

beforeAll(async () => {
  organization = await newOrganization(stack);
  const { params, rootPoolId, manager } = organization;
  ada = await newMember(stack, organization, [{ role: 'member' }], 'Ada Lovelace');
  ben = await newMember(stack, organization, [{ role: 'member' }], 'Ben Member');
  web = await newPool(organization, 'Web', rootPoolId);
  shop = await newPool(organization, 'Shop', web);
  const connect = async (name: string) =>
    take(
      await manager.client.createDataSource({
        params,
        body: { type: 'aws', name, accountId: name, ownerId: ada.userId },
      }),
    );
  [main, spare] = [(await connect('Main')).id, (await connect('Spare')).id];
});

/** Checks that each of these responses contains an object with these fields. */
const allShow = (responses: readonly unknown[], fields: object) =>
  expect(responses).toEqual(responses.map(() => expect.objectContaining(fields) as object));

test('every response with a data source names its owner', async () => {
  const { params, manager } = organization;
  const { client } = manager;
  const named = { params: { ...params, dataSourceId: main } };
  const listed = take(await client.listDataSources({ params })).items;
  allShow([listed[0], take(await client.getDataSource(named))], { ownerId: ada.userId, ownerName: 'Ada Lovelace' });
  const given = take(await client.updateDataSource({ ...named, body: { ownerId: manager.userId } }));
  allShow([given], { ownerId: manager.userId, ownerName: 'Mara Manager' });
  const back = take(await client.updateDataSource({ ...named, body: { ownerId: ada.userId } }));
  const renamed = take(await client.updateDataSource({ ...named, body: { name: 'Main account' } }));
  allShow([back, renamed], { ownerId: ada.userId, ownerName: 'Ada Lovelace' });
  const body = { type: 'gcp' as const, name: 'Mine', accountId: 'mine' };
  const mine = take(await client.createDataSource({ params, body }));
  allShow([mine], { ownerId: manager.userId, ownerName: 'Mara Manager' });
});

test('every response with a pool names its default owner', async () => {
  const { params, manager } = organization;
  const { client } = manager;
  const body = { name: 'Own', parentId: web, defaultOwnerId: ada.userId };
  const created = take(await client.createPool({ params, body }));
  const named = { params: { ...params, poolId: created.id } };
  const listed = take(await client.listPools({ params })).items.find(({ id }) => id === created.id);
  const limited = take(await client.updatePool({ ...named, body: { monthlyLimit: 1 } }));
  const got = take(await client.getPool(named));
  allShow([created, listed, limited, got], { defaultOwnerId: ada.userId, defaultOwnerName: 'Ada Lovelace' });
  const given = take(await client.updatePool({ ...named, body: { defaultOwnerId: manager.userId } }));
  allShow([given], { defaultOwnerId: manager.userId, defaultOwnerName: 'Mara Manager' });
});

test('every response with a resource names its pool, owner and data source', async () => {
  const { params, manager } = organization;
  const { client } = manager;
  const body = {
    name: 'Disk',
    type: 'disk',
    poolId: shop,
    ownerId: ben.userId,
    dataSourceId: main,
    externalId: 'disk',
  };
  const names = { poolName: 'Shop', ownerName: 'Ben Member', dataSourceName: 'Main account' };
  const created = take(await client.createResource({ params, body }));
  const named = { params: { ...params, resourceId: created.id } };
  const lists = [{}, { poolId: shop }, { poolId: web, subPools: 'true' as const }, { ownerId: ben.userId }];
  const listed = await Promise.all(
    lists.map(async (query) => take(await client.listResources({ params, query })).items[0]),
  );
  const ingest = async (name: string) =>
    take(await client.ingestResources({ params, body: { items: [{ ...body, name }] } })).results[0]?.resource;
  const unchanged = await ingest('Disk');
  const updated = await ingest('Disk 2');
  const renamed = take(await client.updateResource({ ...named, body: { name: 'Disk' } }));
  const same = take(await client.updateResource({ ...named, body: { name: 'Disk' } }));
  const got = take(await client.getResource(named));
  allShow([created, ...listed, unchanged, updated, renamed, same, got], { id: created.id, ...names });
  const given = take(await client.updateResource({ ...named, body: { ownerId: ada.userId, poolId: web } }));
  allShow([given], { ...names, poolName: 'Web', ownerName: 'Ada Lovelace' });
  take(await client.updateResource({ ...named, body: { ownerId: ben.userId, poolId: shop } }));
  const items = ['a', 'b'].map((name) => ({ name, type: 'vm', poolId: web, dataSourceId: spare, externalId: name }));
  const idempotencyKey = crypto.randomUUID();
  const twice = [0, 1].map(async () =>
    take(await client.ingestResources({ params, body: { items } }, { idempotencyKey })),
  );
  for (const { results } of await Promise.all(twice))
    allShow(
      results.map(({ resource }) => resource),
      { poolName: 'Web', ownerName: 'Mara Manager', dataSourceName: 'Spare' },
    );
});

test('every response with a policy names its owner, its pool and what its filters contain', async () => {
  const { params, manager } = organization;
  const { client } = manager;
  const filters = { ownerIds: [ada.userId, ben.userId], poolIds: [web, shop], dataSourceIds: [main, spare] };
  const body = { type: 'budget' as const, name: 'Budget', amount: 1, poolId: shop, ownerId: ben.userId, filters };
  const filterNames = {
    [ada.userId]: 'Ada Lovelace',
    [ben.userId]: 'Ben Member',
    [web]: 'Web',
    [shop]: 'Shop',
    [main]: 'Main account',
    [spare]: 'Spare',
  };
  const created = take(await client.createPolicy({ params, body }));
  const named = { params: { ...params, policyId: created.id } };
  const listed = take(await client.listPolicies({ params })).items[0];
  const changed = take(await client.updatePolicy({ ...named, body: { amount: 2 } }));
  const same = take(await client.updatePolicy({ ...named, body: { amount: 2 } }));
  const got = take(await client.getPolicy(named));
  allShow([created, listed, changed, same, got], { ownerName: 'Ben Member', poolName: 'Shop', filterNames });
  const own = { type: 'budget' as const, name: 'Own', amount: 1, filters: { ownerIds: [manager.userId] } };
  allShow([take(await client.createPolicy({ params, body: own }))], {
    ownerName: 'Mara Manager',
    filterNames: { [manager.userId]: 'Mara Manager' },
  });
});

test('names follow whoever took over, the pool that absorbed another, and a renaming; a disconnected data source has none', async () => {
  const { params, manager } = organization;
  const { client } = manager;
  take(await client.removeUser({ params: { ...params, userId: ben.userId }, query: { successorId: ada.userId } }));
  take(await client.deletePool({ params: { ...params, poolId: shop } }));
  take(await client.deleteDataSource({ params: { ...params, dataSourceId: spare } }));
  take(await ada.client.updateMe({ body: { name: 'Ada King' } }));
  const resources = take(await client.listResources({ params })).items;
  const find = (name: string) => resources.find((each) => each.name === name);
  allShow([find('Disk')], { poolId: web, poolName: 'Web', ownerId: ada.userId, ownerName: 'Ada King' });
  expect(find('a')).toMatchObject({ dataSourceId: spare });
  expect(find('a')).not.toHaveProperty('dataSourceName');
  const policy = take(await client.listPolicies({ params })).items[0];
  allShow([policy], {
    poolName: 'Web',
    ownerName: 'Ada King',
    filterNames: { [ada.userId]: 'Ada King', [web]: 'Web', [main]: 'Main account' },
  });
});
