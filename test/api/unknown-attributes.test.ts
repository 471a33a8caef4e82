import { beforeAll, expect, test } from 'vitest';
import { bounced } from '../../infra/local/mail-outcomes.ts';
import type { Route } from '../../shared/api/route.ts';
import { routes } from '../../shared/api/routes.ts';
import { countMails } from '../../shared/invites/mail-health.ts';
import type { RoleAssignment } from '../../shared/roles/role.ts';
import { clock } from '../support/clock.ts';
import { queueInvite, runWorker, scriptedMailer, tableOf, tell } from '../support/deliveries.ts';
import { lostMarks, markEveryItem, storeClaim } from '../support/newer-version.ts';
import {
  inviteByMail,
  newEmail,
  newestBlockToken,
  newMember,
  newOrganization,
  newPool,
  newResource,
  take,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { bind, bound, changeServiceAccount, deleteServiceAccount } from '../support/service-accounts.ts';
import { password, useStack } from '../support/stack.ts';
import { everyItem } from '../support/table-items.ts';

/**
 * Shows that attributes which only a newer version of Roster knows survive every write. Each row prepares a change. The test
 * then adds such an attribute to every item of the table and to the maps in it, makes the change, and expects that every
 * remaining item still has the attribute.
 */
interface Row {
  /** Creates the items that the change needs. Returns a function that makes the change. */
  (organization: TestOrganization): Promise<() => Promise<unknown>>;
}

const stack = useStack();
/** The organization of all rows that do not need their own. */
let shared: TestOrganization;
beforeAll(async () => {
  shared = await newOrganization(stack);
});

/** A name that is not in use. */
const newName = (): string => crypto.randomUUID();

const minute = 60_000;
const day = 24 * 60 * minute;

const member: RoleAssignment[] = [{ role: 'member' }];
const organizationManager: RoleAssignment[] = [{ role: 'organization_manager' }];

const remove = async ({ params, manager }: TestOrganization, { userId }: Pick<TestMember, 'userId'>) =>
  take(await manager.client.removeUser({ params: { ...params, userId }, query: { successorId: manager.userId } }));

const connect = async ({ params, manager }: TestOrganization): Promise<string> =>
  take(await manager.client.createDataSource({ params, body: { type: 'aws', name: 'Main', accountId: newName() } })).id;

const newPolicy = async ({ params, manager, rootPoolId }: TestOrganization): Promise<string> => {
  const body = { type: 'budget' as const, name: 'Budget', amount: 1, filters: { poolIds: [rootPoolId] } };
  return take(await manager.client.createPolicy({ params, body })).id;
};

/** An invite whose mail has been sent, so that its link is known. */
const invited = async (organization: TestOrganization, roles = member) => {
  const email = newEmail('invited');
  const { inviteId, token } = await inviteByMail(stack, organization, email, roles);
  const named = { params: { ...organization.params, inviteId } };
  return { email, token, named, accept: () => stack.anybody.acceptInvite({ body: { token, name: 'Ada', password } }) };
};

/** A person with an account and a pending invite. */
const invitedPerson = async (organization: TestOrganization) => {
  const person = await stack.newPerson(newEmail('person'));
  const { inviteId } = await inviteByMail(stack, organization, person.email);
  return { client: person.client, named: { params: { ...organization.params, inviteId } } };
};

const operate = (command: string, more: Record<string, unknown>) => stack.invoke('operate', { command, ...more });

const rows: Record<string, Row> = {
  updateMe: async (organization) => {
    const { client } = await newMember(stack, organization);
    return async () => take(await client.updateMe({ body: { name: 'Ben Renamed' } }));
  },
  updateNotifications: async (organization) => {
    const { client } = await newMember(stack, organization);
    take(await client.updateNotifications({ body: { kinds: { assets_taken_over: false } } }));
    return async () => take(await client.updateNotifications({ body: { kinds: { assets_taken_over: true } } }));
  },
  acceptMyInvite: async (organization) => {
    const { client, named } = await invitedPerson(organization);
    return async () => take(await client.acceptMyInvite(named));
  },
  declineMyInvite: async (organization) => {
    const { client, named } = await invitedPerson(organization);
    return async () => take(await client.declineMyInvite(named));
  },

  createOrganization:
    async ({ manager }) =>
    async () =>
      take(await manager.client.createOrganization({ body: { name: 'Second' } })),
  updateOrganization:
    async ({ params, manager }) =>
    async () =>
      take(await manager.client.updateOrganization({ params, body: { name: 'Globex', inviteExpiryDays: 6 } })),
  'updateOrganization, to the same name in another case':
    async ({ params, manager }) =>
    async () =>
      take(await manager.client.updateOrganization({ params, body: { name: 'GLOBEX' } })),

  'getMyUser, as the first request of a day': async ({ params, manager }) => {
    stack.advanceClock(day);
    return async () => take(await manager.client.getMyUser({ params }));
  },
  changeRoles: async (organization) => {
    const { params, manager, rootPoolId } = organization;
    const { userId } = await newMember(stack, organization);
    const roles = [{ role: 'engineer' as const, poolId: rootPoolId }];
    return async () => take(await manager.client.changeRoles({ params: { ...params, userId }, body: { roles } }));
  },
  'changeRoles, for an organization manager': async (organization) => {
    const { params, manager } = organization;
    const { userId } = await newMember(stack, organization, organizationManager);
    return async () =>
      take(await manager.client.changeRoles({ params: { ...params, userId }, body: { roles: member } }));
  },
  adjustRoles: async (organization) => {
    const { params, manager, rootPoolId } = organization;
    const { userId } = await newMember(stack, organization);
    const add = [{ role: 'engineer' as const, poolId: rootPoolId }];
    return async () => take(await manager.client.adjustRoles({ params: { ...params, userId }, body: { add } }));
  },
  changeRolesOfUsers: async (organization) => {
    const { params, manager } = organization;
    const { userId } = await newMember(stack, organization, organizationManager);
    const body = { action: 'replace' as const, roles: member, userIds: [userId] };
    return async () => take(await manager.client.changeRolesOfUsers({ params, body }));
  },
  removeUsers: async (organization) => {
    const { params, manager } = organization;
    const { userId } = await newMember(stack, organization, organizationManager);
    const body = { userIds: [userId], successorId: manager.userId };
    return async () => take(await manager.client.removeUsers({ params, body }));
  },
  removeUser: async (organization) => {
    const user = await newMember(stack, organization, organizationManager);
    return () => remove(organization, user);
  },
  leaveOrganization: async (organization) => {
    const { client } = await newMember(stack, organization);
    const query = { successorId: organization.manager.userId };
    return async () => take(await client.leaveOrganization({ params: organization.params, query }));
  },
  restoreUser: async (organization) => {
    const { params, manager } = organization;
    const [ben, cleo] = [await newMember(stack, organization), await newMember(stack, organization)];
    await remove(organization, ben);
    await remove(organization, cleo);
    await stack.tick();
    return async () => take(await manager.client.restoreUser({ params: { ...params, userId: ben.userId } }));
  },

  createServiceAccount: async () => {
    const organization = await newOrganization(stack);
    const { personId: clientId } = await stack.machine();
    return async () => take(await bind(organization, { clientId }));
  },
  changeServiceAccountRoles: async () => {
    const organization = await newOrganization(stack);
    const id = await bound(organization, await stack.machine());
    return async () => take(await changeServiceAccount(organization, id, organizationManager));
  },
  deleteServiceAccount: async () => {
    const organization = await newOrganization(stack);
    const id = await bound(organization, await stack.machine(), organizationManager);
    return async () => take(await deleteServiceAccount(organization, id));
  },

  createPool: async (organization) => () => newPool(organization, newName(), organization.rootPoolId),
  updatePool: async (organization) => {
    const { params, manager, rootPoolId } = organization;
    const poolId = await newPool(organization, newName(), rootPoolId);
    const body = { name: newName(), monthlyLimit: 10, defaultOwnerId: (await newMember(stack, organization)).userId };
    return async () => take(await manager.client.updatePool({ params: { ...params, poolId }, body }));
  },
  'updatePool, with a new parent': async (organization) => {
    const { params, manager, rootPoolId } = organization;
    const [poolId, parentId] = [
      await newPool(organization, newName(), rootPoolId),
      await newPool(organization, newName(), rootPoolId),
    ];
    return async () => take(await manager.client.updatePool({ params: { ...params, poolId }, body: { parentId } }));
  },
  deletePool: async (organization) => {
    const { params, manager, rootPoolId } = organization;
    const poolId = await newPool(organization, newName(), rootPoolId);
    return async () => take(await manager.client.deletePool({ params: { ...params, poolId } }));
  },

  createResource: async (organization) => () => newResource(organization, organization.rootPoolId),
  ingestResources: async (organization) => {
    const { params, manager, rootPoolId: poolId } = organization;
    const known = { type: 'vm', poolId, dataSourceId: await connect(organization), externalId: 'i-1' };
    const ingest = async (name: string) =>
      take(await manager.client.ingestResources({ params, body: { items: [{ ...known, name }] } }));
    await ingest('Server');
    return () => ingest('Renamed');
  },
  updateResource: async (organization) => {
    const { params, manager, rootPoolId } = organization;
    const { id: resourceId } = await newResource(organization, rootPoolId, { monthlyCost: 1 });
    const poolId = await newPool(organization, newName(), rootPoolId);
    const { userId: ownerId } = await newMember(stack, organization);
    const body = { name: 'Renamed', tags: { env: 'live' }, monthlyCost: null, ownerId, poolId };
    return async () => take(await manager.client.updateResource({ params: { ...params, resourceId }, body }));
  },
  deleteResource: async (organization) => {
    const { params, manager, rootPoolId } = organization;
    const { id: resourceId } = await newResource(organization, rootPoolId);
    return async () => take(await manager.client.deleteResource({ params: { ...params, resourceId } }));
  },

  createPolicy: async (organization) => () => newPolicy(organization),
  updatePolicy: async (organization) => {
    const { params, manager } = organization;
    const policyId = await newPolicy(organization);
    const body = { name: 'Renamed', amount: 2 };
    return async () => take(await manager.client.updatePolicy({ params: { ...params, policyId }, body }));
  },
  deletePolicy: async (organization) => {
    const { params, manager } = organization;
    const policyId = await newPolicy(organization);
    return async () => take(await manager.client.deletePolicy({ params: { ...params, policyId } }));
  },

  createDataSource: async (organization) => () => connect(organization),
  updateDataSource: async (organization) => {
    const { params, manager } = organization;
    const dataSourceId = await connect(organization);
    const body = { name: 'Renamed', ownerId: (await newMember(stack, organization)).userId };
    return async () => take(await manager.client.updateDataSource({ params: { ...params, dataSourceId }, body }));
  },
  deleteDataSource: async (organization) => {
    const { params, manager } = organization;
    const dataSourceId = await connect(organization);
    return async () => take(await manager.client.deleteDataSource({ params: { ...params, dataSourceId } }));
  },

  inviteUsers: async (organization) => async () => invited(organization),
  'inviteUsers, replacing an expired invite': async (organization) => {
    const { params, manager } = organization;
    const invite = await queueInvite(organization, newEmail(), 1);
    stack.advanceClock(day + minute);
    const body = { emails: [invite.email], roles: member };
    return async () => expect(take(await manager.client.inviteUsers({ params, body })).summary).toEqual({ created: 1 });
  },
  updateInvite: async (organization) => {
    const { named } = await invited(organization);
    const body = { roles: organizationManager };
    return async () => take(await organization.manager.client.updateInvite({ ...named, body }));
  },
  'updateInvite, to another address': async (organization) => {
    const { named } = await invited(organization);
    return async () =>
      take(await organization.manager.client.updateInvite({ ...named, body: { email: newEmail('corrected') } }));
  },
  changeInvites: async (organization) => {
    const { params, manager } = organization;
    const { named } = await invited(organization);
    stack.advanceClock(2 * minute);
    const body = { action: 'resend' as const, ids: [named.params.inviteId] };
    return async () =>
      expect(take(await manager.client.changeInvites({ params, body })).results).toMatchObject([{ ok: true }]);
  },
  resendInvite: async (organization) => {
    const { named } = await invited(organization);
    stack.advanceClock(2 * minute);
    return async () => take(await organization.manager.client.resendInvite(named));
  },
  revokeInvite: async (organization) => {
    const { named } = await invited(organization);
    return async () => take(await organization.manager.client.revokeInvite(named));
  },

  acceptInvite: async (organization) => {
    const { accept } = await invited(organization);
    return async () => take(await accept());
  },
  'acceptInvite, taking over an abandoned claim': async (organization) => {
    const { email, accept } = await invited(organization);
    await storeClaim(email, { state: 'open', claimant: 'earlier', mark: 'earlier', at: '2026-01-01T00:00:00.000Z' });
    return async () => take(await accept());
  },
  declineInvite: async (organization) => {
    const { token } = await invited(organization);
    return async () => take(await stack.anybody.declineInvite({ body: { token } }));
  },
  requestNewInvite: async (organization) => {
    const { token } = await invited(organization);
    stack.advanceClock(8 * day);
    return async () => take(await stack.anybody.requestNewInvite({ body: { token } }));
  },

  blockOrganization: async (organization) => {
    const { email } = await invited(organization);
    const token = await newestBlockToken(stack, email);
    return async () => take(await stack.anybody.blockOrganization({ body: { token } }));
  },
  unblockOrganization: async (organization) => {
    const { email } = await invited(organization);
    const token = await newestBlockToken(stack, email);
    take(await stack.anybody.blockOrganization({ body: { token } }));
    return async () => take(await stack.anybody.unblockOrganization({ body: { token } }));
  },

  'the worker, sending an invite and a notice': async (organization) => {
    const { params, manager, rootPoolId } = organization;
    const { userId } = await newMember(stack, organization);
    await queueInvite(organization);
    const roles = [{ role: 'manager' as const, poolId: rootPoolId }];
    take(await manager.client.changeRoles({ params: { ...params, userId }, body: { roles } }));
    return stack.tick;
  },
  'the worker, sending a reminder': async (organization) => {
    await invited(organization);
    stack.advanceClock(5 * day + minute);
    return stack.tick;
  },
  'the worker, storing that an invite has expired': async (organization) => {
    await invited(organization);
    stack.advanceClock(8 * day);
    return stack.tick;
  },
  'the worker, after a pool was deleted': async (organization) => {
    const { params, manager, rootPoolId } = organization;
    const poolId = await newPool(organization, newName(), rootPoolId);
    await invited(organization, [{ role: 'engineer', poolId }]);
    take(await manager.client.deletePool({ params: { ...params, poolId } }));
    return stack.tick;
  },
  'the worker, after a removal': async (organization) => {
    const other = await newMember(stack, organization, organizationManager);
    await invited({ ...organization, manager: other });
    const gone = await newMember(stack, organization);
    await remove(organization, gone);
    await remove(organization, other);
    return stack.tick;
  },
  'an event of SES': async (organization) => {
    const { id } = await queueInvite(organization);
    const mailer = scriptedMailer();
    await runWorker(mailer, { only: [id] });
    const [mail = expect.unreachable('No mail was sent')] = mailer.taken;
    return () => tell(mail, (record) => bounced(record, 'Permanent', 'General'));
  },

  'operators, inviting a manager': async (organization) => {
    const { email } = await invited(organization);
    const command = (managerEmail: string) =>
      operate('invite_manager', { organizationId: organization.id, email: managerEmail });
    await command(newEmail('first'));
    return () => command(email);
  },
  'operators, creating an organization': async () => () =>
    operate('create_organization', { name: 'Initech', managerEmail: newEmail('founder') }),
  'the first manager of an organization that operators created': async () => {
    const email = newEmail('founder');
    await operate('create_organization', { name: 'Initech', managerEmail: email });
    const [mail] = await stack.mailsTo(email);
    const token = /#(\S+)/.exec(mail?.body.text ?? '')?.[1] ?? '';
    return async () => take(await stack.anybody.acceptInvite({ body: { token, name: 'Fay', password } }));
  },
  'operators, resuming': async ({ id: organizationId }) => {
    const counts = countMails(organizationId, { sent: 20, bounced: 10 }, clock.now());
    await tableOf(organizationId).transact([counts]);
    return () => operate('resume_sending', { organizationId });
  },
};

test.each(Object.keys(rows))('%s keeps attributes that it does not know', async (name) => {
  const act = await rows[name]?.(shared);
  const before = await markEveryItem(stack);
  await act?.();
  expect(lostMarks(before, await everyItem(stack))).toEqual([]);
});

test('every route that writes has a row', () => {
  const named = new Set(Object.keys(rows).map((name) => name.split(',')[0]));
  const changing = Object.entries<Route>(routes).filter(([, { method }]) => method !== 'GET');
  const missing = changing.map(([name]) => name).filter((name) => !named.has(name));
  // These routes use POST but only read.
  expect(missing).toEqual(['checkPermissions', 'lookUpInvite']);
});

test('a lost attribute is detected, also in a nested map', () => {
  const mark = { fromNewerVersion: { kept: true } };
  const user = { pk: 'org_1#user#usr_1', sk: 'user', takenOver: [{ id: 'usr_2', ...mark }], ...mark };
  const { fromNewerVersion: _, ...bare } = user;
  const key = 'org_1#user#usr_1 user';
  expect(lostMarks({ [key]: user }, { [key]: user })).toEqual([]);
  expect(lostMarks({ [key]: user }, {})).toEqual([]);
  expect(lostMarks({ [key]: user }, { [key]: { ...user, takenOver: [] } })).toEqual([]);
  expect(lostMarks({ [key]: user }, { [key]: bare })).toEqual(['user: itself']);
  expect(lostMarks({ [key]: user }, { [key]: { ...user, takenOver: [{ id: 'usr_2' }] } })).toEqual([
    'user: takenOver[]',
  ]);
});
