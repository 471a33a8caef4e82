import { beforeAll, describe, expect, test } from 'vitest';
import {
  newMember,
  newOrganization,
  newPool,
  refusal,
  take,
  wrongFields,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { plantPools } from '../support/planted.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
let organization: TestOrganization;
let root: string;
let manager: TestMember;

beforeAll(async () => {
  organization = await newOrganization(stack);
  ({ rootPoolId: root, manager } = organization);
});

type UpdatePool = TestMember['client']['updatePool'];
type Body = Parameters<UpdatePool>[0]['body'];

const change = (poolId: string, body: Body, by: Pick<TestMember, 'client'> = manager, ifMatch?: string) =>
  by.client.updatePool({ params: { ...organization.params, poolId }, body }, ifMatch === undefined ? {} : { ifMatch });

const get = async (poolId: string) =>
  take(await manager.client.getPool({ params: { ...organization.params, poolId } }));

const create = (name: string, parentId: string, monthlyLimit?: number) =>
  manager.client.createPool({
    params: organization.params,
    body: { name, parentId, ...(monthlyLimit !== undefined && { monthlyLimit }) },
  });

const limited = async (name: string, parentId: string, monthlyLimit: number) =>
  take(await create(name, parentId, monthlyLimit)).id;

describe('renaming a pool', () => {
  test('changes the paths of all its sub-pools', async () => {
    const web = await newPool(organization, 'Old', root);
    const shop = await newPool(organization, 'Shop', web);
    expect(take(await change(web, { name: ' New ' }))).toMatchObject({ name: 'New', path: 'Acme / New', version: 2 });
    expect((await get(shop)).path).toBe('Acme / New / Shop');
  });

  test('refuses the name of a sibling in upper or lower case, and frees its previous name', async () => {
    const web = await newPool(organization, 'Mine', root);
    await newPool(organization, 'Taken', root);
    expect(refusal(await change(web, { name: 'TAKEN' }))).toBe('409 pool_name_taken');
    expect((await get(web)).name).toBe('Mine');
    take(await change(web, { name: 'Given up' }));
    take(await create('mine', root));
  });

  test('accepts its own name in other upper or lower case, which siblings then cannot take', async () => {
    const web = await newPool(organization, 'Straße', root);
    expect(take(await change(web, { name: 'STRASSE' })).name).toBe('STRASSE');
    expect(refusal(await create('strasse', root))).toBe('409 pool_name_taken');
  });

  test('refuses a name that looks like that of a sibling, and keeps equal sibling names that an earlier rule allowed', async () => {
    const place = { parentId: root, holderId: manager.userId };
    const [folder = ''] = await plantPools(organization.id, ['Fälder', 'علی\u200cرضا'], place);
    const [twin = ''] = await plantPools(organization.id, ['Fälder\u3164'], place);
    expect(refusal(await create('Fa\u0308lder\u200b', root))).toBe('409 pool_name_taken');
    expect(refusal(await create('علیرضا', root))).toBe('409 pool_name_taken');
    expect(take(await change(twin, { monthlyLimit: 5, name: 'Fälder\u3164' }))).toMatchObject({ monthlyLimit: 5 });
    expect(take(await change(twin, { name: 'Fields' })).name).toBe('Fields');
    expect(refusal(await change(twin, { name: 'FÄLDER' }))).toBe('409 pool_name_taken');
    expect(take(await change(folder, { name: 'FÄLDER' })).name).toBe('FÄLDER');
  });

  test('refuses a name that would make the path of a sub-pool too long', async () => {
    let below = await newPool(organization, 'Long', root);
    const top = below;
    for (const letter of ['a', 'b', 'c', 'd', 'e']) below = await newPool(organization, letter.repeat(98), below);
    expect(refusal(await change(top, { name: 'Long'.repeat(25) }))).toBe('422 pool_path_too_long');
    take(await change(top, { name: 'L'.repeat(80) }));
  });
});

test('a request that changes nothing writes nothing, and a change based on an older version is refused', async () => {
  const web = await newPool(organization, 'Versions', root);
  const before = await get(web);
  expect(take(await change(web, { name: 'Versions', parentId: root, monthlyLimit: null }))).toEqual(before);
  expect(take(await change(web, {}))).toEqual(before);
  take(await change(web, { monthlyLimit: 5 }, manager, '"1"'));
  expect(refusal(await change(web, { monthlyLimit: 6 }, manager, '"1"'))).toBe('412 stale_version');
  expect((await get(web)).monthlyLimit).toBe(5);
});

test('a pool that does not exist is not found', async () => {
  expect(refusal(await change('pool_none', { name: 'Any' }))).toBe('404 pool_not_found');
});

describe('the limits of a pool’s direct sub-pools never exceed its own limit', () => {
  test('when a pool is created', async () => {
    const web = await limited('Created below', root, 100);
    await limited('Most', web, 60.5);
    const reply = await create('Too much', web, 40);
    expect(refusal(reply)).toBe('422 monthly_limit_exceeded');
    expect(wrongFields(reply)).toEqual(['/monthlyLimit monthly_limit_exceeded']);
    expect(!reply.ok && reply.problem.detail).toBe(
      'The limits right below Created below would add up to 100.50; its own is 100.00.',
    );
    await limited('The rest', web, 39.5);
  });

  test('when one of them is raised', async () => {
    const web = await limited('Raised below', root, 100);
    const [shop] = [await limited('Shop', web, 50), await limited('Data', web, 50)];
    const reply = await change(shop, { monthlyLimit: 50.01 });
    expect(refusal(reply)).toBe('422 monthly_limit_exceeded');
    expect(wrongFields(reply)).toEqual(['/monthlyLimit monthly_limit_exceeded']);
    expect(!reply.ok && reply.problem.detail).toMatch(/ 100\.01; its own is 100\.00\.$/);
    take(await change(shop, { monthlyLimit: 49.99 }));
  });

  test('when its own limit is lowered, or set for the first time', async () => {
    const web = await newPool(organization, 'Lowered', root);
    await limited('Shop', web, 30);
    await limited('Data', web, 30);
    const reply = await change(web, { monthlyLimit: 59 });
    expect(refusal(reply)).toBe('422 monthly_limit_exceeded');
    expect(!reply.ok && reply.problem.detail).toMatch(/ 60\.00; its own is 59\.00\.$/);
    take(await change(web, { monthlyLimit: 60 }));
    expect(refusal(await change(web, { monthlyLimit: 59.99 }))).toBe('422 monthly_limit_exceeded');
  });

  test('when a pool is moved there', async () => {
    const web = await limited('Moved below', root, 100);
    await limited('Shop', web, 80);
    const data = await limited('Data', root, 20.01);
    const reply = await change(data, { parentId: web });
    expect(refusal(reply)).toBe('422 monthly_limit_exceeded');
    expect(wrongFields(reply)).toEqual(['/parentId monthly_limit_exceeded']);
    expect(!reply.ok && reply.problem.detail).toMatch(/ 100\.01; its own is 100\.00\.$/);
    take(await change(data, { parentId: web, monthlyLimit: 20 }));
  });

  test('and 0.10 and 0.20 fit into 0.30', async () => {
    const web = await limited('Cents', root, 0.3);
    await limited('A', web, 0.1);
    await limited('B', web, 0.2);
    expect(refusal(await create('C', web, 0.01))).toBe('422 monthly_limit_exceeded');
    await limited('D', web, 0);
  });

  test('and a pool without a limit, at either end, is not counted', async () => {
    const web = await limited('Counted', root, 10);
    const shop = await newPool(organization, 'Unlimited', web);
    await limited('More than Counted has', shop, 1_000);
    await limited('All of it', web, 10);
    expect(take(await change(web, { monthlyLimit: null }))).not.toHaveProperty('monthlyLimit');
    take(await change(shop, { monthlyLimit: 1_000 }));
  });
});

describe('the default owner of a pool', () => {
  test('can be any active user, and nobody else', async () => {
    const web = await newPool(organization, 'Owned', root);
    const [ben, gone] = [await newMember(stack, organization), await newMember(stack, organization)];
    const params = { ...organization.params, userId: gone.userId };
    take(await manager.client.removeUser({ params, query: { successorId: ben.userId } }));
    expect(take(await change(web, { defaultOwnerId: ben.userId })).defaultOwnerId).toBe(ben.userId);
    for (const [defaultOwnerId, code] of [
      [gone.userId, 'owner_inactive'],
      ['usr_none', 'unknown_user'],
    ] as const) {
      const reply = await change(web, { defaultOwnerId });
      expect(refusal(reply)).toBe(`422 ${code}`);
      expect(wrongFields(reply)).toEqual([`/defaultOwnerId ${code}`]);
    }
    expect((await get(web)).defaultOwnerId).toBe(ben.userId);
  });
});

describe('moving a pool', () => {
  test('changes the paths of its sub-pools, and requires a free name below the new parent', async () => {
    const [from, to] = [await newPool(organization, 'From', root), await newPool(organization, 'To', root)];
    const web = await newPool(organization, 'Web', from);
    const shop = await newPool(organization, 'Shop', web);
    expect(take(await change(web, { parentId: to }))).toMatchObject({ parentId: to, path: 'Acme / To / Web' });
    expect((await get(shop)).path).toBe('Acme / To / Web / Shop');
    const again = await newPool(organization, 'web', from);
    expect(refusal(await change(again, { parentId: to }))).toBe('409 pool_name_taken');
    take(await change(again, { parentId: to, name: 'Web 2' }));
  });

  test('a role on a pool above it applies at its new place, and no longer at its old one', async () => {
    const [from, to] = [await newPool(organization, 'Above', root), await newPool(organization, 'Beside', root)];
    const web = await newPool(organization, 'Web', from);
    const shop = await newPool(organization, 'Shop', web);
    const ofFrom = await newMember(stack, organization, [{ role: 'manager', poolId: from }]);
    const ofTo = await newMember(stack, organization, [{ role: 'manager', poolId: to }]);
    const ofWeb = await newMember(stack, organization, [{ role: 'manager', poolId: web }]);
    const mayEdit = async () =>
      Promise.all([ofFrom, ofTo, ofWeb].map(async (by) => (await change(shop, { name: 'Shop' }, by)).ok));
    expect(await mayEdit()).toEqual([true, false, true]);
    take(await change(web, { parentId: to }));
    expect(await mayEdit()).toEqual([false, true, true]);
  });

  test('a manager moves only from a pool in scope to a pool in scope', async () => {
    const [a, b, c] = [
      await newPool(organization, 'Scope A', root),
      await newPool(organization, 'Scope B', root),
      await newPool(organization, 'Out of scope', root),
    ];
    const [inA, inC] = [await newPool(organization, 'In A', a), await newPool(organization, 'In C', c)];
    const both = await newMember(stack, organization, [
      { role: 'manager', poolId: a },
      { role: 'manager', poolId: b },
      { role: 'engineer', poolId: c },
    ]);
    expect(refusal(await change(inA, { parentId: c }, both))).toBe('403 forbidden');
    expect(refusal(await change(inC, { parentId: a }, both))).toBe('403 forbidden');
    // The parent of the manager's own pool is a pool that they do not manage.
    expect(refusal(await change(a, { parentId: b }, both))).toBe('403 forbidden');
    expect(refusal(await change(inA, { parentId: root }, both))).toBe('403 forbidden');
    expect(take(await change(inA, { parentId: b }, both)).path).toBe('Acme / Scope B / In A');
  });

  test('a manager edits the assigned pool and its sub-pools, and no parent or sibling of it', async () => {
    const [mine, beside] = [await newPool(organization, 'Edited', root), await newPool(organization, 'Next', root)];
    const below = await newPool(organization, 'Below', mine);
    const by = await newMember(stack, organization, [{ role: 'manager', poolId: mine }]);
    for (const poolId of [mine, below])
      take(await change(poolId, { name: 'Renamed', monthlyLimit: 3, defaultOwnerId: by.userId }, by));
    for (const body of [{ name: 'No' }, { monthlyLimit: 3 }, { monthlyLimit: null }, { defaultOwnerId: by.userId }, {}])
      for (const poolId of [root, beside]) expect(refusal(await change(poolId, body, by))).toBe('403 forbidden');
    // Moving and editing in one request requires both rights.
    expect(refusal(await change(beside, { parentId: mine, name: 'No' }, by))).toBe('403 forbidden');
    const engineer = await newMember(stack, organization, [{ role: 'engineer', poolId: mine }]);
    expect(refusal(await change(mine, { name: 'No' }, engineer))).toBe('403 forbidden');
  });

  test('a pool cannot be moved below itself', async () => {
    const web = await newPool(organization, 'Circle', root);
    const shop = await newPool(organization, 'Shop', web);
    const deep = await newPool(organization, 'Deep', shop);
    for (const parentId of [web, shop, deep]) {
      const reply = await change(web, { parentId });
      expect(refusal(reply)).toBe('422 pool_under_itself');
      expect(wrongFields(reply)).toEqual(['/parentId pool_under_itself']);
    }
    expect((await get(deep)).path).toBe('Acme / Circle / Shop / Deep');
  });

  test('refuses a parent that does not exist, and one of another organization', async () => {
    const web = await newPool(organization, 'Lost', root);
    const foreign = await newOrganization(stack);
    for (const parentId of ['pool_none', foreign.rootPoolId]) {
      const reply = await change(web, { parentId });
      expect(refusal(reply)).toBe('422 unknown_pool');
      expect(wrongFields(reply)).toEqual(['/parentId unknown_pool']);
    }
  });

  test('refuses a parent if a sub-pool would then be on the eleventh level', async () => {
    let lowest = await newPool(organization, 'Level 2', root);
    for (let level = 3; level <= 8; level += 1) lowest = await newPool(organization, `Level ${level}`, lowest);
    const web = await newPool(organization, 'Three', root);
    const middle = await newPool(organization, 'Two', web);
    const bottom = await newPool(organization, 'One', middle);
    expect(refusal(await change(web, { parentId: lowest }))).toBe('422 pool_too_deep');
    take(await change(middle, { parentId: lowest }));
    expect((await get(bottom)).path).toMatch(/ \/ Level 8 \/ Two \/ One$/);
  });

  test('refuses a parent if the path of a sub-pool would get too long', async () => {
    const web = await newPool(organization, 'x'.repeat(100), root);
    let below = web;
    for (const letter of ['a', 'b', 'c', 'd']) below = await newPool(organization, letter.repeat(100), below);
    const deep = await newPool(organization, 'y'.repeat(100), root);
    expect(refusal(await change(web, { parentId: deep }))).toBe('422 pool_path_too_long');
    take(await change(web, { parentId: await newPool(organization, 'y', root) }));
  });
});

describe('the root pool', () => {
  test.each([
    ['renamed', { name: 'Other' }, '/name'],
    ['moved', { parentId: 'pool_none' }, '/parentId'],
    ['moved under itself', undefined, '/parentId'],
  ])('is not %s', async (_, body, pointer) => {
    const reply = await change(root, body ?? { parentId: root });
    expect(refusal(reply)).toBe('422 root_pool');
    expect(wrongFields(reply)).toEqual([`${pointer} root_pool`]);
  });

  test('can have a limit and a default owner like any other pool', async () => {
    const fresh = await newOrganization(stack, 'Limited');
    const ben = await newMember(stack, fresh);
    const reply = await fresh.manager.client.updatePool({
      params: { ...fresh.params, poolId: fresh.rootPoolId },
      body: { name: 'Limited', monthlyLimit: 10, defaultOwnerId: ben.userId },
    });
    expect(take(reply)).toMatchObject({ path: 'Limited', monthlyLimit: 10, defaultOwnerId: ben.userId });
    const over = { name: 'Over', parentId: fresh.rootPoolId, monthlyLimit: 11 };
    expect(refusal(await fresh.manager.client.createPool({ params: fresh.params, body: over }))).toBe(
      '422 monthly_limit_exceeded',
    );
  });
});
