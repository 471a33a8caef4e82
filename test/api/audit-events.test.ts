import { beforeAll, expect, test } from 'vitest';
import {
  everyPage,
  inviteByMail,
  invitedMember,
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
import { bound, changeServiceAccount, deleteServiceAccount } from '../support/service-accounts.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
let organization: TestOrganization;
let ben: TestMember;
let serviceAccountId: string;
/** The ids of the items that the tests changed, by name. */
let changed: Record<string, string>;

beforeAll(async () => {
  organization = await newOrganization(stack);
  const { params, manager } = organization;
  const { client } = manager;
  const poolId = await newPool(organization, 'Web', organization.rootPoolId);
  ben = await invitedMember(stack, organization);
  const { inviteId } = await inviteByMail(stack, organization, newEmail());
  const roles = [{ role: 'engineer' as const, poolId }];
  take(await client.changeRoles({ params: { ...params, userId: ben.userId }, body: { roles } }));
  take(await client.revokeInvite({ params: { ...params, inviteId } }));
  const query = { successorId: manager.userId };
  take(await client.removeUser({ params: { ...params, userId: ben.userId }, query }));

  const shop = { params: { ...params, poolId: await newPool(organization, 'Shop', poolId) } };
  take(await client.updatePool({ ...shop, body: { name: 'Store', monthlyLimit: 10 } }));
  take(await client.deletePool(shop));

  const aws = { type: 'aws' as const, name: 'Main', accountId: '1' };
  const source = take(await client.createDataSource({ params, body: aws })).id;
  const theSource = { params: { ...params, dataSourceId: source } };
  take(await client.updateDataSource({ ...theSource, body: { name: 'First' } }));

  const { id: resourceId } = await newResource(organization, poolId, { name: 'Server' });
  take(await client.updateResource({ params: { ...params, resourceId }, body: { tags: { env: 'test' } } }));
  take(await client.deleteResource({ params: { ...params, resourceId } }));

  const budget = { type: 'budget' as const, name: 'Little', amount: 1 };
  const policyId = take(await client.createPolicy({ params, body: budget })).id;
  take(await client.updatePolicy({ params: { ...params, policyId }, body: { amount: 2 } }));
  take(await client.deletePolicy({ params: { ...params, policyId } }));

  const machine = await stack.machine();
  serviceAccountId = await bound(organization, machine);
  take(await changeServiceAccount(organization, serviceAccountId, [{ role: 'manager', poolId }]));
  const ingest = async (name: string) => {
    const items = ['a', 'b'].map((externalId) => ({ name, type: 'vm', poolId, dataSourceId: source, externalId }));
    return take(await machine.client.ingestResources({ params, body: { items } })).results;
  };
  const [ingested] = await ingest('New');
  await ingest('Renamed');
  await ingest('Renamed');
  take(await deleteServiceAccount(organization, serviceAccountId));
  take(await client.deleteDataSource(theSource));
  take(await client.updateOrganization({ params, body: { inviteExpiryDays: 3 } }));
  changed = {
    pool: poolId,
    subPool: shop.params.poolId,
    invite: inviteId,
    user: ben.userId,
    successor: manager.userId,
    source,
    resource: resourceId,
    ingested: ingested?.resource?.id ?? '',
    policy: policyId,
    serviceAccount: serviceAccountId,
    settings: organization.id,
    nothing: 'usr_none',
  };
});

const list = (query: { actorId?: string; targetId?: string }, limit = 50) =>
  everyPage((cursor) =>
    organization.manager.client.listAuditEvents({
      params: organization.params,
      query: { ...query, limit, ...cursor },
    }),
  );

const everything = [
  'settings_changed',
  'data_source_deleted',
  'service_account_removed',
  'resources_ingested',
  'resources_ingested',
  'service_account_roles_changed',
  'service_account_created',
  'policy_deleted',
  'policy_changed',
  'policy_created',
  'resource_deleted',
  'resource_changed',
  'resource_created',
  'data_source_changed',
  'data_source_created',
  'pool_deleted',
  'pool_changed',
  'pool_created',
  'user_removed',
  'invite_revoked',
  'roles_changed',
  'invites_created',
  'invite_accepted',
  'invites_created',
  'pool_created',
  'organization_created',
];

test('the audit log lists every change, newest first', async () => {
  const events = await list({}, 7);
  expect(events.map(({ action }) => action)).toEqual(everything);
  for (const { requestId } of events) expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
});

test('an event shows the actor, the targets and the details of the change', async () => {
  const events = await list({});
  const { manager } = organization;
  const found = (action: string) => events.find((event) => event.action === action);
  expect(found('user_removed')).toMatchObject({
    actor: { id: manager.userId, name: 'Mara Manager' },
    targets: [ben.userId, manager.userId],
    details: { pendingInvites: 'revoke_managers' },
  });
  expect(found('pool_changed')).toMatchObject({
    targets: [changed.subPool],
    details: { before: { name: 'Shop' }, after: { name: 'Store', monthlyLimit: 10 } },
  });
  expect(found('pool_deleted')).toMatchObject({
    targets: [changed.subPool, changed.pool],
    details: { name: 'Store', parentId: changed.pool },
  });
  expect(found('data_source_changed')?.details).toEqual({ before: { name: 'Main' }, after: { name: 'First' } });
  expect(found('resource_changed')?.details).toEqual({ tags: ['env'] });
  expect(found('policy_changed')?.details).toMatchObject({ before: { content: { amount: 1 } } });
  expect(found('service_account_roles_changed')?.details).toEqual({
    before: ['member'],
    after: [`manager@${changed.pool}`],
  });
  expect(found('resources_ingested')).toMatchObject({
    actor: { id: serviceAccountId, name: 'Pipeline' },
    targets: expect.arrayContaining([changed.ingested]) as string[],
  });
});

test('the filter by actor returns exactly the events of that actor', async () => {
  const all = await list({});
  const actors = [organization.manager.userId, ben.userId, serviceAccountId, 'usr_none'];
  for (const actorId of actors)
    expect(await list({ actorId }, 7)).toEqual(all.filter(({ actor }) => actor?.id === actorId));
  expect(actors.map((id) => all.filter(({ actor }) => actor?.id === id).length > 0)).toEqual([true, true, true, false]);
});

test('the filter by target returns exactly the events on that target, alone and combined with an actor', async () => {
  const all = await list({});
  const met = new Set<string>();
  for (const targetId of Object.values(changed)) {
    const onTarget = all.filter(({ targets }) => targets.includes(targetId));
    for (const { action } of onTarget) met.add(action);
    expect(await list({ targetId }, 7)).toEqual(onTarget);
    for (const actorId of [ben.userId, serviceAccountId])
      expect(await list({ targetId, actorId }, 7)).toEqual(onTarget.filter(({ actor }) => actor?.id === actorId));
  }
  expect(met).toEqual(new Set(everything));
});

test('a request that changes nothing and a request that is refused are not logged', async () => {
  const { params, manager } = organization;
  const pool = { params: { ...params, poolId: changed.pool ?? '' } };
  const before = await list({});
  take(await manager.client.updatePool({ ...pool, body: { name: 'Web' } }));
  expect(refusal(await manager.client.updatePool({ ...pool, body: { parentId: pool.params.poolId } }))).toBe(
    '422 pool_under_itself',
  );
  expect(await list({})).toEqual(before);
});

test('only organization managers can read the audit log', async () => {
  const member = await newMember(stack, organization, [{ role: 'manager', poolId: changed.pool ?? '' }]);
  expect(refusal(await member.client.listAuditEvents({ params: organization.params }))).toBe('403 forbidden');
});
