import { beforeAll, expect, test } from 'vitest';
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
let shop: string;
let managerOfWeb: TestMember;

beforeAll(async () => {
  organization = await newOrganization(stack);
  web = await newPool(organization, 'Web', organization.rootPoolId);
  shop = await newPool(organization, 'Shop', web);
  managerOfWeb = await newMember(stack, organization, [{ role: 'manager', poolId: web }]);
});

const check = (by: TestMember, body: Parameters<TestMember['client']['checkPermissions']>[0]['body']) =>
  by.client.checkPermissions({ params: organization.params, body });

test('each check says whether, and through which assignment or what it would take', async () => {
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
    { ...checks[1], allowed: false, needs: [takesOrganizationManager, { role: 'manager', reach: 'below' }] },
    { ...checks[2], allowed: false, needs: [takesOrganizationManager, { role: 'manager', reach: 'scope' }] },
    { ...checks[3], allowed: false, needs: [takesOrganizationManager] },
    { ...checks[4], allowed: true, through },
  ]);
});

test('about another user only an organization manager may ask', async () => {
  const body = { userId: managerOfWeb.userId, checks: [{ action: 'create_pool' as const, poolId: shop }] };
  expect(take(await check(organization.manager, body)).results[0]?.allowed).toBe(true);
  const about = { ...body, userId: organization.manager.userId };
  expect(refusal(await check(managerOfWeb, about))).toBe('403 forbidden');
  expect(take(await check(managerOfWeb, body)).results[0]?.allowed).toBe(true);
  expect(refusal(await check(organization.manager, { ...body, userId: 'usr_none' }))).toBe('404 user_not_found');
});

test('a pool that there is not is named, and 51 checks are refused', async () => {
  const reply = await check(managerOfWeb, {
    checks: [{ action: 'read' }, { action: 'create_pool', poolId: 'pool_none' }],
  });
  expect(refusal(reply)).toBe('422 unknown_pool');
  expect(!reply.ok && reply.problem.errors?.map(({ pointer }) => pointer)).toEqual(['/checks/1/poolId']);
  expect(refusal(await check(managerOfWeb, { checks: Array.from({ length: 51 }, () => ({ action: 'read' })) }))).toBe(
    '400 invalid_request',
  );
});
