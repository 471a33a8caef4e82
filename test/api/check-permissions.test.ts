import { beforeAll, describe, expect, test } from 'vitest';
import { checkPermissions } from '../../shared/permissions/check-permissions.ts';
import { meter } from '../support/measure.ts';
import { servicesOf } from '../support/operations.ts';
import {
  newMember,
  newOrganization,
  newPool,
  newResource,
  refusal,
  take,
  wrongFields,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { bound } from '../support/service-accounts.ts';
import { useStack, type Caller } from '../support/stack.ts';

const stack = useStack();
let organization: TestOrganization;
let web: string;
let shop: string;
let managerOfWeb: TestMember;
let engineerOfWeb: TestMember;

beforeAll(async () => {
  organization = await newOrganization(stack);
  web = await newPool(organization, 'Web', organization.rootPoolId);
  shop = await newPool(organization, 'Shop', web);
  managerOfWeb = await newMember(stack, organization, [{ role: 'manager', poolId: web }]);
  engineerOfWeb = await newMember(stack, organization, [{ role: 'engineer', poolId: web }]);
});

const check = (by: Pick<Caller, 'client'>, body: Parameters<TestMember['client']['checkPermissions']>[0]['body']) =>
  by.client.checkPermissions({ params: organization.params, body });

test('each check shows whether it is allowed, and either the assignment that allows it or the roles that would', async () => {
  const checks = [
    { action: 'create_pool' as const, poolId: shop },
    { action: 'delete_pool' as const, poolId: web },
    { action: 'create_pool' as const, poolId: organization.rootPoolId },
    { action: 'invite_users' as const },
    { action: 'read' as const },
  ];
  const through = { role: 'manager', poolId: web, poolName: 'Web' };
  const takesOrganizationManager = { role: 'organization_manager', reach: 'anywhere' };
  expect(take(await check(managerOfWeb, { checks })).results).toEqual([
    { ...checks[0], allowed: true, through },
    {
      ...checks[1],
      allowed: false,
      needs: [
        { role: 'organization_manager', reach: 'below' },
        { role: 'manager', reach: 'below' },
      ],
    },
    { ...checks[2], allowed: false, needs: [takesOrganizationManager, { role: 'manager', reach: 'scope' }] },
    { ...checks[3], allowed: false, needs: [takesOrganizationManager] },
    { ...checks[4], allowed: true, through },
  ]);
});

test('only organization managers and service accounts can check the permissions of another user', async () => {
  const body = { userId: managerOfWeb.userId, checks: [{ action: 'create_pool' as const, poolId: shop }] };
  expect(take(await check(organization.manager, body)).results[0]?.allowed).toBe(true);
  const about = { ...body, userId: organization.manager.userId };
  expect(refusal(await check(managerOfWeb, about))).toBe('403 forbidden');
  expect(take(await check(managerOfWeb, body)).results[0]?.allowed).toBe(true);
  expect(refusal(await check(organization.manager, { ...body, userId: 'usr_none' }))).toBe('404 user_not_found');
  const machine = await stack.machine();
  const serviceAccountId = await bound(organization, machine);
  expect(take(await check(machine, body)).results[0]?.allowed).toBe(true);
  expect(take(await check(machine, { ...body, userId: serviceAccountId })).results[0]?.allowed).toBe(false);
  const gone = await newMember(stack, organization);
  const query = { successorId: organization.manager.userId };
  const params = { ...organization.params, userId: gone.userId };
  take(await organization.manager.client.removeUser({ params, query }));
  expect(refusal(await check(machine, { ...body, userId: gone.userId }))).toBe('404 user_not_found');
});

describe('a check on a resource', () => {
  const edit = 'edit_resource' as const;
  const manage = 'manage_resources' as const;

  test('depends on the pool and the owner of the resource', async () => {
    const own = (await newResource(organization, shop, { ownerId: engineerOfWeb.userId })).id;
    const others = (await newResource(organization, shop)).id;
    const beside = (await newResource(organization, organization.rootPoolId, { ownerId: engineerOfWeb.userId })).id;
    const allowed = async (by: Pick<Caller, 'client'>, action: typeof edit | typeof manage, userId?: string) => {
      const checks = [own, others, beside].map((resourceId) => ({ action, resourceId }));
      const { results } = take(await check(by, { checks, ...(userId !== undefined && { userId }) }));
      return results.map((result) => result.allowed);
    };
    expect(await allowed(engineerOfWeb, edit)).toEqual([true, false, false]);
    expect(await allowed(engineerOfWeb, manage)).toEqual([false, false, false]);
    expect(await allowed(managerOfWeb, edit)).toEqual([true, true, false]);
    expect(await allowed(managerOfWeb, manage)).toEqual([true, true, false]);
    expect(await allowed(organization.manager, manage)).toEqual([true, true, true]);
    // `own` refers to the user whose permissions are checked, not to the caller.
    expect(await allowed(organization.manager, edit, engineerOfWeb.userId)).toEqual([true, false, false]);
  });

  test('shows the assignment that allows it, or the roles that would', async () => {
    const { id: resourceId } = await newResource(organization, shop, { ownerId: engineerOfWeb.userId });
    const checks = [
      { action: edit, resourceId },
      { action: manage, resourceId },
    ];
    expect(take(await check(engineerOfWeb, { checks })).results).toEqual([
      { ...checks[0], allowed: true, through: { role: 'engineer', poolId: web, poolName: 'Web' } },
      {
        ...checks[1],
        allowed: false,
        needs: [
          { role: 'organization_manager', reach: 'anywhere' },
          { role: 'manager', reach: 'scope' },
        ],
      },
    ]);
  });

  test('uses the current owner and the current pool of the resource', async () => {
    const leaver = await newMember(stack, organization);
    const team = await newPool(organization, 'Team', shop);
    const { id: resourceId } = await newResource(organization, team, { ownerId: leaver.userId });
    const allowed = async () =>
      take(await check(engineerOfWeb, { checks: [{ action: edit, resourceId }] })).results[0]?.allowed;
    const { params, manager } = organization;
    take(await manager.client.deletePool({ params: { ...params, poolId: team } }));
    expect(await allowed()).toBe(false);
    const query = { successorId: engineerOfWeb.userId };
    take(await manager.client.removeUser({ params: { ...params, userId: leaver.userId }, query }));
    expect(await allowed()).toBe(true);
  });

  test('must name an existing resource, and must not name a pool as well', async () => {
    const foreign = await newOrganization(stack);
    for (const resourceId of ['res_none', (await newResource(foreign, foreign.rootPoolId)).id]) {
      const reply = await check(managerOfWeb, { checks: [{ action: 'read' }, { action: edit, resourceId }] });
      expect(refusal(reply)).toBe('422 unknown_resource');
      expect(wrongFields(reply)).toEqual(['/checks/1/resourceId unknown_resource']);
    }
    const { id: resourceId } = await newResource(organization, shop);
    const both = await check(managerOfWeb, { checks: [{ action: edit, resourceId, poolId: shop }] });
    expect(refusal(both)).toBe('400 invalid_request');
    expect(wrongFields(both)).toEqual(['/checks/0/poolId pool_or_resource']);
  });
});

test('a role on a deleted pool allows nothing', async () => {
  const team = await newPool(organization, 'Gone', web);
  const by = await newMember(stack, organization, [{ role: 'manager', poolId: team }]);
  const { params, manager } = organization;
  take(await manager.client.deletePool({ params: { ...params, poolId: team } }));
  const { results } = take(await check(by, { checks: [{ action: 'read' }, { action: 'create_pool', poolId: web }] }));
  expect(results).toMatchObject([{ allowed: true, through: { role: 'member' } }, { allowed: false }]);
});

test('a request has at most 50 checks', async () => {
  const ask = (number: number) =>
    check(managerOfWeb, { checks: Array.from({ length: number }, () => ({ action: 'read' as const })) });
  expect(take(await ask(50)).results).toHaveLength(50);
  expect(refusal(await ask(51))).toBe('400 invalid_request');
});

test('an unknown pool is refused with its field', async () => {
  const reply = await check(managerOfWeb, {
    checks: [{ action: 'read' }, { action: 'create_pool', poolId: 'pool_none' }],
  });
  expect(refusal(reply)).toBe('422 unknown_pool');
  expect(wrongFields(reply)).toEqual(['/checks/1/poolId unknown_pool']);
});

describe('50 checks that name pools cost', () => {
  /** Requests to the table of the whole call, the read of the caller’s rights included. `known`: an earlier call cached the pools. */
  const requestsOf = async (by: Caller, userId: string | undefined, known: boolean): Promise<number> => {
    // The first request of a day also stores when the user was last seen, which must not be counted here.
    take(await by.client.getOrganization(organization));
    const { cost, measured } = meter();
    const services = servicesOf(organization.id, measured);
    const run = async () => {
      const checks = Array.from({ length: 50 }, (_, index) => ({
        action: 'create_pool' as const,
        poolId: index % 2 === 0 ? web : shop,
      }));
      const body = { checks, ...(userId !== undefined && { userId }) };
      const input = { params: organization.params, query: {}, body };
      return checkPermissions(services)({ personId: by.personId, requestId: 'r' }, input);
    };
    if (known) await run();
    cost.requests = 0;
    expect(await run()).toMatchObject({ ok: true });
    return cost.requests;
  };

  test('1 request for the caller or for another user, and 1 more if the pools are not cached yet', async () => {
    const { manager } = organization;
    const counted = [
      await requestsOf(managerOfWeb, undefined, true),
      await requestsOf(managerOfWeb, undefined, false),
      await requestsOf(manager, managerOfWeb.userId, true),
      await requestsOf(manager, managerOfWeb.userId, false),
    ];
    expect(counted).toEqual([1, 2, 1, 2]);
  });
});
