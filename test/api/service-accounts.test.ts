import { beforeAll, describe, expect, test } from 'vitest';
import {
  everyPage,
  newMember,
  newOrganization,
  newPool,
  refusal,
  take,
  wrongFields,
  type TestOrganization,
} from '../support/organization.ts';
import { bind, bound, changeServiceAccount, deleteServiceAccount } from '../support/service-accounts.ts';
import { useStack, type Caller } from '../support/stack.ts';

/** There is one machine: each test binds it in an organization of its own. */
const stack = useStack();
let machine: Caller;
let clientId: string;

beforeAll(async () => {
  machine = await stack.machine();
  clientId = machine.personId;
});

const organizationManager = { role: 'organization_manager' as const };
const member = { role: 'member' as const };

const list = async ({ params, manager }: TestOrganization) =>
  everyPage((cursor) => manager.client.listServiceAccounts({ params, query: { limit: 1, ...cursor } }));

test('whoever lists service accounts in the first call of a day was seen on that day', async () => {
  const organization = await newOrganization(stack);
  const { params, manager } = organization;
  const today = async () => take(await manager.client.getMyUser({ params })).lastSeenAt;
  const before = await today();
  stack.advanceClock(24 * 60 * 60_000);
  await list(organization);
  const { items } = take(await manager.client.listUsers({ params }));
  expect(items[0]?.lastSeenAt).toBe(await today());
  expect(await today()).not.toBe(before);
});

describe('binding a machine', () => {
  test('gives it roles, and a place in the list', async () => {
    const organization = await newOrganization(stack);
    const web = await newPool(organization, 'Web', organization.rootPoolId);
    expect(refusal(await machine.client.listPools(organization))).toBe('404 organization_not_found');
    const account = take(await bind(organization, { clientId, roles: [{ role: 'manager', poolId: web }, member] }));
    expect(account).toMatchObject({
      name: 'Pipeline',
      clientId,
      roles: [{ role: 'manager', poolId: web, poolName: 'Web' }, member],
      version: 1,
    });
    expect(account.id).toMatch(/^svc_/);
    expect(await list(organization)).toEqual([account]);
    expect(take(await machine.client.listPools(organization)).items).toHaveLength(2);
    expect((await list(organization))[0]?.lastSeenAt).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  test('takes a client of the stage that signs in by itself: not the console’s, and none that nobody knows', async () => {
    const organization = await newOrganization(stack);
    for (const other of [stack.endpoints.cognito.clientId, 'nobody', organization.manager.personId]) {
      const reply = await bind(organization, { clientId: other });
      expect(refusal(reply)).toBe('422 unknown_client');
      expect(wrongFields(reply)).toEqual(['/clientId unknown_client']);
    }
    expect(await list(organization)).toEqual([]);
  });

  test('happens once for each organization, and again only once it is deleted', async () => {
    const organization = await newOrganization(stack);
    const first = await bound(organization, machine);
    expect(refusal(await bind(organization, { clientId }))).toBe('409 service_account_exists');
    take(await deleteServiceAccount(organization, first));
    const second = await bound(organization, machine);
    expect(second).not.toBe(first);
    expect((await list(organization)).map(({ id }) => id)).toEqual([second]);
  });

  test('names pools that exist', async () => {
    const organization = await newOrganization(stack);
    const reply = await bind(organization, { clientId, roles: [member, { role: 'manager', poolId: 'pool_none' }] });
    expect(refusal(reply)).toBe('422 unknown_pool');
    expect(wrongFields(reply)).toEqual(['/roles/1/poolId unknown_pool']);
  });

  test('is remembered under its Idempotency-Key', async () => {
    const { params, manager } = await newOrganization(stack);
    const body = { name: 'Once', clientId, roles: [member] };
    const create = () => manager.client.createServiceAccount({ params, body }, { idempotencyKey: 'bind' });
    expect(take(await create())).toEqual(take(await create()));
  });
});

test('only organization managers see, bind, change and delete service accounts', async () => {
  const organization = await newOrganization(stack);
  const { params, rootPoolId, manager } = organization;
  const serviceAccountId = await bound(organization, machine, [{ role: 'manager', poolId: rootPoolId }]);
  const ofRoot = await newMember(stack, organization, [{ role: 'manager', poolId: rootPoolId }]);
  for (const { client } of [ofRoot, machine])
    for (const reply of [
      await client.listServiceAccounts({ params }),
      await bind(organization, { clientId, by: { client } }),
      await client.changeServiceAccountRoles({ params: { ...params, serviceAccountId }, body: { roles: [member] } }),
      await client.deleteServiceAccount({ params: { ...params, serviceAccountId } }),
    ])
      expect(refusal(reply)).toBe('403 forbidden');
  // One that has the role itself is one.
  take(await changeServiceAccount(organization, serviceAccountId, [organizationManager]));
  expect(take(await machine.client.listServiceAccounts({ params })).items).toHaveLength(1);
  expect(refusal(await deleteServiceAccount(organization, manager.userId))).toBe('404 service_account_not_found');
  expect(refusal(await changeServiceAccount(organization, 'svc_none', [member]))).toBe('404 service_account_not_found');
});

describe('with the token of before, the next call', () => {
  test('has the roles that were given since, and is refused once they are taken', async () => {
    const organization = await newOrganization(stack);
    const { params, rootPoolId } = organization;
    const web = await newPool(organization, 'Web', rootPoolId);
    const id = await bound(organization, machine);
    const create = (name: string) =>
      machine.client.createPool({ params, body: { name, parentId: web, defaultOwnerId: organization.manager.userId } });
    expect(refusal(await create('Before'))).toBe('403 forbidden');
    const given = take(await changeServiceAccount(organization, id, [{ role: 'manager', poolId: web }]));
    expect([given.roles, given.version]).toEqual([[{ role: 'manager', poolId: web, poolName: 'Web' }], 2]);
    take(await create('With the role'));
    take(await changeServiceAccount(organization, id, [{ role: 'engineer', poolId: web }]));
    expect(refusal(await create('After'))).toBe('403 forbidden');
  });

  test('is refused once the service account is deleted', async () => {
    const organization = await newOrganization(stack);
    const id = await bound(organization, machine, [organizationManager]);
    take(await machine.client.listUsers(organization));
    expect((await deleteServiceAccount(organization, id)).status).toBe(204);
    expect(refusal(await machine.client.listUsers(organization))).toBe('404 organization_not_found');
    expect(refusal(await deleteServiceAccount(organization, id))).toBe('404 service_account_not_found');
    expect(refusal(await changeServiceAccount(organization, id, [member]))).toBe('404 service_account_not_found');
    expect(await list(organization)).toEqual([]);
  });
});

test('a change that was decided on an older version is refused', async () => {
  const organization = await newOrganization(stack);
  const id = await bound(organization, machine);
  const stale = { ifMatch: '"1"' };
  take(await changeServiceAccount(organization, id, [organizationManager], stale));
  expect(refusal(await changeServiceAccount(organization, id, [member], stale))).toBe('412 stale_version');
  expect(refusal(await deleteServiceAccount(organization, id, stale))).toBe('412 stale_version');
  take(await deleteServiceAccount(organization, id, { ifMatch: '"2"' }));
});

test('bound in two organizations it has in each what it was given there', async () => {
  const [mine, other] = [await newOrganization(stack, 'Mine'), await newOrganization(stack, 'Other')];
  const ids = [await bound(mine, machine, [organizationManager]), await bound(other, machine)];
  const mayInvite = async ({ params }: TestOrganization) => {
    const checks = [{ action: 'invite_users' as const }];
    return take(await machine.client.checkPermissions({ params, body: { checks } })).results[0]?.allowed;
  };
  expect([await mayInvite(mine), await mayInvite(other)]).toEqual([true, false]);
  const { items } = take(await machine.client.listOrganizations({}));
  expect(items.filter(({ id }) => [mine.id, other.id].includes(id)).map(({ name, userId }) => [name, userId])).toEqual([
    ['Mine', ids[0]],
    ['Other', ids[1]],
  ]);
  expect(refusal(await deleteServiceAccount(other, ids[0] ?? ''))).toBe('404 service_account_not_found');
  take(await deleteServiceAccount(mine, ids[0] ?? ''));
  expect(refusal(await machine.client.listPools(mine))).toBe('404 organization_not_found');
  expect(await mayInvite(other)).toBe(false);
});
