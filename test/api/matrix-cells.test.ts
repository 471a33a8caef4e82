import { describe, expect, test } from 'vitest';
import type { Caller, Input, Operation, Route } from '../../shared/api/route.ts';
import { assetKinds, byKind, settingsKindNames } from '../../shared/asset-kinds.ts';
import { leaveOrganization, removeUser } from '../../shared/handover/remove-user.ts';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import { listAuditEvents } from '../../shared/organizations/list-audit-events.ts';
import { getOrganization } from '../../shared/organizations/get-organization.ts';
import { updateOrganization } from '../../shared/organizations/update-organization.ts';
import { checkPermissions } from '../../shared/permissions/check-permissions.ts';
import { createPool } from '../../shared/pools/create-pool.ts';
import { deletePool } from '../../shared/pools/delete-pool.ts';
import { updatePool } from '../../shared/pools/update-pool.ts';
import { createResource } from '../../shared/resources/create-resource.ts';
import { updateResource } from '../../shared/resources/update-resource.ts';
import type { Services } from '../../shared/ports.ts';
import type { Result } from '../../shared/result.ts';
import { actions, matrix, reaches, reachOf, type Action, type Reach } from '../../shared/roles/matrix.ts';
import { poolRoles, roles, type Role, type RoleAssignment } from '../../shared/roles/role.ts';
import { listServiceAccounts } from '../../shared/service-accounts/list-service-accounts.ts';
import { keys } from '../../shared/table/keys.ts';
import { update } from '../../shared/table/write.ts';
import { changeRoles } from '../../shared/users/change-roles.ts';
import { getMyUser } from '../../shared/users/get-my-user.ts';
import type { User } from '../../shared/users/user.ts';
import { callerOf, servicesOf } from '../support/operations.ts';
import { aManager, aUser, plantOrganization } from '../support/planted.ts';
import { meanwhile, outcomeOf } from '../support/races.ts';
import { testedKind } from '../support/settings-kinds.ts';
import { useStack } from '../support/stack.ts';

/**
 * Shows that the permission matrix alone decides. Each test changes one cell: it removes the reach of a role, or gives the role
 * the widest reach of the row if it had none. The route, its write condition, `users/me` and `permissions/check` must follow.
 */
useStack();

/** An organization whose subject has the role, with a target within the reach of that role for every action of the matrix. */
interface World {
  organizationId: string;
  params: { organizationId: string };
  subject: User;
  /** A user whose only role is Member. */
  other: User;
  /** The pool of the subject's role, the leaf below it that contains the subject's resource, and another pool below it. */
  web: string;
  leaf: string;
  shop: string;
  resourceId: string;
}

const succeed = async <R extends Route>(
  operation: Operation<R>,
  caller: Caller,
  input: Partial<Input<R>> & { params: object },
) => {
  const result = await call(operation, servicesOf(organizationOf(input)), caller, input);
  if (!result.ok) throw new Error(`The scene failed: ${result.error.code} ${result.error.detail ?? ''}`);
  return result.value;
};

const organizationOf = ({ params }: { params: object }): string =>
  (params as { organizationId: string }).organizationId;

const call = <R extends Route>(
  operation: Operation<R>,
  services: Services,
  caller: Caller,
  input: Partial<Input<R>> & { params: object },
) => operation(services)(caller, { query: {}, body: undefined, ...input } as Input<R>);

const assignmentOf = (role: Role, poolId: string): RoleAssignment => {
  const poolRole = poolRoles.find((each) => each === role);
  return poolRole ? { role: poolRole, poolId } : ({ role } as RoleAssignment);
};

const newWorld = async (role: Role): Promise<World> => {
  const [manager, subject, other] = [aManager(), aUser(), aUser()];
  const { id: organizationId, params, rootPoolId } = await plantOrganization([manager, subject, other]);
  const by = callerOf(manager);
  const pool = async (name: string, parentId: string) =>
    (await succeed(createPool, by, { params, body: { name, parentId } })).id;
  const web = await pool('Web', rootPoolId);
  const [leaf, shop] = [await pool('Leaf', web), await pool('Shop', web)];
  const resource = await succeed(createResource, by, {
    params,
    body: { name: 'Disk', type: 'disk', poolId: leaf, ownerId: subject.id, tags: {} },
  });
  await succeed(changeRoles, by, {
    params: { ...params, userId: subject.id },
    body: { roles: [assignmentOf(role, web)] },
  });
  await succeed(getOrganization, callerOf(subject), { params });
  return { organizationId, params, subject, other, web, leaf, shop, resourceId: resource.id };
};

type Attempt = (services: Services, world: World) => Promise<Result<unknown>>;

/** One call for each action, on a target that every reach of the subject includes. */
const attempts: Record<Action, Attempt> = {
  read: (services, { params, subject }) => call(getOrganization, services, callerOf(subject), { params }),
  read_audit_log: (services, { params, subject }) =>
    call(listAuditEvents, services, callerOf(subject), { params, query: { limit: 10 } }),
  change_settings: (services, { params, subject }) =>
    call(updateOrganization, services, callerOf(subject), { params, body: { inviteExpiryDays: 9 } }),
  invite_users: (services, { params, subject }) =>
    call(inviteUsers, services, callerOf(subject), {
      params,
      body: { emails: ['ada@example.com'], roles: [{ role: 'member' }], dryRun: false },
    }),
  change_roles: (services, { params, subject, other, web }) =>
    call(changeRoles, services, callerOf(subject), {
      params: { ...params, userId: other.id },
      body: { roles: [{ role: 'engineer', poolId: web }] },
    }),
  remove_users: (services, { params, subject, other }) =>
    call(removeUser, services, callerOf(subject), {
      params: { ...params, userId: other.id },
      query: { successorId: subject.id, pendingInvites: 'keep' },
    }),
  manage_service_accounts: (services, { params, subject }) =>
    call(listServiceAccounts, services, callerOf(subject), { params, query: { limit: 10 } }),
  check_permissions: (services, { params, subject, other }) =>
    call(checkPermissions, services, callerOf(subject), {
      params,
      body: { userId: other.id, checks: [{ action: 'read' }] },
    }),
  create_pool: (services, { params, subject, web }) =>
    call(createPool, services, callerOf(subject), { params, body: { name: 'New', parentId: web } }),
  edit_pool: (services, { params, subject, leaf }) =>
    call(updatePool, services, callerOf(subject), { params: { ...params, poolId: leaf }, body: { name: 'Renamed' } }),
  move_pool: (services, { params, subject, leaf, shop }) =>
    call(updatePool, services, callerOf(subject), { params: { ...params, poolId: leaf }, body: { parentId: shop } }),
  delete_pool: (services, { params, subject, leaf }) =>
    call(deletePool, services, callerOf(subject), { params: { ...params, poolId: leaf } }),
  ...byKind(settingsKindNames, (kind) => [
    assetKinds[kind].action,
    (services: Services, { params, subject }: World) => {
      const { operations, newBody } = testedKind(kind);
      return call(operations.create, services, callerOf(subject), { params, body: newBody() });
    },
  ]),
  manage_resources: (services, { params, subject, leaf }) =>
    call(createResource, services, callerOf(subject), {
      params,
      body: { name: 'Server', type: 'vm', poolId: leaf, tags: {} },
    }),
  edit_resource: (services, { params, subject, resourceId }) =>
    call(updateResource, services, callerOf(subject), { params: { ...params, resourceId }, body: { name: 'Renamed' } }),
  leave_organization: (services, { params, subject, other }) =>
    call(leaveOrganization, services, callerOf(subject), {
      params,
      query: { successorId: other.id, pendingInvites: 'revoke' },
    }),
};

const readOnly: ReadonlySet<Action> = new Set([
  'read',
  'read_audit_log',
  'manage_service_accounts',
  'check_permissions',
]);

/** Changes one cell of the matrix while `run` runs, and then restores it. */
const withCell = async (action: Action, role: Role, reach: Reach | undefined, run: () => Promise<void>) => {
  const row = matrix[action] as Partial<Record<Role, Reach>>;
  const before = row[role];
  const set = (value: Reach | undefined) => (value === undefined ? delete row[role] : (row[role] = value));
  set(reach);
  try {
    await run();
  } finally {
    set(before);
  }
};

/** The widest reach that any role has in the row of the action. `reaches` begins with the widest. */
const widestOf = (action: Action): Reach =>
  reaches.find((reach) => roles.some((role) => reachOf(action, role) === reach)) ?? 'anywhere';

const cells = actions.flatMap((action) =>
  roles.map((role) => {
    const reach = reachOf(action, role);
    return { action, role, changed: reach === undefined ? widestOf(action) : undefined, was: reach ?? 'none' };
  }),
);

/** Replaces the subject's role by Member. */
const demote = ({ organizationId, subject }: World) =>
  servicesOf(organizationId).table.transact([
    update(keys.membership(organizationId, subject.personId), { set: { assignments: ['member'] } }),
  ]);

test('a request that edits and manages a resource requires both rights', async () => {
  const world = await newWorld('manager');
  const { params, subject, resourceId } = world;
  const request = (body: object) =>
    call(updateResource, servicesOf(world.organizationId), callerOf(subject), {
      params: { ...params, resourceId },
      body,
    });
  await withCell('edit_resource', 'manager', undefined, async () => {
    expect(outcomeOf(await request({ name: 'Renamed', monthlyCost: 1 }))).toBe('forbidden');
    expect(outcomeOf(await request({ monthlyCost: 1 }))).toBe('done');
  });
  await withCell('manage_resources', 'manager', undefined, async () => {
    expect(outcomeOf(await request({ name: 'Renamed', monthlyCost: 2 }))).toBe('forbidden');
    expect(outcomeOf(await request({ name: 'Renamed' }))).toBe('done');
  });
});

describe.each(cells)('$action of $role, changed from $was to $changed', ({ action, role, changed }) => {
  /** Every user also has the rights of a Member. */
  const isAllowed = () => changed !== undefined || reachOf(action, 'member') !== undefined;

  test('changes the decisions of the route, users/me and permissions/check alike', async () => {
    const world = await newWorld(role);
    await withCell(action, role, changed, async () => {
      const services = servicesOf(world.organizationId);
      const { params, subject, leaf } = world;
      const outcome = outcomeOf(await attempts[action](services, world));
      expect(outcome, 'the route').toBe(isAllowed() ? 'done' : 'forbidden');
      if (action === 'leave_organization' && isAllowed()) return;
      const seen = action === 'read' && !isAllowed() ? 'forbidden' : 'done';
      const me = await call(getMyUser, services, callerOf(subject), { params });
      expect(outcomeOf(me), 'users/me').toBe(seen);
      if (!me.ok) return;
      expect(me.value.permissions.map((right) => right.action).includes(action), 'users/me').toBe(isAllowed());
      const target = action === 'edit_resource' ? { resourceId: world.resourceId } : { poolId: leaf };
      const gone = action === 'delete_pool' && isAllowed();
      const checked = await call(checkPermissions, services, callerOf(subject), {
        params,
        body: { checks: [{ action, ...(gone ? { poolId: world.shop } : target) }] },
      });
      expect(checked.ok && checked.value.results[0]?.allowed, 'permissions/check').toBe(isAllowed());
    });
  });

  if (changed !== undefined && !readOnly.has(action))
    test('is a condition of the write: a user who loses the role between the read and the write is refused', async () => {
      const world = await newWorld(role);
      await withCell(action, role, changed, async () => {
        const services = servicesOf(
          world.organizationId,
          meanwhile(() => demote(world)),
        );
        const outcome = outcomeOf(await attempts[action](services, world));
        expect(outcome).toBe(role === 'member' ? 'done' : 'forbidden');
      });
    });
});
