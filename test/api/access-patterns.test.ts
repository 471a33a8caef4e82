import { beforeAll, expect, test } from 'vitest';
import type { Input, Operation, Route } from '../../shared/api/route.ts';
import { getUserAssets } from '../../shared/handover/get-user-assets.ts';
import { leaveOrganization, removeUser } from '../../shared/handover/remove-user.ts';
import { removeUsers } from '../../shared/handover/remove-users.ts';
import { restoreUser } from '../../shared/handover/restore-user.ts';
import { acceptInvite } from '../../shared/invites/accept-invite.ts';
import { blockOrganization } from '../../shared/invites/block-organization.ts';
import { unblockOrganization } from '../../shared/invites/unblock-organization.ts';
import { changeInvites } from '../../shared/invites/change-invites.ts';
import { declineInvite } from '../../shared/invites/decline-invite.ts';
import { getInvite } from '../../shared/invites/get-invite.ts';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import { listInvites } from '../../shared/invites/list-invites.ts';
import { lookUpInvite } from '../../shared/invites/look-up-invite.ts';
import { requestNewInvite } from '../../shared/invites/request-new-invite.ts';
import { resendInvite } from '../../shared/invites/resend-invite.ts';
import { revokeInvite } from '../../shared/invites/revoke-invite.ts';
import { updateInvite } from '../../shared/invites/update-invite.ts';
import { acceptMyInvite } from '../../shared/me/accept-my-invite.ts';
import { declineMyInvite } from '../../shared/me/decline-my-invite.ts';
import { getMe } from '../../shared/me/get-me.ts';
import { listMyInvites } from '../../shared/me/list-my-invites.ts';
import { getNotifications } from '../../shared/me/get-notifications.ts';
import { updateNotifications } from '../../shared/me/update-notifications.ts';
import { updateMe } from '../../shared/me/update-me.ts';
import { createOrganization } from '../../shared/organizations/create-organization.ts';
import { getOrganization } from '../../shared/organizations/get-organization.ts';
import { listAuditEvents } from '../../shared/organizations/list-audit-events.ts';
import { listOrganizations } from '../../shared/organizations/list-organizations.ts';
import { updateOrganization } from '../../shared/organizations/update-organization.ts';
import { checkPermissions } from '../../shared/permissions/check-permissions.ts';
import { createPool } from '../../shared/pools/create-pool.ts';
import { deletePool } from '../../shared/pools/delete-pool.ts';
import { getPool } from '../../shared/pools/get-pool.ts';
import { listPools } from '../../shared/pools/list-pools.ts';
import { listPoolUsers } from '../../shared/pools/list-pool-users.ts';
import { updatePool } from '../../shared/pools/update-pool.ts';
import { parseOrganization } from '../../shared/organizations/organization.ts';
import type { Services } from '../../shared/ports.ts';
import { createResource } from '../../shared/resources/create-resource.ts';
import { deleteResource } from '../../shared/resources/delete-resource.ts';
import { getResource } from '../../shared/resources/get-resource.ts';
import { ingestResources } from '../../shared/resources/ingest-resources.ts';
import { listResources } from '../../shared/resources/list-resources.ts';
import { updateResource } from '../../shared/resources/update-resource.ts';
import { changeServiceAccountRoles } from '../../shared/service-accounts/change-service-account-roles.ts';
import { createServiceAccount } from '../../shared/service-accounts/create-service-account.ts';
import { deleteServiceAccount } from '../../shared/service-accounts/delete-service-account.ts';
import { listServiceAccounts } from '../../shared/service-accounts/list-service-accounts.ts';
import { keys } from '../../shared/table/keys.ts';
import type { AccessPattern } from '../../shared/table/access-pattern.ts';
import { accessPatterns, specialCases } from '../../shared/table/access-patterns.ts';
import { entryVersion } from '../../shared/table/schema.ts';
import { update } from '../../shared/table/write.ts';
import { getTotals } from '../../shared/totals/get-totals.ts';
import { adjustRoles } from '../../shared/users/adjust-roles.ts';
import { changeRolesOfUsers } from '../../shared/users/change-roles-of-users.ts';
import { changeRoles } from '../../shared/users/change-roles.ts';
import { getMyUser } from '../../shared/users/get-my-user.ts';
import { getUser } from '../../shared/users/get-user.ts';
import { listUsers } from '../../shared/users/list-users.ts';
import { later } from '../support/clock.ts';
import { meter, type Cost } from '../support/measure.ts';
import {
  inviteByMail,
  invitedMember,
  newEmail,
  newestBlockToken,
  newestToken,
  newMember,
  newOrganization,
  newPool,
  take,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { servicesOf } from '../support/operations.ts';
import { aUser, plantUsers } from '../support/planted.ts';
import { callOf, ofEachKind, type TestedKind } from '../support/settings-kinds.ts';
import { password, useStack } from '../support/stack.ts';

const stack = useStack();
const day = 24 * 60 * 60_000;
let organization: TestOrganization;
let web: string;
let members: TestMember[];

beforeAll(async () => {
  organization = await newOrganization(stack);
  web = await newPool(organization, 'Web', organization.rootPoolId);
  members = [];
  for (let count = 0; count < 9; count += 1)
    members.push(await invitedMember(stack, organization, [{ role: 'engineer', poolId: web }]));
});

type Result = Promise<{ ok: boolean; error?: unknown }>;

/**
 * The requests of an operation to the table in a function that has already cached the organization's pools. If there is a
 * caller, an earlier call has also stored that the caller was seen today, so this write is not counted.
 */
const costOf = async (
  run: (services: Services) => Result,
  caller?: { id: string; personId: string },
): Promise<Cost> => {
  const { cost, measured, reset } = meter();
  const services = servicesOf(caller?.id, measured);
  const knowing = servicesOf(organization.id);
  if (caller) {
    const { id, personId } = caller;
    const pools = { params: { organizationId: id }, query: {}, body: undefined };
    expect(await listPools(services)({ personId, requestId: 'r' }, pools)).toMatchObject({ ok: true });
  } else {
    const { treeVersion } = parseOrganization(await knowing.table.get(keys.organization(organization.id)));
    await services.poolTree(knowing.table, organization.id, treeVersion);
  }
  reset();
  const result = await run(services);
  expect(result).toMatchObject({ ok: true });
  return cost;
};

type Given<R extends Route> = Partial<Pick<Input<R>, 'query' | 'body'>> & { params?: Record<string, string> };

/** The cost of an operation that the organization manager or another user calls. */
const byMember = async <R extends Route>(
  operation: Operation<R>,
  { params = {}, ...given }: Given<R>,
  by: TestMember = organization.manager,
): Promise<Cost> => {
  const caller = { personId: by.personId, requestId: 'r' };
  const input = { query: {}, body: undefined, ...given, params: { ...organization.params, ...params } };
  return costOf((services) => operation(services)(caller, input as unknown as Input<R>), {
    id: organization.id,
    personId: by.personId,
  });
};

/** The cost of an operation that requires no membership. Without `personId` the caller is not signed in. */
const byPerson = <R extends Route>(
  operation: Operation<R>,
  { params = {}, ...given }: Given<R>,
  personId = '',
): Promise<Cost> => {
  const input = { query: {}, body: undefined, ...given, params };
  return costOf((services) => operation(services)({ personId, requestId: 'r' }, input as unknown as Input<R>));
};

const limit = { limit: 10 };
const create = async <T extends { id: string }>(reply: Promise<Parameters<typeof take<T>>[0]>) => take(await reply).id;
const client = () => organization.manager.client;
const newResource = (given: { dataSourceId?: string } = {}) =>
  create(
    client().createResource({
      params: organization.params,
      body: { name: 'Disk', type: 'disk', poolId: web, ...given },
    }),
  );
const newDataSource = () => {
  const body = { type: 'aws' as const, name: 'Main', accountId: newEmail() };
  return create(client().createDataSource({ params: organization.params, body }));
};
/** Creates an asset of the kind. Returns the path parameter with its id. */
const newOf = async ({ create: route, newBody, idParameter }: TestedKind) => ({
  [idParameter]: await create(callOf(client(), route)({ params: organization.params, body: newBody() })),
});
const newServiceAccount = async () => {
  const { personId } = await stack.machine();
  const { items } = take(await client().listServiceAccounts({ params: organization.params }));
  const bound = items.find(({ clientId }) => clientId === personId);
  if (bound) return bound.id;
  const body = { name: 'Pipeline', clientId: personId, roles: [{ role: 'manager' as const, poolId: web }] };
  return create(client().createServiceAccount({ params: organization.params, body }));
};
/** Resources of two data sources. */
const newResources = async () => {
  for (let count = 0; count < 2; count += 1) await newResource({ dataSourceId: await newDataSource() });
};
const invited = async () => (await inviteByMail(stack, organization, newEmail())).inviteId;
const tokenForBlocking = async () => {
  const email = newEmail();
  await inviteByMail(stack, organization, email);
  return newestBlockToken(stack, email);
};
const manyResources = () =>
  Array.from({ length: 100 }, (_, index) => ({ name: `Disk ${index}`, type: 'disk', poolId: web, tags: {} }));
/** A person with an account and a pending invite to the organization. */
const invitee = async () => {
  const person = await stack.newPerson(newEmail());
  const { inviteId } = await inviteByMail(stack, organization, person.email);
  return { ...person, params: { ...organization.params, inviteId } };
};
/** The operation with a clock that is ahead by this time. */
const afterwards =
  <R extends Route>(operation: Operation<R>, milliseconds: number): Operation<R> =>
  (services) =>
    operation(later(services, milliseconds));

/** Calls each route of a kind of asset that is stored among the settings. */
const runsOf = (kind: TestedKind): Record<string, () => Promise<Cost>> => {
  const { operations, change } = kind;
  return {
    [kind.list]: async () => {
      await newOf(kind);
      return byMember(operations.list, { query: limit });
    },
    [kind.create]: () => byMember(operations.create, { body: kind.newBody() }),
    [kind.get]: async () => byMember(operations.get, { params: await newOf(kind) }),
    [kind.update]: async () => byMember(operations.update, { params: await newOf(kind), body: change }),
    [kind.delete]: async () => byMember(operations.delete, { params: await newOf(kind) }),
  };
};

const runs: Record<string, () => Promise<Cost>> = {
  ...ofEachKind((kind) => runsOf(kind)),
  getMe: async () => byPerson(getMe, {}, organization.manager.personId),
  updateMe: async () => byPerson(updateMe, { body: { name: 'Mara Renamed' } }, organization.manager.personId),
  getNotifications: async () => byPerson(getNotifications, {}, organization.manager.personId),
  updateNotifications: async () =>
    byPerson(
      updateNotifications,
      { body: { kinds: { new_invite_requested: false } } },
      (await stack.newPerson(newEmail())).personId,
    ),
  listMyInvites: async () => byPerson(listMyInvites, { query: limit }, (await invitee()).personId),
  acceptMyInvite: async () => {
    const { personId, params } = await invitee();
    return byPerson(acceptMyInvite, { params }, personId);
  },
  declineMyInvite: async () => {
    const { personId, params } = await invitee();
    return byPerson(declineMyInvite, { params }, personId);
  },
  createOrganization: async () =>
    byPerson(createOrganization, { body: { name: 'New' } }, (await stack.newPerson(newEmail())).personId),
  listOrganizations: () => byPerson(listOrganizations, { query: limit }, organization.manager.personId),
  getOrganization: () => byMember(getOrganization, {}),
  updateOrganization: () => byMember(updateOrganization, { body: { name: 'Renamed' } }),
  getTotals: () => byMember(getTotals, {}),
  listAuditEvents: () => byMember(listAuditEvents, { query: limit }),
  listUsers: () => byMember(listUsers, { query: limit }),
  getMyUser: () => byMember(getMyUser, {}),
  getUser: () => byMember(getUser, { params: { userId: organization.manager.userId } }),
  getUserAssets: () => byMember(getUserAssets, { params: { userId: organization.manager.userId } }),
  changeRoles: () =>
    byMember(changeRoles, {
      params: { userId: members.at(-1)?.userId ?? '' },
      body: { roles: [{ role: 'manager', poolId: web }] },
    }),
  adjustRoles: () =>
    byMember(adjustRoles, {
      params: { userId: members.at(-1)?.userId ?? '' },
      body: { add: [{ role: 'engineer', poolId: web }] },
    }),
  changeRolesOfUsers: () =>
    byMember(changeRolesOfUsers, {
      body: {
        action: 'replace',
        roles: [{ role: 'manager', poolId: web }],
        userIds: [members.at(-1)?.userId ?? ''],
        dryRun: false,
      },
    }),
  removeUsers: async () => {
    const { userId } = await newMember(stack, organization, [{ role: 'organization_manager' }]);
    return byMember(removeUsers, {
      body: { userIds: [userId], successorId: members[0]?.userId ?? '', pendingInvites: 'keep', dryRun: false },
    });
  },
  removeUser: async () => {
    const { userId } = await newMember(stack, organization, [{ role: 'organization_manager' }]);
    return byMember(removeUser, {
      params: { userId },
      query: { successorId: members[0]?.userId, pendingInvites: 'keep' },
    });
  },
  leaveOrganization: async () => {
    const leaver = await newMember(stack, organization, [{ role: 'member' }]);
    return byMember(leaveOrganization, { query: { successorId: members[0]?.userId, pendingInvites: 'keep' } }, leaver);
  },
  restoreUser: async () => {
    const { userId } = await newMember(stack, organization, [{ role: 'member' }]);
    const params = { ...organization.params, userId };
    take(await client().removeUser({ params, query: { successorId: organization.manager.userId } }));
    return byMember(restoreUser, { params: { userId } });
  },
  checkPermissions: () =>
    byMember(checkPermissions, {
      body: {
        userId: members[1]?.userId ?? '',
        checks: Array.from({ length: 50 }, () => ({ action: 'create_pool' as const, poolId: web })),
      },
    }),
  listServiceAccounts: async () => {
    await newServiceAccount();
    return byMember(listServiceAccounts, { query: limit });
  },
  createServiceAccount: async () => {
    const { personId } = await stack.machine();
    const serviceAccountId = await newServiceAccount();
    take(await client().deleteServiceAccount({ params: { ...organization.params, serviceAccountId } }));
    return byMember(createServiceAccount, {
      body: { name: 'Pipeline', clientId: personId, roles: [{ role: 'manager', poolId: web }] },
    });
  },
  changeServiceAccountRoles: async () =>
    byMember(changeServiceAccountRoles, {
      params: { serviceAccountId: await newServiceAccount() },
      body: { roles: [{ role: 'member' }] },
    }),
  deleteServiceAccount: async () =>
    byMember(deleteServiceAccount, { params: { serviceAccountId: await newServiceAccount() } }),
  listPools: () => byMember(listPools, {}),
  createPool: () => byMember(createPool, { body: { name: 'New', parentId: web } }),
  getPool: () => byMember(getPool, { params: { poolId: web } }),
  updatePool: async () =>
    byMember(updatePool, {
      params: { poolId: await newPool(organization, 'Moved', web) },
      body: { name: 'Moved there', parentId: organization.rootPoolId },
    }),
  deletePool: async () => byMember(deletePool, { params: { poolId: await newPool(organization, 'Gone', web) } }),
  listPoolUsers: () => byMember(listPoolUsers, { params: { poolId: web }, query: { limit: 5, subPools: false } }),
  listResources: async () => {
    await newResources();
    return byMember(listResources, { query: { ownerId: organization.manager.userId, subPools: false, ...limit } });
  },
  createResource: () =>
    byMember(createResource, { body: { name: 'Disk', type: 'disk', poolId: web, tags: {}, monthlyCost: 1.5 } }),
  ingestResources: () => byMember(ingestResources, { body: { items: manyResources() } }),
  getResource: async () => byMember(getResource, { params: { resourceId: await newResource() } }),
  updateResource: async () =>
    byMember(updateResource, {
      params: { resourceId: await newResource() },
      body: { ownerId: members[0]?.userId ?? '', poolId: organization.rootPoolId },
    }),
  deleteResource: async () => byMember(deleteResource, { params: { resourceId: await newResource() } }),
  inviteUsers: () =>
    byMember(inviteUsers, {
      body: { emails: Array.from({ length: 30 }, () => newEmail()), roles: [{ role: 'member' }], dryRun: false },
    }),
  listInvites: () => byMember(listInvites, { query: limit }),
  getInvite: async () => byMember(getInvite, { params: { inviteId: await invited() } }),
  updateInvite: async () =>
    byMember(updateInvite, { params: { inviteId: await invited() }, body: { email: newEmail() } }),
  changeInvites: async () => byMember(changeInvites, { body: { action: 'revoke', ids: [await invited()] } }),
  revokeInvite: async () => byMember(revokeInvite, { params: { inviteId: await invited() } }),
  resendInvite: async () => byMember(afterwards(resendInvite, 61_000), { params: { inviteId: await invited() } }),
  lookUpInvite: async () =>
    byPerson(lookUpInvite, { body: { token: (await inviteByMail(stack, organization, newEmail())).token } }),
  acceptInvite: async () => {
    const { token } = await inviteByMail(stack, organization, newEmail());
    return byPerson(acceptInvite, { body: { token, name: 'Ada Lovelace', password } });
  },
  declineInvite: async () =>
    byPerson(declineInvite, { body: { token: (await inviteByMail(stack, organization, newEmail())).token } }),
  blockOrganization: async () => byPerson(blockOrganization, { body: { token: await tokenForBlocking() } }),
  unblockOrganization: async () => {
    const token = await tokenForBlocking();
    take(await stack.anybody.blockOrganization({ body: { token } }));
    return byPerson(unblockOrganization, { body: { token } });
  },
  requestNewInvite: async () => {
    const email = newEmail();
    await inviteByMail(stack, organization, email);
    return byPerson(afterwards(requestNewInvite, 8 * day), { body: { token: await newestToken(stack, email) } });
  },
};

/** A user whom the organization manager removed, with a successor. */
const removed = async () => {
  const { userId } = await newMember(stack, organization, [{ role: 'member' }]);
  const params = { ...organization.params, userId };
  take(await client().removeUser({ params, query: { successorId: members[0]?.userId ?? '' } }));
  return userId;
};

/** Creates the special cases in the organization that all tests share. */
const specialRuns: Record<keyof typeof specialCases, () => Promise<Cost>> = {
  'listPools, if the tree has changed since the function read it': async () => {
    const caller = { personId: organization.manager.personId, requestId: 'r' };
    const input = { params: organization.params, query: {}, body: undefined };
    return costOf(
      async (services) => {
        await newPool(organization, 'Shop', web);
        return listPools(services)(caller, input);
      },
      { id: organization.id, personId: caller.personId },
    );
  },
  'listUsers, by text, domain, role or pool': () => byMember(listUsers, { query: { ...limit, role: 'engineer' } }),
  'listUsers, by time of joining': () => byMember(listUsers, { query: { ...limit, sort: 'joined' } }),
  'listUsers, removed': async () => {
    await removed();
    await removed();
    return byMember(listUsers, { query: { limit: 2, status: 'removed' } });
  },
  'getUser, removed': async () => byMember(getUser, { params: { userId: await removed() } }),
  'listUsers, rows not yet renewed': async () => {
    const { table } = servicesOf(organization.id);
    const organizationKey = keys.organization(organization.id);
    await table.transact([update(organizationKey, { remove: ['entryVersion'] })]);
    const cost = await byMember(listUsers, { query: limit });
    await table.transact([update(organizationKey, { set: { entryVersion } })]);
    return cost;
  },
  'listUsers, by text, entries not yet renewed': async () => {
    await plantUsers(organization.id, [aUser({ name: 'Łukasz' }), aUser({ name: 'Łucja' })]);
    const { table } = servicesOf(organization.id);
    const organizationKey = keys.organization(organization.id);
    await table.transact([update(organizationKey, { remove: ['entryVersion'] })]);
    const cost = await byMember(listUsers, { query: { ...limit, search: 'Łu' } });
    await table.transact([update(organizationKey, { set: { entryVersion } })]);
    return cost;
  },
  'updateMe, from one word to 8': async () => {
    const { personId, client: named } = await stack.newPerson(newEmail(), 'Ada');
    take(await named.createOrganization({ body: { name: 'Own' } }));
    return byPerson(updateMe, { body: { name: 'A B C D E F G H' } }, personId);
  },
  'acceptInvite, a name of 8 words': async () => {
    const { token } = await inviteByMail(stack, organization, newEmail());
    return byPerson(acceptInvite, { body: { token, name: 'A B C D E F G H', password } });
  },
  'getOrganization, first call of the day': () => {
    const { personId } = organization.manager;
    const input = { params: organization.params, query: {}, body: undefined };
    return costOf((services) => getOrganization(later(services, day))({ personId, requestId: 'r' }, input), {
      id: organization.id,
      personId,
    });
  },
};

const allRuns: Record<string, () => Promise<Cost>> = { ...runs, ...specialRuns };
const allPatterns: Record<string, AccessPattern> = { ...accessPatterns, ...specialCases };

test('the cost of every access pattern is measured', () => {
  expect(Object.keys(allRuns).toSorted()).toEqual(Object.keys(allPatterns).toSorted());
});

test.each(Object.entries(allPatterns))(
  '%s has the cost in the table of access patterns',
  async (operation, { how, ...cost }) => {
    expect(await allRuns[operation]?.(), how).toEqual(cost);
  },
);

test('a list of all resources, or of those of a pool, takes one round trip less than a list by owner', async () => {
  await newResources();
  const all = await byMember(listResources, { query: { subPools: false, ...limit } });
  const ofPool = await byMember(listResources, { query: { poolId: web, subPools: false, ...limit } });
  expect([all, ofPool]).toMatchObject([
    { requests: 4, roundTrips: accessPatterns.listResources.roundTrips - 1 },
    { requests: 4, roundTrips: accessPatterns.listResources.roundTrips - 1 },
  ]);
});
