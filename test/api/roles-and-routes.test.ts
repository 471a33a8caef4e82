import { beforeAll, describe, expect, test } from 'vitest';
import type { Route } from '../../shared/api/route.ts';
import { routes, type RouteName } from '../../shared/api/routes.ts';
import type { Role } from '../../shared/roles/role.ts';
import {
  newEmail,
  newMember,
  newOrganization,
  newPool,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { ofEachKind } from '../support/settings-kinds.ts';
import { useStack } from '../support/stack.ts';

/** Who gets past the door of each route. Typed by hand from the product's matrix: a route that is missing here fails. */
const everybody: Role[] = ['organization_manager', 'manager', 'engineer', 'member'];
const poolManagers: Role[] = ['organization_manager', 'manager'];
const poolEngineers: Role[] = [...poolManagers, 'engineer'];
const organizationManagers: Role[] = ['organization_manager'];
const doors: Record<string, Role[]> = {
  getOrganization: everybody,
  getTotals: everybody,
  updateOrganization: organizationManagers,
  listAuditEvents: organizationManagers,

  listUsers: everybody,
  getMyUser: everybody,
  getUser: everybody,
  getUserAssets: everybody,
  leaveOrganization: everybody,
  changeRoles: organizationManagers,
  adjustRoles: organizationManagers,
  changeRolesOfUsers: organizationManagers,
  removeUser: organizationManagers,
  removeUsers: organizationManagers,
  restoreUser: organizationManagers,

  listInvites: everybody,
  getInvite: everybody,
  inviteUsers: organizationManagers,
  updateInvite: organizationManagers,
  changeInvites: organizationManagers,
  resendInvite: organizationManagers,
  revokeInvite: organizationManagers,

  listPools: everybody,
  getPool: everybody,
  listPoolUsers: everybody,
  createPool: poolManagers,
  updatePool: poolManagers,
  deletePool: poolManagers,

  listResources: everybody,
  getResource: everybody,
  createResource: poolManagers,
  ingestResources: poolManagers,
  deleteResource: poolManagers,
  updateResource: poolEngineers,

  ...ofEachKind(({ managers, ...kind }) => ({
    [kind.list]: everybody,
    [kind.get]: everybody,
    [kind.create]: managers,
    [kind.update]: managers,
    [kind.delete]: managers,
  })),

  listServiceAccounts: organizationManagers,
  createServiceAccount: organizationManagers,
  changeServiceAccountRoles: organizationManagers,
  deleteServiceAccount: organizationManagers,

  checkPermissions: everybody,
};

const stack = useStack();
let organization: TestOrganization;
let web: string;
const members = new Map<Role, TestMember>();

beforeAll(async () => {
  organization = await newOrganization(stack);
  web = await newPool(organization, 'Web', organization.rootPoolId);
  members.set('organization_manager', await newMember(stack, organization, [{ role: 'organization_manager' }]));
  members.set('member', await newMember(stack, organization));
  for (const role of ['manager', 'engineer'] as const)
    members.set(role, await newMember(stack, organization, [{ role, poolId: web }]));
});

/** Bodies that pass the door's parsing; what they ask for need not exist. */
const bodies = (role: Role): Record<string, unknown> => {
  const resource = { name: 'Server', type: 'vm', poolId: web };
  const roles = [{ role: 'member' }];
  return {
    updateOrganization: { inviteExpiryDays: 7 },
    changeRoles: { roles },
    adjustRoles: { add: roles },
    changeRolesOfUsers: { action: 'add', roles, userIds: ['usr_none'] },
    removeUsers: { userIds: ['usr_none'], successorId: 'usr_nobody' },
    inviteUsers: { emails: [newEmail()], roles, dryRun: true },
    updateInvite: { roles },
    changeInvites: { action: 'revoke', ids: ['inv_none'] },
    createPool: { name: `Of ${role}`, parentId: web },
    updatePool: { name: 'Renamed' },
    createResource: resource,
    ingestResources: { items: [resource] },
    updateResource: { name: 'Renamed' },
    ...ofEachKind(({ create, newBody, update, change }) => ({ [create]: newBody(), [update]: change })),
    createServiceAccount: { name: 'Pipeline', clientId: 'none', roles },
    changeServiceAccountRoles: { roles },
    checkPermissions: { checks: [{ action: 'read' }] },
  };
};

const memberRoutes = Object.entries<Route>(routes).filter(
  ([, { access }]) => access !== 'public' && access !== 'person',
);

test('every route of members has a decision here, and nothing else has', () => {
  expect(new Set(Object.keys(doors))).toEqual(new Set(memberRoutes.map(([name]) => name)));
});

describe.each(memberRoutes.map(([name, row]) => ({ name: name as RouteName, row })))('$name', ({ name, row }) => {
  test.each(everybody)('as %s', async (role) => {
    const path = row.path.replace('{organizationId}', organization.id).replace(/\{(\w+)\}/g, '$1_none');
    const body = bodies(role)[name];
    const { status } = await fetch(stack.endpoints.api + path, {
      method: row.method,
      headers: { authorization: `Bearer ${members.get(role)?.accessToken}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    expect(status).not.toBe(400);
    expect(status < 500).toBe(true);
    expect(status !== 403).toBe(doors[name]?.includes(role));
  });
});
