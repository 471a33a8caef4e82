import { beforeAll, describe, expect, test } from 'vitest';
import {
  everyPage,
  newMember,
  newOrganization,
  newPool,
  newResource,
  refusal,
  take,
  wrongFields,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { expectFiltered, listedResources, type ListedResources } from '../support/listed-resources.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
let organization: TestOrganization;
let web: string;
let shop: string;
let data: string;
let managerOfWeb: TestMember;
let engineerOfWeb: TestMember;
let member: TestMember;

beforeAll(async () => {
  organization = await newOrganization(stack);
  web = await newPool(organization, 'Web', organization.rootPoolId);
  data = await newPool(organization, 'Data', organization.rootPoolId);
  managerOfWeb = await newMember(stack, organization, [{ role: 'manager', poolId: web }], 'Max Manager');
  engineerOfWeb = await newMember(stack, organization, [{ role: 'engineer', poolId: web }], 'Eve Engineer');
  member = await newMember(stack, organization);
  shop = await newPool(organization, 'Shop', web, managerOfWeb.userId);
});

type Client = TestMember['client'];
type Body = Parameters<Client['createResource']>[0]['body'];
type Change = Parameters<Client['updateResource']>[0]['body'];
type Options = Parameters<Client['updateResource']>[1];

const create = (by: TestMember, body: Partial<Body> & { poolId: string }, options?: Options) =>
  by.client.createResource({ params: organization.params, body: { name: 'Server', type: 'vm', ...body } }, options);

const change = (by: TestMember, resourceId: string, body: Change, options?: Options) =>
  by.client.updateResource({ params: { ...organization.params, resourceId }, body }, options);

const remove = (by: TestMember, resourceId: string, options?: Options) =>
  by.client.deleteResource({ params: { ...organization.params, resourceId } }, options);

const get = (resourceId: string, { params }: TestOrganization = organization) =>
  member.client.getResource({ params: { ...params, resourceId } });

const connect = async (accountId: string, { params, manager }: TestOrganization = organization): Promise<string> => {
  const body = { type: 'aws' as const, name: accountId, accountId };
  return take(await manager.client.createDataSource({ params, body })).id;
};

const leave = async (user: TestMember, successor: TestMember, { params, manager } = organization) =>
  take(
    await manager.client.removeUser({
      params: { ...params, userId: user.userId },
      query: { successorId: successor.userId },
    }),
  );

describe('adding a resource', () => {
  test('accepts every field, and returns the address of the resource', async () => {
    const body = {
      name: 'Web server 1',
      type: 'aws:ec2:instance',
      poolId: web,
      ownerId: member.userId,
      dataSourceId: await connect('said'),
      externalId: 'i-0abc',
      monthlyCost: 12.34,
      tags: { env: 'prod', 'cost center': '', toString: 'odd' },
    };
    const reply = await create(managerOfWeb, body);
    const resource = take(reply);
    const names = { ownerName: 'Ben Member', poolName: 'Web', dataSourceName: 'said' };
    expect(resource).toEqual({ ...body, ...names, currency: 'USD', id: resource.id, version: 1 });
    expect(reply.status).toBe(201);
    expect(reply.headers.get('location')).toBe(`/v1/organizations/${organization.id}/resources/${resource.id}`);
    expect(reply.headers.get('etag')).toMatch(/^"1-/);
    expect(take(await get(resource.id))).toEqual(resource);
  });

  test('uses the default owner of the pool if no owner is named, or the user who took over from them', async () => {
    const owner = await newMember(stack, organization);
    const poolId = await newPool(organization, 'Handed over', organization.rootPoolId, owner.userId);
    expect(take(await create(organization.manager, { poolId }))).toMatchObject({ ownerId: owner.userId, tags: {} });
    await leave(owner, member);
    expect(take(await create(organization.manager, { poolId })).ownerId).toBe(member.userId);
  });

  test('happens once per Idempotency-Key, also for requests at the same time, with the same response', async () => {
    const poolId = await newPool(organization, 'Once', organization.rootPoolId);
    const add = (name: string) => create(organization.manager, { name, poolId }, { idempotencyKey: 'once' });
    const replies = await Promise.all([add('Only'), add('Only'), add('Only')]);
    const first = take(replies[0]);
    for (const reply of [...replies, await add('Only')]) expect(take(reply)).toEqual(first);
    expect(refusal(await add('Another'))).toBe('422 idempotency_key_reused');
    const { items } = take(await member.client.listResources({ params: organization.params, query: { poolId } }));
    expect(items).toEqual([first]);
  });

  test('is refused if the data source already has this external id, also for requests at the same time', async () => {
    const dataSourceId = await connect('twice');
    const add = (poolId: string) => create(organization.manager, { poolId, dataSourceId, externalId: 'i-1' });
    const replies = await Promise.all([add(web), add(data), add(web)]);
    expect(replies.filter(({ ok }) => ok)).toHaveLength(1);
    expect(replies.filter((reply) => !reply.ok).map(refusal)).toEqual(Array(2).fill('409 resource_exists'));
    const other = await create(organization.manager, { poolId: web, dataSourceId, externalId: 'i-2' });
    expect(other.status).toBe(201);
  });

  test('is refused with the field that names nothing', async () => {
    const gone = await newMember(stack, organization);
    await leave(gone, member);
    const deleted = await newPool(organization, 'Deleted', organization.rootPoolId);
    take(await organization.manager.client.deletePool({ params: { ...organization.params, poolId: deleted } }));
    const refused = async (body: Partial<Body> & { poolId: string }) => {
      const reply = await create(organization.manager, body);
      return [refusal(reply), ...wrongFields(reply)];
    };
    expect(await refused({ poolId: 'pool_none' })).toEqual(['422 unknown_pool', '/poolId unknown_pool']);
    expect(await refused({ poolId: deleted })).toEqual(['422 unknown_pool', '/poolId unknown_pool']);
    expect(await refused({ poolId: web, ownerId: 'usr_none' })).toEqual(['422 unknown_user', '/ownerId unknown_user']);
    expect(await refused({ poolId: web, ownerId: gone.userId })).toEqual([
      '422 owner_inactive',
      '/ownerId owner_inactive',
    ]);
    expect(await refused({ poolId: web, dataSourceId: 'src_none' })).toEqual([
      '422 unknown_data_source',
      '/dataSourceId unknown_data_source',
    ]);
  });
});

describe('changing a resource', () => {
  test('sets its name, replaces all tags, and counts the version', async () => {
    const { id } = await newResource(organization, web, { tags: { a: '1', b: '2' } });
    expect(take(await change(managerOfWeb, id, { name: 'Renamed' }))).toMatchObject({
      name: 'Renamed',
      tags: { a: '1', b: '2' },
      version: 2,
    });
    const reply = await change(managerOfWeb, id, { tags: { c: '3' } });
    expect(take(reply)).toMatchObject({ name: 'Renamed', tags: { c: '3' }, version: 3 });
    expect(reply.headers.get('etag')).toMatch(/^"3-/);
    expect(take(await get(id))).toEqual(take(reply));
  });

  test('to its current values changes nothing', async () => {
    const resource = await newResource(organization, web, { tags: { b: '2', a: '1' }, monthlyCost: 5 });
    const { id, name, ownerId, poolId } = resource;
    for (const tags of [
      { a: '1', b: '2' },
      { b: '2', a: '1' },
    ])
      expect(take(await change(organization.manager, id, { name, tags, monthlyCost: 5, ownerId, poolId }))).toEqual(
        resource,
      );
    expect(take(await change(organization.manager, id, {}))).toEqual(resource);
  });

  test('sets its cost, and null removes it', async () => {
    const { id } = await newResource(organization, web, { monthlyCost: 5 });
    expect(take(await change(managerOfWeb, id, { monthlyCost: 0 })).monthlyCost).toBe(0);
    expect(take(await change(managerOfWeb, id, { name: 'Kept' })).monthlyCost).toBe(0);
    expect(take(await change(managerOfWeb, id, { monthlyCost: null }))).not.toHaveProperty('monthlyCost');
    expect(take(await get(id))).not.toHaveProperty('monthlyCost');
  });

  test('assigns it to another owner, and moves it to another pool', async () => {
    const { id } = await newResource(organization, web, { ownerId: managerOfWeb.userId });
    const changed = take(await change(managerOfWeb, id, { ownerId: member.userId, poolId: shop }));
    expect(changed).toMatchObject({ ownerId: member.userId, poolId: shop, version: 2 });
    expect(take(await get(id))).toEqual(changed);
    const ids = async (query: { poolId?: string; ownerId?: string }) =>
      (await everyPage((page) => member.client.listResources({ ...organization, query: { ...query, ...page } }))).map(
        (each) => each.id,
      );
    expect(await ids({ poolId: shop })).toContain(id);
    expect(await ids({ poolId: web })).not.toContain(id);
    expect(await ids({ ownerId: member.userId })).toContain(id);
    expect(await ids({ ownerId: managerOfWeb.userId })).not.toContain(id);
  });

  test('is refused with the field that names nothing', async () => {
    const gone = await newMember(stack, organization);
    await leave(gone, member);
    const { id } = await newResource(organization, web);
    const refused = async (body: Change) => {
      const reply = await change(organization.manager, id, body);
      return [refusal(reply), ...wrongFields(reply)];
    };
    expect(await refused({ poolId: 'pool_none' })).toEqual(['422 unknown_pool', '/poolId unknown_pool']);
    expect(await refused({ ownerId: 'usr_none' })).toEqual(['422 unknown_user', '/ownerId unknown_user']);
    expect(await refused({ ownerId: gone.userId })).toEqual(['422 owner_inactive', '/ownerId owner_inactive']);
    expect(take(await get(id)).version).toBe(1);
  });

  test('or deleting it with an outdated version is refused', async () => {
    const { id } = await newResource(organization, web);
    take(await change(managerOfWeb, id, { name: 'Second' }, { ifMatch: '"1"' }));
    expect(refusal(await change(managerOfWeb, id, { name: 'Third' }, { ifMatch: '"1"' }))).toBe('412 stale_version');
    expect(refusal(await remove(managerOfWeb, id, { ifMatch: '"1"' }))).toBe('412 stale_version');
    expect(take(await get(id))).toMatchObject({ name: 'Second', version: 2 });
    expect((await remove(managerOfWeb, id, { ifMatch: '"2"' })).status).toBe(204);
  });

  test('by many requests at the same time loses no change', async () => {
    const { id } = await newResource(organization, web, { tags: {} });
    const changes: Change[] = [{ name: 'Renamed' }, { monthlyCost: 7 }, { tags: { a: '1' } }];
    for (const reply of await Promise.all(changes.map((body) => change(managerOfWeb, id, body)))) take(reply);
    expect(take(await get(id))).toMatchObject({ name: 'Renamed', monthlyCost: 7, tags: { a: '1' }, version: 4 });
  });
});

describe('a deleted resource', () => {
  test('is gone, and the data source can add it again', async () => {
    const dataSourceId = await connect('retry');
    const given = { dataSourceId, externalId: 'i-1' };
    const { id } = await newResource(organization, web, given);
    expect((await remove(managerOfWeb, id)).status).toBe(204);
    expect(refusal(await get(id))).toBe('404 resource_not_found');
    expect(refusal(await change(managerOfWeb, id, { name: 'Gone' }))).toBe('404 resource_not_found');
    expect(refusal(await remove(managerOfWeb, id))).toBe('404 resource_not_found');
    const items = await everyPage((page) => member.client.listResources({ ...organization, query: page }));
    expect(items.map((each) => each.id)).not.toContain(id);
    expect(await newResource(organization, web, given)).toMatchObject({ id, version: 1 });
  });
});

describe('a manager', () => {
  test('adds, changes and deletes resources in the assigned pool and below, and nowhere else', async () => {
    for (const poolId of [web, shop]) {
      const { id } = take(await create(managerOfWeb, { poolId }));
      take(await change(managerOfWeb, id, { name: 'x', tags: {}, monthlyCost: 1, ownerId: member.userId }));
      expect((await remove(managerOfWeb, id)).status).toBe(204);
    }
    for (const poolId of [data, organization.rootPoolId]) {
      expect(refusal(await create(managerOfWeb, { poolId }))).toBe('403 forbidden');
      const { id } = await newResource(organization, poolId, { ownerId: managerOfWeb.userId });
      for (const body of [{ name: 'x' }, { monthlyCost: 1 }, { ownerId: member.userId }, {}])
        expect(refusal(await change(managerOfWeb, id, body))).toBe('403 forbidden');
      expect(refusal(await remove(managerOfWeb, id))).toBe('403 forbidden');
      expect(take(await get(id))).toMatchObject({ ownerId: managerOfWeb.userId, version: 1 });
    }
  });

  test('moves a resource only between pools that are both in scope', async () => {
    const [here, there] = [await newResource(organization, web), await newResource(organization, data)];
    expect(refusal(await change(managerOfWeb, here.id, { poolId: data }))).toBe('403 forbidden');
    expect(refusal(await change(managerOfWeb, there.id, { poolId: web }))).toBe('403 forbidden');
    take(await change(managerOfWeb, here.id, { poolId: shop }));
    const ofBoth = await newMember(stack, organization, [
      { role: 'manager', poolId: web },
      { role: 'manager', poolId: data },
    ]);
    expect(take(await change(ofBoth, here.id, { poolId: data })).poolId).toBe(data);
    expect(take(await change(ofBoth, there.id, { poolId: shop })).poolId).toBe(shop);
  });
});

describe('an engineer', () => {
  test('edits name and tags of what they own in the assigned pool and below, and nothing else', async () => {
    const ownerId = engineerOfWeb.userId;
    for (const poolId of [web, shop]) {
      const { id } = await newResource(organization, poolId, { ownerId });
      expect(take(await change(engineerOfWeb, id, { name: 'Mine', tags: { a: '1' } }))).toMatchObject({ name: 'Mine' });
      for (const body of [
        { monthlyCost: 1 },
        { monthlyCost: null },
        { ownerId },
        { poolId },
        { name: 'x', poolId: shop },
      ])
        expect(refusal(await change(engineerOfWeb, id, body))).toBe('403 forbidden');
      expect(refusal(await remove(engineerOfWeb, id))).toBe('403 forbidden');
      expect(take(await get(id)).version).toBe(2);
    }
    const beside = await newResource(organization, data, { ownerId });
    const anothers = await newResource(organization, web, { ownerId: member.userId });
    for (const { id } of [beside, anothers])
      expect(refusal(await change(engineerOfWeb, id, { name: 'Mine' }))).toBe('403 forbidden');
    expect(refusal(await create(engineerOfWeb, { poolId: web, ownerId }))).toBe('403 forbidden');
  });

  test('edits what they took over, until it is assigned to another user', async () => {
    const leaver = await newMember(stack, organization);
    const { id } = await newResource(organization, web, { ownerId: leaver.userId });
    expect(refusal(await change(engineerOfWeb, id, { name: 'Mine' }))).toBe('403 forbidden');
    await leave(leaver, engineerOfWeb);
    take(await change(engineerOfWeb, id, { name: 'Mine' }));
    take(await change(managerOfWeb, id, { ownerId: member.userId }));
    expect(refusal(await change(engineerOfWeb, id, { name: 'Still mine' }))).toBe('403 forbidden');
  });
});

test('a member reads resources and changes nothing, not even what they own', async () => {
  const { id } = await newResource(organization, web, { ownerId: member.userId });
  take(await get(id));
  for (const reply of [
    await create(member, { poolId: web }),
    await change(member, id, { name: 'x' }),
    await remove(member, id),
  ])
    expect(refusal(reply)).toBe('403 forbidden');
});

describe('a resource in a deleted pool', () => {
  test('is in the parent pool, also after two deletions in a row', async () => {
    const top = await newPool(organization, 'Top', organization.rootPoolId);
    const middle = await newPool(organization, 'Middle', top);
    const bottom = await newPool(organization, 'Bottom', middle);
    const managerOf = async (poolId: string) => newMember(stack, organization, [{ role: 'manager', poolId }]);
    const [ofMiddle, ofBottom] = [await managerOf(middle), await managerOf(bottom)];
    const { id } = await newResource(organization, bottom);
    const own = await newResource(organization, middle);
    const ids = async (poolId: string, subPools: 'true' | 'false' = 'false') =>
      (
        await everyPage((page) =>
          member.client.listResources({ ...organization, query: { poolId, subPools, limit: 1, ...page } }),
        )
      )
        .map((each) => each.id)
        .toSorted();
    const deletePool = async (poolId: string) =>
      take(await organization.manager.client.deletePool({ params: { ...organization.params, poolId } }));
    const both = [id, own.id].toSorted();

    take(await change(ofBottom, id, { name: 'Of the bottom' }));
    await deletePool(bottom);
    expect(take(await get(id)).poolId).toBe(middle);
    expect([await ids(middle), await ids(top), await ids(top, 'true')]).toEqual([both, [], both]);
    expect(refusal(await member.client.listResources({ ...organization, query: { poolId: bottom } }))).toBe(
      '422 unknown_pool',
    );
    take(await change(ofMiddle, id, { name: 'Of the middle' }));
    expect(refusal(await change(ofBottom, id, { name: 'Of nobody' }))).toBe('403 forbidden');

    await deletePool(middle);
    expect(take(await get(id))).toMatchObject({ poolId: top, name: 'Of the middle' });
    expect([await ids(top), await ids(top, 'true')]).toEqual([both, both]);
    expect(refusal(await change(ofMiddle, id, { name: 'Of nobody' }))).toBe('403 forbidden');
    const moved = take(await change(organization.manager, id, { poolId: web }));
    expect(moved.poolId).toBe(web);
    expect(await ids(top)).toEqual([own.id]);
  });
});

describe('a resource of a removed user', () => {
  test('belongs to the successor and no longer to the leaver, unless it was assigned to another user', async () => {
    const [leaver, heir] = [await newMember(stack, organization), await newMember(stack, organization)];
    const ownedBy = async ({ userId }: TestMember) =>
      (await everyPage((page) => member.client.listResources({ ...organization, query: { ownerId: userId, ...page } })))
        .map((each) => each.id)
        .toSorted();
    const give = async () => newResource(organization, data, { ownerId: leaver.userId });
    const [kept, givenBefore, givenAfter] = [await give(), await give(), await give()];
    take(await change(organization.manager, givenBefore.id, { ownerId: engineerOfWeb.userId }));
    expect(await ownedBy(leaver)).toEqual([kept.id, givenAfter.id].toSorted());

    await leave(leaver, heir);
    expect(await ownedBy(heir)).toEqual([kept.id, givenAfter.id].toSorted());
    expect(await ownedBy(leaver)).toEqual([]);
    expect(take(await get(kept.id))).toEqual({ ...kept, ownerId: heir.userId });
    expect(take(await get(givenBefore.id)).ownerId).toBe(engineerOfWeb.userId);

    take(await change(organization.manager, givenAfter.id, { ownerId: engineerOfWeb.userId }));
    take(await change(organization.manager, kept.id, { name: 'Renamed' }));
    expect(await ownedBy(heir)).toEqual([kept.id]);
    const last = await newMember(stack, organization);
    await leave(heir, last);
    expect(await ownedBy(last)).toEqual([kept.id]);
    expect(take(await get(kept.id))).toMatchObject({ ownerId: last.userId, name: 'Renamed' });
    expect(take(await get(givenAfter.id)).ownerId).toBe(engineerOfWeb.userId);
  });
});

describe('the list', () => {
  type Query = Parameters<Client['listResources']>[0]['query'];
  let listed: ListedResources;
  let fresh: TestOrganization;
  let reader: TestMember;

  beforeAll(async () => {
    listed = await listedResources(stack);
    ({ organization: fresh, reader } = listed);
  });

  // test/exhaustive/list-resources.test.ts also shows this for more owners and page sizes.
  test('shows exactly the resources that match the filters: by pool, with or without the pools below it, and by owner', async () => {
    for (const owner of [undefined, 'reader'] as const) await expectFiltered(listed, owner, 2);
  });

  test('is refused for an unknown pool or owner', async () => {
    const refused = async (query: Query) => {
      const reply = await reader.client.listResources({ params: fresh.params, query });
      return [refusal(reply), ...wrongFields(reply)];
    };
    expect(await refused({ poolId: 'pool_none' })).toEqual(['422 unknown_pool', '?poolId unknown_pool']);
    expect(await refused({ ownerId: 'usr_none' })).toEqual(['422 unknown_user', '?ownerId unknown_user']);
  });

  test('accepts a cursor only with the filters that it belongs to', async () => {
    const { nextCursor: cursor = '' } = take(
      await reader.client.listResources({ params: fresh.params, query: { limit: 1 } }),
    );
    for (const query of [
      { cursor, poolId: fresh.rootPoolId },
      { cursor, ownerId: reader.userId },
    ] satisfies Query[])
      expect(refusal(await reader.client.listResources({ params: fresh.params, query }))).toBe('400 invalid_cursor');
  });

  test('continues at its cursor when resources are added, reassigned or deleted between pages', async () => {
    const query = { ownerId: fresh.manager.userId, limit: 2 };
    const { items, nextCursor: cursor = '' } = take(await reader.client.listResources({ params: fresh.params, query }));
    const rest = await everyPage((page) =>
      reader.client.listResources({ params: fresh.params, query: { ...query, cursor, ...page } }),
    );
    const [away] = rest;
    take(
      await fresh.manager.client.deleteResource({ params: { ...fresh.params, resourceId: items.at(-1)?.id ?? '' } }),
    );
    take(
      await fresh.manager.client.updateResource({
        params: { ...fresh.params, resourceId: away?.id ?? '' },
        body: { ownerId: reader.userId },
      }),
    );
    const added = await newResource(fresh, fresh.rootPoolId, { ownerId: fresh.manager.userId });
    const now = await everyPage((page) =>
      reader.client.listResources({ params: fresh.params, query: { ...query, cursor, ...page } }),
    );
    expect(now.map(({ id }) => id)).toEqual([...rest.slice(1).map(({ id }) => id), added.id]);
  });
});
