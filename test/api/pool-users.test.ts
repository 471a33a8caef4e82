import { beforeAll, describe, expect, test } from 'vitest';
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
import { useStack } from '../support/stack.ts';

const stack = useStack();
let organization: TestOrganization;
let web: string;
let shop: string;
let deep: string;

const people: Record<string, TestMember> = {};

beforeAll(async () => {
  organization = await newOrganization(stack);
  const { rootPoolId } = organization;
  web = await newPool(organization, 'Web', rootPoolId);
  shop = await newPool(organization, 'Shop', web);
  deep = await newPool(organization, 'Deep', shop);
  const data = await newPool(organization, 'Data', rootPoolId);
  const join = async (name: string, ...roles: Parameters<typeof newMember>[2] & object) => {
    people[name] = await newMember(stack, organization, roles, name);
  };
  await join('Second', { role: 'organization_manager' }, { role: 'manager', poolId: web });
  await join('Of the root', { role: 'engineer', poolId: rootPoolId });
  await join('Of Web', { role: 'manager', poolId: web });
  await join('Also of Web', { role: 'engineer', poolId: web }, { role: 'member' });
  await join('Of Shop', { role: 'engineer', poolId: shop });
  await join('Of both', { role: 'manager', poolId: web }, { role: 'engineer', poolId: shop });
  await join('Below only', { role: 'manager', poolId: deep });
  await join('Beside only', { role: 'manager', poolId: data });
  await join('Reader', { role: 'member' });
});

const access = (poolId: string, limit = 50, by: Pick<TestMember, 'client'> = organization.manager) =>
  everyPage((cursor) =>
    by.client.listPoolUsers({ params: { ...organization.params, poolId }, query: { limit, ...cursor } }),
  );

const inWords = async (poolId: string, limit?: number) =>
  (await access(poolId, limit)).map(({ user, role, through }) => [user.name, role, through?.poolName].join(', '));

const everywhere = ['Mara Manager, organization_manager, ', 'Second, organization_manager, '];
const ofRoot = ['Of the root, engineer, Acme'];
const ofWeb = ['Also of Web, engineer, Web', 'Of both, manager, Web', 'Of Web, manager, Web', 'Second, manager, Web'];
const ofShop = ['Of both, engineer, Shop', 'Of Shop, engineer, Shop'];

describe('the users of a pool', () => {
  test('include, on request, users with a role on a sub-pool, each with the pool of that role', async () => {
    const found = await everyPage((cursor) =>
      organization.manager.client.listPoolUsers({
        params: { ...organization.params, poolId: web },
        query: { limit: 2, subPools: 'true', ...cursor },
      }),
    );
    expect(found.map(({ user, role, through }) => [user.name, role, through?.poolName].join(', ')).toSorted()).toEqual(
      [...everywhere, ...ofRoot, ...ofWeb, ...ofShop, 'Below only, manager, Deep'].toSorted(),
    );
  });

  test('are the organization managers, and the managers and engineers of the pool and of each pool above it', async () => {
    expect(await inWords(shop, 2)).toEqual([...everywhere, ...ofRoot, ...ofWeb, ...ofShop]);
    expect(await inWords(web, 2)).toEqual([...everywhere, ...ofRoot, ...ofWeb]);
    expect(await inWords(organization.rootPoolId, 2)).toEqual([...everywhere, ...ofRoot]);
  });

  test('are shown with their ids and email addresses, to every member', async () => {
    const entries = await access(shop, 50, people.Reader);
    const { userId, email } = people['Of Shop'] ?? expect.unreachable();
    expect(entries.at(-1)).toEqual({
      user: { id: userId, name: 'Of Shop', email },
      role: 'engineer',
      through: { poolId: shop, poolName: 'Shop' },
    });
    expect(entries[0]).not.toHaveProperty('through');
  });

  test('reflect the current roles and the current parent of the pool', async () => {
    const { params, manager, rootPoolId } = organization;
    const team = await newPool(organization, 'Team', deep);
    const roles = [{ role: 'manager' as const, poolId: team }];
    const [gone, changed] = [
      await newMember(stack, organization, roles, 'Gone'),
      await newMember(stack, organization, roles, 'Changed'),
    ];
    const query = { successorId: manager.userId };
    take(await manager.client.removeUser({ params: { ...params, userId: gone.userId }, query }));
    const engineer = { role: 'engineer' as const, poolId: team };
    take(
      await manager.client.changeRoles({ params: { ...params, userId: changed.userId }, body: { roles: [engineer] } }),
    );
    expect((await inWords(team)).slice(-2)).toEqual(['Below only, manager, Deep', 'Changed, engineer, Team']);
    take(await manager.client.updatePool({ params: { ...params, poolId: team }, body: { parentId: rootPoolId } }));
    expect(await inWords(team)).toEqual([...everywhere, ...ofRoot, 'Changed, engineer, Team']);
  });

  test('cannot be listed for an unknown pool, or with the cursor of another pool', async () => {
    const { client } = organization.manager;
    const page = (poolId: string, query: object) =>
      client.listPoolUsers({ params: { ...organization.params, poolId }, query });
    expect(refusal(await page('pool_none', {}))).toBe('404 pool_not_found');
    const cursor = take(await page(shop, { limit: 1 })).nextCursor ?? expect.unreachable();
    expect(refusal(await page(web, { cursor }))).toBe('400 invalid_cursor');
  });
});

test('the users of a pool on the tenth level include those of all nine levels above it', async () => {
  let lowest = deep;
  const names = ['Web', 'Shop', 'Deep'];
  for (let level = 5; level <= 10; level += 1) {
    lowest = await newPool(organization, `Level ${level}`, lowest);
    names.push(`Level ${level}`);
    await newMember(stack, organization, [{ role: 'engineer', poolId: lowest }], `Of ${level}`);
  }
  const through = (await access(lowest)).flatMap((entry) => entry.through?.poolName ?? []);
  expect([...new Set(through)]).toEqual(['Acme', ...names]);
  expect(await access(lowest, 1)).toEqual(await access(lowest));
});
