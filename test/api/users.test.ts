import { beforeAll, describe, expect, test } from 'vitest';
import {
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

beforeAll(async () => {
  organization = await newOrganization(stack);
  web = await newPool(organization, 'Web', organization.rootPoolId);
  zoe = await newMember(stack, organization, [{ role: 'engineer', poolId: web }], 'Zoë de la Cruz');
  await newMember(stack, organization, [{ role: 'manager', poolId: web }, { role: 'member' }], 'Anna Annasdóttir');
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
  test.each([1, 2, 7, 100])('is by name, and the same in pages of %i', async (limit) => {
    expect(await listNames({ limit })).toEqual(['Anna Annasdóttir', 'bob Cruz', 'Mara Manager', 'Zoë de la Cruz']);
  });

  test.each([
    ['cruz', ['Zoë de la Cruz', 'bob Cruz']],
    ['ZOE', ['Zoë de la Cruz']],
    ['zoë', ['Zoë de la Cruz']],
    ['de la', ['Zoë de la Cruz']],
    ['annas', ['Anna Annasdóttir']],
    ['manager.', ['Mara Manager']],
    ['ruz', []],
  ])('finds by the beginning of the address or of any word: %s', async (search, names) => {
    expect(await listNames({ search })).toEqual(names);
    expect(await listNames({ search, limit: 1 })).toEqual(names);
  });

  test('shows somebody once whom two words match', async () => {
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

  test('shows each user as it is shown alone', async () => {
    const { items } = take(await zoe.client.listUsers({ params: organization.params }));
    for (const item of items)
      expect(take(await zoe.client.getUser({ params: { ...organization.params, userId: item.id } }))).toEqual(item);
  });

  test('takes a cursor only with the filters it came from', async () => {
    const page = take(await zoe.client.listUsers({ params: organization.params, query: { limit: 1 } }));
    const query = { role: 'member' as const, cursor: page.nextCursor ?? '' };
    expect(refusal(await zoe.client.listUsers({ params: organization.params, query }))).toBe('400 invalid_cursor');
  });
});

describe('a user', () => {
  test('shows roles with pool names, who invited it and the day it was seen', async () => {
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

  test('asked for as "me" adds what the person may do', async () => {
    const asMember = take(await zoe.client.getMyUser({ params: organization.params }));
    expect(asMember.id).toBe(zoe.userId);
    expect(asMember.permissions).toEqual(['read', 'edit_resource', 'leave_organization']);
    const asManager = take(await organization.manager.client.getMyUser({ params: organization.params }));
    expect(asManager.permissions).toContain('remove_users');
  });

  test('whom nobody has is not found', async () => {
    const params = { ...organization.params, userId: 'usr_none' };
    expect(refusal(await zoe.client.getUser({ params }))).toBe('404 user_not_found');
  });
});

test('an ID token opens nothing: only access tokens do', async () => {
  const email = newEmail();
  await stack.newPerson(email);
  const { cognito, api } = stack.endpoints;
  const { idToken } = await signInLocally(cognito, email, password);
  const headers = { authorization: `Bearer ${idToken}` };
  expect((await fetch(`${api}/v1/organizations`, { headers })).status).toBe(401);
  expect((await fetch(`${api}/v1/organizations`)).status).toBe(401);
  expect((await fetch(`${api}/v1/organizations`, { headers: { authorization: 'Bearer x.y.z' } })).status).toBe(401);
});
