import { beforeAll, describe, expect, test } from 'vitest';
import { actions } from '../../shared/roles/matrix.ts';
import {
  insertMember,
  newEmail,
  newMember,
  newOrganization,
  newPool,
  refusal,
  take,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { password, useStack } from '../support/stack.ts';
import { signInLocally } from '../../infra/local/sign-in.ts';

const stack = useStack();
let organization: TestOrganization;
let web: string;
let zoe: TestMember;
let anna: TestMember;

beforeAll(async () => {
  organization = await newOrganization(stack);
  web = await newPool(organization, 'Web', organization.rootPoolId);
  zoe = await newMember(stack, organization, [{ role: 'engineer', poolId: web }], 'Zoë de la Cruz');
  anna = await newMember(
    stack,
    organization,
    [{ role: 'manager', poolId: web }, { role: 'member' }],
    'Anna Annasdóttir',
  );
  await newMember(stack, organization, [{ role: 'member' }], 'bob Cruz');
});

const listNames = async (query: Parameters<typeof zoe.client.listUsers>[0]['query'] = {}) => {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = take(
      await zoe.client.listUsers({ params: organization.params, query: { ...query, ...(cursor && { cursor }) } }),
    );
    names.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor;
  } while (cursor);
  return names;
};

describe('the list of users', () => {
  test('is sorted by name', async () => {
    expect(await listNames({ limit: 2 })).toEqual(['Anna Annasdóttir', 'bob Cruz', 'Mara Manager', 'Zoë de la Cruz']);
  });

  test.each([
    ['cruz', ['Zoë de la Cruz', 'bob Cruz']],
    ['ZOE', ['Zoë de la Cruz']],
    ['zoë', ['Zoë de la Cruz']],
    ['de la', ['Zoë de la Cruz']],
    ['annas', ['Anna Annasdóttir']],
    ['manager.', ['Mara Manager']],
    ['cruz de', ['Zoë de la Cruz']],
    ['annasdottir, anna', ['Anna Annasdóttir']],
    ['cruz @example', ['Zoë de la Cruz', 'bob Cruz']],
    ['cruz @acme', []],
    ['ruz', []],
    ['\u2060b\u2060ob cruz…', ['bob Cruz']],
  ])(
    'can be searched by the beginnings of words of the name, of the address or of its domain: %s',
    async (search, names) => {
      expect(await listNames({ search })).toEqual(names);
      expect(await listNames({ search, limit: 1 })).toEqual(names);
    },
  );

  test('can be searched by an address with its domain in Unicode or in punycode', async () => {
    const other = await newOrganization(stack);
    const email = 'zora@xn--bcher-kva.example';
    await insertMember(other, [{ role: 'member' }], { email, name: 'Zora', personId: 'zora' });
    const { client } = other.manager;
    for (const search of [
      'zora@bücher.example',
      'ZORA@BÜCHER.EXAMPLE',
      email,
      'zora@\u2060xn--bcher',
      'zora@b\u200bücher',
    ])
      expect(take(await client.listUsers({ params: other.params, query: { search } })).items, search).toMatchObject([
        { email },
      ]);
    const { items } = take(await client.listUsers({ params: other.params, query: { search: 'zora@bücherei' } }));
    expect(items).toEqual([]);
  });

  test('shows a user once if two words match', async () => {
    expect(await listNames({ search: 'ann', limit: 1 })).toEqual(['Anna Annasdóttir']);
  });

  test('filters by role and by pool, and all filters together', async () => {
    expect(await listNames({ role: 'member' })).toEqual(['Anna Annasdóttir', 'bob Cruz']);
    expect(await listNames({ role: 'organization_manager' })).toEqual(['Mara Manager']);
    expect(await listNames({ poolId: web })).toEqual(['Anna Annasdóttir', 'Zoë de la Cruz']);
    expect(await listNames({ poolId: web, role: 'engineer' })).toEqual(['Zoë de la Cruz']);
    expect(await listNames({ poolId: web, role: 'manager', search: 'ann' })).toEqual(['Anna Annasdóttir']);
    expect(await listNames({ poolId: organization.rootPoolId })).toEqual([]);
  });

  test('shows each user as getUser does', async () => {
    const { items } = take(await zoe.client.listUsers({ params: organization.params }));
    for (const item of items)
      expect(take(await zoe.client.getUser({ params: { ...organization.params, userId: item.id } }))).toEqual(item);
  });

  test('accepts a cursor only with the filters that it belongs to', async () => {
    const page = take(await zoe.client.listUsers({ params: organization.params, query: { limit: 1 } }));
    const query = { role: 'member' as const, cursor: page.nextCursor ?? '' };
    expect(refusal(await zoe.client.listUsers({ params: organization.params, query }))).toBe('400 invalid_cursor');
  });
});

describe('a user', () => {
  test('shows the roles with pool names, the inviter and the day the user was last seen', async () => {
    const user = take(await zoe.client.getUser({ params: { ...organization.params, userId: zoe.userId } }));
    expect(user).toMatchObject({
      name: 'Zoë de la Cruz',
      status: 'active',
      roles: [{ role: 'engineer', poolId: web, poolName: 'Web' }],
      invitedBy: { id: organization.manager.userId, name: 'Mara Manager' },
      takenOverFrom: [],
      version: 1,
    });
    expect(user.lastSeenAt).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  test('requested as "me" also shows the rights of the user, and where they apply', async () => {
    const me = async (by: TestMember) => take(await by.client.getMyUser({ params: organization.params }));
    const right = (action: string, ...pools: { poolId: string; reach: string }[]) => ({
      action,
      anywhere: pools.length === 0,
      pools,
    });
    const asEngineer = await me(zoe);
    expect(asEngineer.id).toBe(zoe.userId);
    expect(asEngineer.permissions).toEqual([
      right('read'),
      right('edit_resource', { poolId: web, reach: 'own' }),
      right('leave_organization'),
    ]);
    expect((await me(anna)).permissions).toEqual([
      right('read'),
      right('create_pool', { poolId: web, reach: 'scope' }),
      right('edit_pool', { poolId: web, reach: 'scope' }),
      right('move_pool', { poolId: web, reach: 'scope' }),
      right('delete_pool', { poolId: web, reach: 'below' }),
      right('manage_resources', { poolId: web, reach: 'scope' }),
      right('edit_resource', { poolId: web, reach: 'scope' }),
      right('leave_organization'),
    ]);
    const asManager = (await me(organization.manager)).permissions;
    expect(asManager.filter(({ anywhere }) => !anywhere)).toEqual([
      right('delete_pool', { poolId: organization.rootPoolId, reach: 'below' }),
    ]);
    expect(asManager.map(({ action }) => action)).toEqual(actions);
  });

  test('that does not exist is not found', async () => {
    const params = { ...organization.params, userId: 'usr_none' };
    expect(refusal(await zoe.client.getUser({ params }))).toBe('404 user_not_found');
  });
});

test('only access tokens are accepted: an ID token gives no access', async () => {
  const email = newEmail();
  await stack.newPerson(email);
  const { cognito, api } = stack.endpoints;
  const { idToken } = await signInLocally(cognito, email, password);
  const headers = { authorization: `Bearer ${idToken}` };
  expect((await fetch(`${api}/v1/organizations`, { headers })).status).toBe(401);
  expect((await fetch(`${api}/v1/organizations`)).status).toBe(401);
  expect((await fetch(`${api}/v1/organizations`, { headers: { authorization: 'Bearer x.y.z' } })).status).toBe(401);
});
