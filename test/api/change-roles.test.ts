import { expect, test } from 'vitest';
import { insertPools, newMember, newOrganization, newPool, refusal, take } from '../support/organization.ts';
import { aUser, plantPreviousUsers } from '../support/planted.ts';
import { useStack } from '../support/stack.ts';
import type { RoleAssignment } from '../../shared/roles/role.ts';

const stack = useStack();

test('a changed role counts on the user’s next request, with the token of before', async () => {
  const organization = await newOrganization(stack);
  const { params, manager } = organization;
  const ben = await newMember(stack, organization);
  const invite = () =>
    ben.client.inviteUsers({ params, body: { emails: ['x@example.com'], roles: [{ role: 'member' }], dryRun: true } });
  expect(refusal(await invite())).toBe('403 forbidden');

  const change = (roles: RoleAssignment[]) =>
    manager.client.changeRoles({ params: { ...params, userId: ben.userId }, body: { roles } });
  expect(take(await change([{ role: 'organization_manager' }]))).toMatchObject({
    roles: [{ role: 'organization_manager' }],
    version: 2,
  });
  expect(take(await invite()).summary).toEqual({ created: 1 });

  const changes = await stack.noticesTo(ben.email);
  expect(changes.map(({ subject }) => subject)).toContain('Your roles in Acme changed');

  take(await change([{ role: 'member' }]));
  expect(refusal(await invite())).toBe('403 forbidden');
});

test('lists find a user by the new roles and no longer by the old ones', async () => {
  const organization = await newOrganization(stack);
  const { params, manager } = organization;
  const [web, data] = [
    await newPool(organization, 'Web', organization.rootPoolId),
    await newPool(organization, 'Data', organization.rootPoolId),
  ];
  const ben = await newMember(stack, organization, [{ role: 'manager', poolId: web }]);
  take(
    await manager.client.changeRoles({
      params: { ...params, userId: ben.userId },
      body: { roles: [{ role: 'engineer', poolId: data }, { role: 'member' }] },
    }),
  );
  const found = async (query: { role?: 'manager' | 'engineer' | 'member'; poolId?: string }) =>
    take(await manager.client.listUsers({ params, query })).items.map(({ id }) => id);
  expect(await found({ role: 'manager' })).toEqual([]);
  expect(await found({ poolId: web })).toEqual([]);
  expect(await found({ role: 'engineer' })).toEqual([ben.userId]);
  expect(await found({ role: 'member' })).toEqual([ben.userId]);
  expect(await found({ poolId: data })).toEqual([ben.userId]);
});

test('a user whom the previous version stored is found by the new roles, and by what people type', async () => {
  const organization = await newOrganization(stack);
  const { params, manager, rootPoolId } = organization;
  const [lukasz] = await plantPreviousUsers(organization.id, [aUser({ name: 'Łukasz Zając' })]);
  const found = async (query: { role?: 'engineer' | 'member'; search?: string }) =>
    take(await manager.client.listUsers({ params, query })).items.map(({ name }) => name);
  expect(await found({ role: 'member' })).toEqual(['Łukasz Zając']);
  expect(await found({ search: 'lukasz' })).toEqual([]);
  take(
    await manager.client.changeRoles({
      params: { ...params, userId: lukasz?.id ?? '' },
      body: { roles: [{ role: 'engineer', poolId: rootPoolId }] },
    }),
  );
  expect(await found({ role: 'member' })).toEqual([]);
  expect(await found({ role: 'engineer' })).toEqual(['Łukasz Zając']);
  expect(await found({ search: 'lukasz' })).toEqual(['Łukasz Zając']);
});

test('50 roles are replaced by 50 others, more than one transaction holds', async () => {
  const organization = await newOrganization(stack);
  const { params, manager } = organization;
  const names = Array.from({ length: 100 }, (_, index) => `Pool ${index}`);
  const pools = await insertPools(organization, names, organization.rootPoolId);
  const ben = await newMember(
    stack,
    organization,
    pools.slice(0, 50).map((poolId) => ({ role: 'manager', poolId })),
  );
  take(
    await manager.client.changeRoles({
      params: { ...params, userId: ben.userId },
      body: { roles: pools.slice(50).map((poolId) => ({ role: 'engineer', poolId })) },
    }),
  );
  const listed = async (poolId = '') =>
    take(await manager.client.listUsers({ params, query: { poolId } })).items.length;
  expect(await listed(pools[0])).toBe(0);
  expect(await listed(pools[99])).toBe(1);
});

test('the last organization manager cannot be demoted', async () => {
  const { params, manager } = await newOrganization(stack);
  const reply = await manager.client.changeRoles({
    params: { ...params, userId: manager.userId },
    body: { roles: [{ role: 'member' }] },
  });
  expect(refusal(reply)).toBe('409 last_organization_manager');
});

test('a change that was decided on an older version is refused', async () => {
  const organization = await newOrganization(stack);
  const { params, manager } = organization;
  const ben = await newMember(stack, organization);
  const change = (roles: RoleAssignment[], ifMatch: string) =>
    manager.client.changeRoles({ params: { ...params, userId: ben.userId }, body: { roles } }, { ifMatch });
  take(await change([{ role: 'organization_manager' }], '"1"'));
  expect(refusal(await change([{ role: 'member' }], '"1"'))).toBe('412 stale_version');
  take(await change([{ role: 'member' }], '"2"'));
});
