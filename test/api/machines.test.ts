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
  wrongFields,
  type TestOrganization,
} from '../support/organization.ts';
import { bound, changeServiceAccount, deleteServiceAccount } from '../support/service-accounts.ts';
import { password, useStack, type Caller } from '../support/stack.ts';

/** There is one machine: each test binds it in an organization of its own. */
const stack = useStack();
let machine: Caller;

beforeAll(async () => {
  machine = await stack.machine();
});

const organizationManager = { role: 'organization_manager' as const };
const member = { role: 'member' as const };

test('as manager of a pool it ingests resources there, and nowhere else', async () => {
  const organization = await newOrganization(stack);
  const { params, manager, rootPoolId } = organization;
  const [web, data] = [await newPool(organization, 'Web', rootPoolId), await newPool(organization, 'Data', rootPoolId)];
  await bound(organization, machine, [{ role: 'manager', poolId: web }]);
  const items = [web, data].map((poolId, index) => ({ name: `Server ${index}`, type: 'vm', poolId }));
  const { results } = take(await machine.client.ingestResources({ params, body: { items } }));
  expect(results.map(({ outcome, code }) => code ?? outcome)).toEqual(['created', 'forbidden']);
  expect(results[0]?.resource).toMatchObject({ poolId: web, ownerId: manager.userId });
});

test('it owns nothing', async () => {
  const organization = await newOrganization(stack);
  const { params, manager, rootPoolId } = organization;
  const ownerId = await bound(organization, machine, [organizationManager]);
  const resource = await newResource(organization, rootPoolId);
  const quota = { type: 'quota' as const, name: 'Few', metric: 'resource_count' as const, maximum: 3 };
  const source = { type: 'aws' as const, name: 'Main', accountId: '1' };
  const policy = take(await manager.client.createPolicy({ params, body: quota }));
  const dataSource = take(await manager.client.createDataSource({ params, body: source }));
  const server = { name: 'Server', type: 'vm', poolId: rootPoolId, ownerId };
  const pool = { name: 'Owned', parentId: rootPoolId };
  const another = { ...source, accountId: '2' };
  for (const { client } of [manager, machine]) {
    const refused = {
      '/ownerId': [
        await client.createResource({ params, body: server }),
        await client.updateResource({ params: { ...params, resourceId: resource.id }, body: { ownerId } }),
        await client.createPolicy({ params, body: { ...quota, ownerId } }),
        await client.updatePolicy({ params: { ...params, policyId: policy.id }, body: { ownerId } }),
        await client.createDataSource({ params, body: { ...another, ownerId } }),
        await client.updateDataSource({ params: { ...params, dataSourceId: dataSource.id }, body: { ownerId } }),
      ],
      '/defaultOwnerId': [
        await client.createPool({ params, body: { ...pool, defaultOwnerId: ownerId } }),
        await client.updatePool({ params: { ...params, poolId: rootPoolId }, body: { defaultOwnerId: ownerId } }),
      ],
      '/filters/ownerIds/0': [
        await client.createPolicy({
          params,
          body: { ...quota, ownerId: manager.userId, filters: { ownerIds: [ownerId] } },
        }),
      ],
    };
    for (const [pointer, replies] of Object.entries(refused))
      for (const reply of replies) {
        expect(refusal(reply)).toBe('422 unknown_user');
        expect(wrongFields(reply)).toEqual([`${pointer} unknown_user`]);
      }
    const { results } = take(await client.ingestResources({ params, body: { items: [server] } }));
    expect(results).toMatchObject([{ outcome: 'refused', code: 'unknown_user' }]);
  }
  // What it makes without naming an owner would be its own; a resource is the pool’s default owner’s.
  for (const [pointer, reply] of [
    ['/defaultOwnerId', await machine.client.createPool({ params, body: pool })],
    ['/ownerId', await machine.client.createPolicy({ params, body: quota })],
    ['/ownerId', await machine.client.createDataSource({ params, body: another })],
  ] as const)
    expect(wrongFields(reply)).toEqual([`${pointer} unknown_user`]);
  const { ownerId: _, ...unowned } = server;
  expect(take(await machine.client.createResource({ params, body: unowned })).ownerId).toBe(manager.userId);
});

describe('it is no user', () => {
  test('not in lists, not by its id, and not to itself', async () => {
    const organization = await newOrganization(stack);
    const { params, manager, rootPoolId } = organization;
    const userId = await bound(organization, machine, [organizationManager, { role: 'manager', poolId: rootPoolId }]);
    for (const query of [{}, { role: 'organization_manager' as const }, { poolId: rootPoolId }, { search: 'pipe' }]) {
      const { items } = take(await manager.client.listUsers({ params, query }));
      expect(items.map(({ id }) => id)).not.toContain(userId);
    }
    const access = take(await manager.client.listPoolUsers({ params: { ...params, poolId: rootPoolId } })).items;
    expect(access.map(({ user }) => user.id)).toEqual([manager.userId]);
    const it = { params: { ...params, userId } };
    const successor = { successorId: manager.userId };
    for (const reply of [
      await machine.client.getMyUser({ params }),
      await machine.client.leaveOrganization({ params, query: successor }),
      await manager.client.getUser(it),
      await manager.client.changeRoles({ ...it, body: { roles: [member] } }),
      await manager.client.removeUser({ ...it, query: successor }),
    ])
      expect(refusal(reply)).toBe('404 user_not_found');
  });

  test('and nobody’s successor', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const successorId = await bound(organization, machine, [organizationManager]);
    const ben = await newMember(stack, organization);
    for (const reply of [
      await manager.client.removeUser({ params: { ...params, userId: ben.userId }, query: { successorId } }),
      await ben.client.leaveOrganization({ params, query: { successorId } }),
    ]) {
      expect(refusal(reply)).toBe('422 successor_unknown');
      expect(wrongFields(reply)).toEqual(['?successorId successor_unknown']);
    }
  });

  test('and does not count as an organization manager: the last person who is one stays', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    await bound(organization, machine, [organizationManager]);
    const ben = await newMember(stack, organization);
    const it = { params: { ...params, userId: manager.userId } };
    const query = { successorId: ben.userId, pendingInvites: 'revoke' as const };
    for (const reply of [
      await manager.client.leaveOrganization({ params, query }),
      await machine.client.removeUser({ ...it, query }),
      ...(await Promise.all(
        [manager, machine].map(({ client }) => client.changeRoles({ ...it, body: { roles: [member] } })),
      )),
    ])
      expect(refusal(reply)).toBe('409 last_organization_manager');
  });

  test('and founds no organization', async () => {
    expect(refusal(await machine.client.createOrganization({ body: { name: 'Of machines' } }))).toMatch(/^40[13] /);
  });
});

test('as organization manager it does what one does', async () => {
  const organization = await newOrganization(stack);
  const { params, manager } = organization;
  await bound(organization, machine, [organizationManager]);
  const byMachine = { ...organization, manager: { ...manager, client: machine.client } };
  const { token } = await inviteByMail(stack, byMachine, newEmail());
  const { userId } = take(await stack.anybody.acceptInvite({ body: { token, name: 'Ada', password } }));
  const ada = take(await manager.client.getUser({ params: { ...params, userId } }));
  expect(ada.invitedBy?.name).toBe('Pipeline');
  const to = { params: { ...params, userId } };
  take(
    await machine.client.changeRoles({
      ...to,
      body: { roles: [{ role: 'engineer', poolId: organization.rootPoolId }] },
    }),
  );
  take(await machine.client.removeUser({ ...to, query: { successorId: manager.userId } }));
});

describe('invites that it sent', () => {
  test.each([
    ['deleted', (organization: TestOrganization, id: string) => deleteServiceAccount(organization, id)],
    ['demoted', (organization: TestOrganization, id: string) => changeServiceAccount(organization, id, [member])],
  ])('live on under whoever %s it', async (_, end) => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const id = await bound(organization, machine, [organizationManager]);
    const byMachine = { ...organization, manager: { ...manager, client: machine.client } };
    const { token, inviteId } = await inviteByMail(stack, byMachine, newEmail());
    const invite = async () => take(await manager.client.getInvite({ params: { ...params, inviteId } }));
    expect((await invite()).invitedBy).toEqual({ id, name: 'Pipeline' });
    take(await end(organization, id));
    const passed = {
      status: 'pending',
      invitedBy: { id, name: 'Pipeline' },
      responsible: { id: manager.userId, name: 'Mara Manager' },
    };
    expect(await invite()).toMatchObject(passed);
    await stack.drain();
    expect(await invite()).toMatchObject(passed);
    take(await stack.anybody.acceptInvite({ body: { token, name: 'Ada', password } }));
  });
});

test('the audit log names it, also once it is deleted', async () => {
  const organization = await newOrganization(stack);
  const { params, manager } = organization;
  const id = await bound(organization, machine, [organizationManager]);
  take(await machine.client.updateOrganization({ params, body: { inviteExpiryDays: 3 } }));
  take(await deleteServiceAccount(organization, id));
  const events = async (query: { actorId?: string; targetId?: string }) =>
    take(await manager.client.listAuditEvents({ params, query })).items;
  expect(await events({ actorId: id })).toMatchObject([
    { action: 'settings_changed', actor: { id, name: 'Pipeline' } },
  ]);
  expect((await events({ targetId: id })).map(({ action }) => action)).toEqual([
    'service_account_removed',
    'service_account_created',
  ]);
});

test('it may ask what another user may do, whatever its own roles', async () => {
  const organization = await newOrganization(stack);
  const { params, manager } = organization;
  await bound(organization, machine);
  const ask = (userId: string) =>
    machine.client.checkPermissions({ params, body: { userId, checks: [{ action: 'invite_users' }] } });
  expect(take(await ask(manager.userId)).results).toMatchObject([{ allowed: true }]);
  expect(refusal(await ask('usr_none'))).toBe('404 user_not_found');
});
