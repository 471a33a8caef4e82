import { beforeAll, describe, expect, test } from 'vitest';
import {
  newMember,
  newOrganization,
  newPool,
  refusal,
  take,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
let organization: TestOrganization;
let web: string;
let managerOfWeb: TestMember;

beforeAll(async () => {
  organization = await newOrganization(stack);
  web = await newPool(organization, 'Web', organization.rootPoolId);
  managerOfWeb = await newMember(stack, organization, [{ role: 'manager', poolId: web }]);
});

describe('creating a pool', () => {
  test('takes a parent, a name, and optionally an owner and a limit', async () => {
    const { params, manager } = organization;
    const body = { name: 'Shop', parentId: web, defaultOwnerId: managerOfWeb.userId, monthlyLimit: 1200.5 };
    const reply = await manager.client.createPool({ params, body });
    const pool = take(reply);
    expect(pool).toMatchObject({
      name: 'Shop',
      parentId: web,
      path: 'Acme / Web / Shop',
      defaultOwnerId: managerOfWeb.userId,
      monthlyLimit: 1200.5,
      version: 1,
    });
    expect(reply.headers.get('location')).toBe(`/v1/organizations/${params.organizationId}/pools/${pool.id}`);
    expect(take(await manager.client.getPool({ params: { ...params, poolId: pool.id } }))).toEqual(pool);
    expect(take(await manager.client.listPools({ params })).items).toContainEqual(pool);
  });

  test('is for managers inside their pools and below only', async () => {
    const { params } = organization;
    const create = (name: string, parentId: string) =>
      managerOfWeb.client.createPool({ params, body: { name, parentId } });
    const below = take(await create('Below', web));
    take(await create('Further below', below.id));
    expect(refusal(await create('Above', organization.rootPoolId))).toBe('403 forbidden');
    const engineer = await newMember(stack, organization, [{ role: 'engineer', poolId: web }, { role: 'member' }]);
    expect(refusal(await engineer.client.createPool({ params, body: { name: 'No', parentId: web } }))).toBe(
      '403 forbidden',
    );
  });

  test('refuses a name that a sibling has, in any case, also at once', async () => {
    const { params, manager } = organization;
    const create = (name: string, parentId: string) => manager.client.createPool({ params, body: { name, parentId } });
    const replies = await Promise.all(['Café', 'CAFÉ', 'cafe\u0301', ' Café '].map((name) => create(name, web)));
    expect(replies.filter(({ ok }) => ok)).toHaveLength(1);
    expect(replies.filter((reply) => !reply.ok).map(refusal)).toEqual(Array(3).fill('409 pool_name_taken'));
    take(await create('Café', organization.rootPoolId));
  });

  test('refuses the eleventh level', async () => {
    const { params, manager } = organization;
    let parentId = await newPool(organization, 'Deep', organization.rootPoolId);
    for (let depth = 3; depth <= 10; depth += 1) parentId = await newPool(organization, `Level ${depth}`, parentId);
    expect(refusal(await manager.client.createPool({ params, body: { name: 'Level 11', parentId } }))).toBe(
      '422 pool_too_deep',
    );
  });

  test('refuses an owner who is nobody here', async () => {
    const { params, manager } = organization;
    const body = { name: 'Owned', parentId: web, defaultOwnerId: 'usr_none' };
    const reply = await manager.client.createPool({ params, body });
    expect(refusal(reply)).toBe('422 unknown_user');
    expect(!reply.ok && reply.problem.errors).toEqual([
      { pointer: '/defaultOwnerId', code: 'unknown_user', detail: 'Name an active user.' },
    ]);
  });

  test('happens once for one Idempotency-Key', async () => {
    const { params, manager } = organization;
    const create = () =>
      manager.client.createPool({ params, body: { name: 'Once', parentId: web } }, { idempotencyKey: 'pool' });
    const [first, second] = [take(await create()), take(await create())];
    expect(second).toEqual(first);
  });
});

test('pools are listed parents first, and many created at once are all there', async () => {
  const fresh = await newOrganization(stack, 'Busy');
  await Promise.all(Array.from({ length: 4 }, (_, index) => newPool(fresh, `Pool ${index}`, fresh.rootPoolId)));
  const { items } = take(await fresh.manager.client.listPools({ params: fresh.params }));
  expect(items.map(({ path }) => path)).toEqual(['Busy', ...[0, 1, 2, 3].map((index) => `Busy / Pool ${index}`)]);
});
