import { beforeAll, describe, expect, test } from 'vitest';
import {
  inviteByMail,
  newEmail,
  newMember,
  newOrganization,
  newPool,
  newResource,
  refusal,
  take,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { password, useStack } from '../support/stack.ts';

const stack = useStack();
let organization: TestOrganization;
let root: string;
let manager: TestMember;

beforeAll(async () => {
  organization = await newOrganization(stack);
  ({ rootPoolId: root, manager } = organization);
});

const remove = (poolId: string, by: Pick<TestMember, 'client'> = manager, ifMatch?: string) =>
  by.client.deletePool({ params: { ...organization.params, poolId } }, ifMatch === undefined ? {} : { ifMatch });

const get = (poolId: string) => manager.client.getPool({ params: { ...organization.params, poolId } });

test('a pool is deleted once nothing stands below it, and its name is free again', async () => {
  const web = await newPool(organization, 'Web', root);
  const shop = await newPool(organization, 'Shop', web);
  expect(refusal(await remove(web))).toBe('409 pool_has_children');
  expect((await remove(shop)).status).toBe(204);
  take(await remove(web));
  expect(refusal(await get(web))).toBe('404 pool_not_found');
  expect(refusal(await remove(web))).toBe('404 pool_not_found');
  const again = await newPool(organization, 'WEB', root);
  const { items } = take(await manager.client.listPools({ params: organization.params }));
  expect(items.map(({ id }) => id)).toEqual([root, again]);
});

test('nobody deletes the root pool', async () => {
  expect(refusal(await remove(root))).toBe('422 root_pool');
  const fresh = await newOrganization(stack);
  const params = { ...fresh.params, poolId: fresh.rootPoolId };
  const ofRoot = await newMember(stack, fresh, [{ role: 'manager', poolId: fresh.rootPoolId }]);
  expect(refusal(await ofRoot.client.deletePool({ params }))).toBe('422 root_pool');
});

test('a manager deletes below the assigned pool, not the assigned pool itself, nor above or beside', async () => {
  const [mine, beside] = [await newPool(organization, 'Mine', root), await newPool(organization, 'Beside', root)];
  const below = await newPool(organization, 'Below', mine);
  const by = await newMember(stack, organization, [{ role: 'manager', poolId: mine }]);
  const engineer = await newMember(stack, organization, [{ role: 'engineer', poolId: mine }]);
  expect(refusal(await remove(below, engineer))).toBe('403 forbidden');
  expect(refusal(await remove(beside, by))).toBe('403 forbidden');
  take(await remove(below, by));
  expect(refusal(await remove(mine, by))).toBe('403 forbidden');
});

test('a pool that changed meanwhile is not deleted by who read it before', async () => {
  const web = await newPool(organization, 'Versions', root);
  const params = { ...organization.params, poolId: web };
  take(await manager.client.updatePool({ params, body: { monthlyLimit: 1 } }));
  expect(refusal(await remove(web, manager, '"1"'))).toBe('412 stale_version');
  take(await remove(web, manager, '"2"'));
});

test('its limit counts for nothing any more', async () => {
  const create = (name: string, parentId: string, monthlyLimit: number) =>
    manager.client.createPool({ params: organization.params, body: { name, parentId, monthlyLimit } });
  const web = take(await create('Limited', root, 10)).id;
  const shop = take(await create('Shop', web, 10)).id;
  expect(refusal(await create('Data', web, 1))).toBe('422 monthly_limit_exceeded');
  take(await remove(shop));
  take(await create('Data', web, 1));
});

test('what it held is its parent’s, over several deletions', async () => {
  const web = await newPool(organization, 'Holding', root);
  const shop = await newPool(organization, 'Shop', web);
  const deep = await newPool(organization, 'Deep', shop);
  const { id: resourceId } = await newResource(organization, deep);
  const poolOf = async () =>
    take(await manager.client.getResource({ params: { ...organization.params, resourceId } })).poolId;
  const ofWeb = await newMember(stack, organization, [{ role: 'manager', poolId: web }]);
  for (const [gone, heir] of [
    [deep, shop],
    [shop, web],
  ] as const) {
    take(await remove(gone));
    expect(await poolOf()).toBe(heir);
  }
  const params = { ...organization.params, resourceId };
  take(await ofWeb.client.updateResource({ params, body: { monthlyCost: 3 } }));
});

describe('roles on a deleted pool', () => {
  const roles = (poolId: string) => [{ role: 'manager' as const, poolId }];

  test('are dropped from users: not shown, not listed, and good for nothing, neither here nor in the parent', async () => {
    const web = await newPool(organization, 'Roles', root);
    const [shop, data] = [await newPool(organization, 'Shop', web), await newPool(organization, 'Data', web)];
    const ben = await newMember(stack, organization, [...roles(shop), { role: 'engineer', poolId: data }]);
    const mia = await newMember(stack, organization, roles(shop));
    take(await remove(shop));
    const shown = async ({ userId }: TestMember) =>
      take(await manager.client.getUser({ params: { ...organization.params, userId } })).roles;
    expect(await shown(ben)).toEqual([{ role: 'engineer', poolId: data, poolName: 'Data' }]);
    expect(await shown(mia)).toEqual([]);
    const me = take(await mia.client.getMyUser({ params: organization.params }));
    expect(me.permissions.map(({ action }) => action)).toEqual(['read', 'leave_organization']);
    for (const parentId of [web, root]) {
      const create = mia.client.createPool({ params: organization.params, body: { name: 'New', parentId } });
      expect(refusal(await create)).toBe('403 forbidden');
    }
    const inPool = manager.client.listUsers({ params: organization.params, query: { poolId: shop } });
    expect(refusal(await inPool)).toBe('422 unknown_pool');
    expect(take(await ben.client.listOrganizations({})).items[0]?.roles).toEqual(await shown(ben));
  });

  test('cannot be given any more', async () => {
    const web = await newPool(organization, 'Given', root);
    const ben = await newMember(stack, organization);
    take(await remove(web));
    const params = { ...organization.params, userId: ben.userId };
    expect(refusal(await manager.client.changeRoles({ params, body: { roles: roles(web) } }))).toBe('422 unknown_pool');
    const body = { emails: [newEmail()], roles: roles(web) };
    expect(refusal(await manager.client.inviteUsers({ params: organization.params, body }))).toBe('422 unknown_pool');
  });

  test('are dropped from pending invites, and accepting gives the others', async () => {
    const [web, data] = [await newPool(organization, 'Invited', root), await newPool(organization, 'Others', root)];
    const email = newEmail();
    const kept = { role: 'engineer' as const, poolId: data };
    const { token, inviteId } = await inviteByMail(stack, organization, email, [...roles(web), kept]);
    take(await remove(web));
    const shown = [{ ...kept, poolName: 'Others' }];
    const invite = take(await manager.client.getInvite({ params: { ...organization.params, inviteId } }));
    expect([invite.status, invite.roles]).toEqual(['pending', shown]);
    expect(take(await stack.anybody.lookUpInvite({ body: { token } })).roles).toEqual([
      { role: 'engineer', poolName: 'Others' },
    ]);
    const { userId } = take(await stack.anybody.acceptInvite({ body: { token, name: 'Ada', password } }));
    expect(take(await manager.client.getUser({ params: { ...organization.params, userId } })).roles).toEqual(shown);
  });

  test('leave nothing to accept where they were all that an invite gives', async () => {
    const web = await newPool(organization, 'Void', root);
    const { token } = await inviteByMail(stack, organization, newEmail(), roles(web));
    take(await remove(web));
    const accept = stack.anybody.acceptInvite({ body: { token, name: 'Ada', password } });
    expect(refusal(await accept)).toBe('410 invite_void');
  });

  test('leave an invite that needs roles: nothing is sent until it gets some, and then its link works again', async () => {
    const web = await newPool(organization, 'Revived', root);
    const email = newEmail();
    const { token, inviteId } = await inviteByMail(stack, organization, email, roles(web));
    const params = { ...organization.params, inviteId };
    take(await remove(web));
    for (const stored of [false, true]) {
      if (stored) await stack.drain();
      expect(take(await manager.client.getInvite({ params }))).toMatchObject({ status: 'needs_roles', roles: [] });
      const ofStatus = { params: organization.params, query: { status: 'needs_roles' as const, search: email } };
      expect(take(await manager.client.listInvites(ofStatus)).items.map(({ id }) => id)).toEqual([inviteId]);
    }
    stack.advanceClock(2 * 60_000);
    expect(refusal(await manager.client.resendInvite({ params }))).toBe('409 invite_needs_roles');
    stack.advanceClock(6 * 24 * 60 * 60_000);
    await stack.drain();
    expect(await stack.mailsTo(email)).toHaveLength(1);

    const other = [{ role: 'member' as const }];
    expect(take(await manager.client.updateInvite({ params, body: { roles: other } })).status).toBe('pending');
    expect(take(await stack.anybody.lookUpInvite({ body: { token } })).roles).toEqual(other);
  });

  test('leave an invite that gives way to a new one to its address', async () => {
    const web = await newPool(organization, 'Replaced', root);
    const email = newEmail();
    const { inviteId } = await inviteByMail(stack, organization, email, roles(web));
    take(await remove(web));
    const body = { emails: [email], roles: [{ role: 'member' as const }] };
    expect(take(await manager.client.inviteUsers({ params: organization.params, body })).summary).toEqual({
      created: 1,
    });
    const call = { params: { ...organization.params, inviteId } };
    expect(take(await manager.client.getInvite(call)).status).toBe('revoked');
    await stack.drain();
    expect(take(await manager.client.getInvite(call)).status).toBe('revoked');
  });
});
