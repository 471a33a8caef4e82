import { beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../shared/api/client.ts';
import type { RouteName } from '../../shared/api/routes.ts';
import { dueNow, keys } from '../../shared/table/keys.ts';
import { put, type Key } from '../../shared/table/write.ts';
import { clock } from '../support/clock.ts';
import { queueInvite, runWorker, scriptedMailer, tableOf } from '../support/deliveries.ts';
import { markEveryItem, store, storeAssignments, storeClaim, tolerantClient } from '../support/newer-version.ts';
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
import { bound } from '../support/service-accounts.ts';
import { password, useStack } from '../support/stack.ts';

/** Items that a newer version of Roster has stored remain usable. Each test stores them directly in the table and calls the API. */
const stack = useStack();

let organization: TestOrganization;
let params: { organizationId: string };
let web: string;
/** The client of the organization manager, which accepts responses that the OpenAPI document does not describe. */
let client: Client;
let member: TestMember;

beforeAll(async () => {
  organization = await newOrganization(stack);
  params = organization.params;
  web = await newPool(organization, 'Web', organization.rootPoolId);
  member = await newMember(stack, organization);
  client = tolerantClient(stack, organization.manager);
});

const set = (key: Key, values: Record<string, unknown>) => store(organization.id, key, values);

const itemOf = (key: Key) => tableOf(organization.id).get(key);

describe('a role that this version does not know', () => {
  const unknown = ['auditor', 'owner@pool_x', 'organization_manager|2027'];
  const shown = unknown.map((role) => ({ role }));
  let cleo: TestMember;
  let asCleo: Client;

  beforeAll(async () => {
    cleo = await newMember(stack, organization, [{ role: 'manager', poolId: web }], 'Cleo');
    await storeAssignments(organization.id, cleo, [...unknown, `manager@${web}`, `manager@${web}|2027`]);
    asCleo = tolerantClient(stack, cleo);
  });

  const roles = () => [...shown, { role: 'manager', poolId: web, poolName: 'Web' }, { role: `manager@${web}|2027` }];

  test('is shown as text wherever roles are shown', async () => {
    const userId = cleo.userId;
    expect(take(await client.getUser({ params: { ...params, userId } })).roles).toEqual(roles());
    const { items } = take(await client.listUsers({ params, query: { search: 'cleo' } }));
    expect(items.map((user) => user.roles)).toEqual([roles()]);
    expect(take(await asCleo.getMyUser({ params })).roles).toEqual(roles());
    expect(take(await asCleo.listOrganizations({})).items.map((each) => each.roles)).toEqual([roles()]);
  });

  test('does not replace the known role in the users of a pool', async () => {
    const { items } = take(await client.listPoolUsers({ params: { ...params, poolId: web } }));
    expect(items.filter(({ user }) => user.id === cleo.userId).map(({ role }) => role)).toEqual(['manager']);
  });

  test('allows nothing: only the known roles decide and are reported as the reason', async () => {
    const checks = [{ action: 'edit_pool' as const, poolId: web }, { action: 'read_audit_log' as const }];
    for (const [by, userId] of [
      [client, cleo.userId],
      [asCleo, undefined],
    ] as const) {
      const body = { checks, ...(userId !== undefined && { userId }) };
      const { results } = take(await by.checkPermissions({ params, body }));
      expect(results).toMatchObject([{ allowed: true, through: { role: 'manager', poolId: web } }, { allowed: false }]);
    }
    const { permissions } = take(await asCleo.getMyUser({ params }));
    expect(permissions.find(({ action }) => action === 'edit_pool')?.pools).toEqual([{ poolId: web, reach: 'scope' }]);
    expect(permissions.map(({ action }) => action)).not.toContain('read_audit_log');
    expect(refusal(await asCleo.listAuditEvents({ params }))).toBe('403 forbidden');
    take(await asCleo.updatePool({ params: { ...params, poolId: web }, body: { monthlyLimit: 5 } }));
  });

  test('leaves a user without another role the rights that every user has', async () => {
    const dora = await newMember(stack, organization);
    await storeAssignments(organization.id, dora, ['auditor']);
    const asDora = tolerantClient(stack, dora);
    expect(take(await asDora.listPools({ params })).items.length).toBeGreaterThan(1);
    expect(refusal(await asDora.createPool({ params, body: { name: 'Shop', parentId: web } }))).toBe('403 forbidden');
    expect(take(await asDora.getMyUser({ params })).permissions.map(({ action }) => action)).toEqual([
      'read',
      'leave_organization',
    ]);
  });

  test('does not make the user an organization manager, and survives other changes of the user', async () => {
    const eve = await newMember(stack, organization, [{ role: 'organization_manager' }]);
    const stored = ['organization_manager|2027', 'auditor'];
    await storeAssignments(organization.id, eve, stored);
    const named = { params: { ...params, userId: eve.userId } };
    const asEve = tolerantClient(stack, eve);
    const body = { emails: [newEmail()], roles: [{ role: 'member' as const }] };
    expect(refusal(await asEve.inviteUsers({ params, body }))).toBe('403 forbidden');
    take(await asEve.updateMe({ body: { name: 'Eve Renamed' } }));
    take(await client.removeUser({ ...named, query: { successorId: member.userId } }));
    await stack.tick();
    take(await client.restoreUser(named));
    for (const key of [keys.user(organization.id, eve.userId), keys.membership(organization.id, eve.personId)])
      expect(await itemOf(key)).toMatchObject({ name: 'Eve Renamed', assignments: stored });
  });

  test('is removed when the roles of the user are replaced', async () => {
    const fay = await newMember(stack, organization);
    await storeAssignments(organization.id, fay, ['member', 'auditor']);
    const changed = { params: { ...params, userId: fay.userId }, body: { roles: [{ role: 'member' as const }] } };
    expect(take(await client.changeRoles(changed)).roles).toEqual([{ role: 'member' }]);
    for (const key of [keys.user(organization.id, fay.userId), keys.membership(organization.id, fay.personId)])
      expect((await itemOf(key))?.assignments).toEqual(['member']);
  });

  test('is also shown for a service account', async () => {
    const machine = await stack.machine();
    const id = await bound(organization, machine);
    await storeAssignments(organization.id, { userId: id, personId: machine.personId }, ['auditor']);
    const { items } = take(await client.listServiceAccounts({ params }));
    expect(items).toMatchObject([{ id, roles: [{ role: 'auditor' }] }]);
    take(await machine.client.listPools({ params }));
    expect(refusal(await machine.client.createPool({ params, body: { name: 'Shop', parentId: web } }))).toBe(
      '403 forbidden',
    );
  });

  test('is shown in an invite, also to the invited person, and assigned when the invite is accepted', async () => {
    const email = newEmail('auditor');
    const [invite] = take(
      await client.inviteUsers({ params, body: { emails: [email], roles: [{ role: 'member' }] } }),
    ).results;
    const inviteId = invite?.invite?.id ?? '';
    await set(keys.invite(organization.id, inviteId), { assignments: ['member', 'auditor'] });
    const given = [{ role: 'member' }, { role: 'auditor' }];
    expect(take(await client.getInvite({ params: { ...params, inviteId } })).roles).toEqual(given);
    expect(take(await client.listInvites({ params, query: { search: email } })).items).toMatchObject([
      { roles: given },
    ]);
    const [mail] = await stack.mailsTo(email);
    expect(mail?.body.text).toContain('Your roles: Member, auditor.');
    const token = /#(\S+)/.exec(mail?.body.text ?? '')?.[1] ?? '';
    const anybody = tolerantClient(stack);
    expect(take(await anybody.lookUpInvite({ body: { token } })).roles).toEqual(given);
    const { userId } = take(await anybody.acceptInvite({ body: { token, name: 'Gil', password } }));
    expect(take(await client.getUser({ params: { ...params, userId } })).roles).toEqual(given);
    expect((await itemOf(keys.user(organization.id, userId)))?.assignments).toEqual(['member', 'auditor']);
  });
});

describe('a user with an unknown status', () => {
  test('is shown with this status, is in no list, and can become neither an owner nor a successor', async () => {
    const hal = await newMember(stack, organization, [{ role: 'member' }], 'Hal');
    const named = { params: { ...params, userId: hal.userId } };
    await set(keys.user(organization.id, hal.userId), { status: 'suspended' });
    expect(take(await client.getUser(named)).status).toBe('suspended');
    expect(take(await client.listUsers({ params, query: { search: 'hal' } })).items).toEqual([]);
    take(await client.getUserAssets(named));
    const resource = { name: 'Server', type: 'vm', poolId: web, ownerId: hal.userId };
    expect(refusal(await client.createResource({ params, body: resource }))).toBe('422 owner_inactive');
    expect(
      refusal(
        await client.removeUser({
          params: { ...params, userId: member.userId },
          query: { successorId: hal.userId },
        }),
      ),
    ).toBe('422 successor_inactive');
  });

  test('still owns their assets, and their due work is left to a newer worker', async () => {
    const ida = await newMember(stack, organization);
    const { id: resourceId } = await newResource(organization, web, { ownerId: ida.userId });
    const key = keys.user(organization.id, ida.userId);
    const now = clock.now();
    await set(key, { status: 'suspended', ...dueNow(now) });
    expect(take(await client.getResource({ params: { ...params, resourceId } })).ownerId).toBe(ida.userId);
    const { faults } = await runWorker(scriptedMailer(), { only: [organization.id], minutes: 1 });
    expect(faults).toEqual([]);
    const left = await itemOf(key);
    expect(left).toMatchObject({ status: 'suspended', duePk: 'due' });
    expect(String(left?.dueAt) > now).toBe(true);
  });

  test('is in no list if it is a service account', async () => {
    const other = await newOrganization(stack);
    const id = await bound(other, await stack.machine());
    await store(other.id, keys.user(other.id, id), { status: 'paused' });
    expect(take(await other.manager.client.listServiceAccounts({ params: other.params })).items).toEqual([]);
  });
});

describe('an invite with an unknown status', () => {
  let email: string;
  let token: string;
  let named: { params: { organizationId: string; inviteId: string } };

  beforeAll(async () => {
    const person = await stack.newPerson(newEmail('held'));
    email = person.email;
    asInvited = tolerantClient(stack, person);
    const invite = await inviteByMail(stack, organization, email);
    token = invite.token;
    named = { params: { ...params, inviteId: invite.inviteId } };
    await set(keys.invite(organization.id, invite.inviteId), { status: 'on_hold' });
  });
  let asInvited: Client;

  test('is shown with this status, and not among the pending invites', async () => {
    expect(take(await client.getInvite(named)).status).toBe('on_hold');
    const listed = take(await client.listInvites({ params, query: { search: email } })).items;
    expect(listed.map(({ status }) => status)).toEqual(['on_hold']);
    const pending = take(await client.listInvites({ params, query: { status: 'pending', limit: 100 } })).items;
    expect(pending.map(({ id }) => id)).not.toContain(named.params.inviteId);
    expect(take(await asInvited.listMyInvites({})).items).toEqual([]);
  });

  test('cannot be accepted or declined, with or without its link', async () => {
    const body = { token };
    for (const reply of [
      await stack.anybody.lookUpInvite({ body }),
      await stack.anybody.acceptInvite({ body: { token, name: 'Ada', password } }),
      await stack.anybody.declineInvite({ body }),
      await stack.anybody.requestNewInvite({ body }),
      await asInvited.acceptMyInvite(named),
      await asInvited.declineMyInvite(named),
    ])
      expect(refusal(reply)).toBe('410 invite_revoked');
  });

  test('cannot be changed, resent or revoked, and its address stays invited', async () => {
    stack.advanceClock(2 * 60_000);
    for (const reply of [
      await client.updateInvite({ ...named, body: { roles: [{ role: 'member' }] } }),
      await client.resendInvite(named),
      await client.revokeInvite(named),
    ]) {
      expect(refusal(reply)).toBe('409 invite_settled');
      expect(reply.ok || reply.problem.detail).toBe('The invitation is on_hold.');
    }
    const again = { emails: [email], roles: [{ role: 'member' as const }] };
    expect(take(await client.inviteUsers({ params, body: again })).summary).toEqual({ already_invited: 1 });
    expect((await itemOf(keys.invite(organization.id, named.params.inviteId)))?.status).toBe('on_hold');
  });

  test('is left to a newer worker: this worker sends nothing and postpones it', async () => {
    const invite = await queueInvite(organization);
    const key = keys.invite(organization.id, invite.id);
    await set(key, { status: 'on_hold' });
    const mailer = scriptedMailer();
    const before = await invite.item();
    expect(await runWorker(mailer, { only: [invite.id] })).toMatchObject({ pieces: 1, faults: [] });
    const left = await invite.item();
    expect(mailer.taken).toEqual([]);
    expect(left).toEqual({ ...before, wake: undefined, dueAt: left.dueAt });
    expect(String(left.dueAt) > String(before.dueAt)).toBe(true);
  });
});

describe('an invite with an unknown delivery', () => {
  test('is shown with this delivery, is left to a newer worker, and can still be accepted', async () => {
    const { inviteId, token } = await inviteByMail(stack, organization, newEmail());
    const key = keys.invite(organization.id, inviteId);
    const now = clock.now();
    await set(key, { delivery: 'scheduled', ...dueNow(now) });
    const mailer = scriptedMailer();
    expect(await runWorker(mailer, { only: [inviteId], minutes: 1 })).toMatchObject({ pieces: 1, faults: [] });
    expect(mailer.taken).toEqual([]);
    const invite = take(await client.getInvite({ params: { ...params, inviteId } }));
    expect(invite).toMatchObject({ status: 'pending', delivery: 'scheduled' });
    // The work becomes due again soon, so that a newer worker need not wait until the invite expires.
    const dueAt = String((await itemOf(key))?.dueAt);
    expect(dueAt > now && dueAt < invite.expiresAt).toBe(true);
    take(await stack.anybody.acceptInvite({ body: { token, name: 'Jo', password } }));
  });
});

test('an address with an unknown state counts as invited', async () => {
  const email = newEmail('reserved');
  await set(keys.address(organization.id, email), { state: 'reserved' });
  const body = { emails: [email], roles: [{ role: 'member' as const }] };
  for (const dryRun of [true, false])
    expect(take(await client.inviteUsers({ params, body: { ...body, dryRun } })).summary).toEqual({
      already_invited: 1,
    });
});

test('accepting an invite creates the account even if its claim has an unknown state', async () => {
  const email = newEmail('claimed');
  const { token } = await inviteByMail(stack, organization, email);
  await storeClaim(email, {
    state: 'verifying',
    claimant: 'newer',
    mark: 'newer',
    at: clock.now(),
  });
  take(await stack.anybody.acceptInvite({ body: { token, name: 'Kim', password } }));
  await stack.signIn(email);
});

describe('a notice', () => {
  const queue = async (values: Record<string, unknown>): Promise<Key> => {
    const id = `mail_${crypto.randomUUID()}`;
    const key = keys.notice(organization.id, id);
    const now = clock.now();
    const notice = { id, to: newEmail('told'), delivery: 'queued', attempts: 0, createdAt: now, ...dueNow(now) };
    await tableOf(organization.id).transact([put({ ...key, ...notice, ...values })]);
    return key;
  };

  test.each([
    ['of an unknown kind', { kind: 'exports_ready', facts: { count: 3 } }],
    ['whose delivery is unknown', { kind: 'removed', facts: {}, delivery: 'paused' }],
  ])('%s is left to a newer worker, and does not delay the work that is due after it', async (_, values) => {
    const unknown = await queue(values);
    const known = await queue({
      kind: 'roles_changed',
      facts: { organization: 'Acme', actor: 'Mara', roles: 'Member' },
    });
    const before = await itemOf(unknown);
    const mailer = scriptedMailer();
    const done = await runWorker(mailer, { only: [unknown.sk, known.sk] });
    expect(done).toMatchObject({ pieces: 2, faults: [] });
    expect(mailer.taken.map(({ subject }) => subject)).toEqual(['Your roles in Acme changed']);
    const left = await itemOf(unknown);
    expect(left).toEqual({ ...before, wake: undefined, dueAt: left?.dueAt });
    expect(String(left?.dueAt) > String(before?.dueAt)).toBe(true);
    expect(await itemOf(known)).toMatchObject({ delivery: 'sent' });
    // The notice has been postponed, so the next run does not find it.
    expect(await runWorker(mailer, { only: [unknown.sk] })).toMatchObject({ pieces: 0 });
  });
});

test('due work of an unknown kind is left to a newer worker', async () => {
  const now = clock.now();
  const item = { pk: `${organization.id}#exports`, sk: `exp_${crypto.randomUUID()}`, ...dueNow(now) };
  await tableOf(organization.id).transact([put(item)]);
  expect(await runWorker(scriptedMailer(), { only: [item.sk] })).toMatchObject({ pieces: 1, faults: [] });
  expect(await itemOf(item)).toEqual(item);
});

describe('a policy', () => {
  const newPolicy = async (content: Record<string, unknown>) => {
    const body = { type: 'quota' as const, name: 'Limit', metric: 'expense' as const, maximum: 3, poolId: web };
    const { id: policyId, createdAt } = take(await client.createPolicy({ params, body }));
    const key = keys.setting(organization.id, 'policy', policyId);
    const stored = await itemOf(key);
    await set(key, { content: { ...(stored?.content as object), ...content } });
    const common = {
      id: policyId,
      name: 'Limit',
      poolId: web,
      poolName: 'Web',
      ownerId: organization.manager.userId,
      ownerName: 'Mara Manager',
      createdAt,
      version: 1,
    };
    return { common, named: { params: { ...params, policyId } } };
  };

  const shown = async ({ named }: Awaited<ReturnType<typeof newPolicy>>) => {
    const one = take(await client.getPolicy(named));
    const { items } = take(await client.listPolicies({ params, query: { limit: 100 } }));
    expect(items).toContainEqual(one);
    return one;
  };

  test('of an unknown type is shown with this type and without its settings', async () => {
    const policy = await newPolicy({ type: 'forecast', horizonDays: 30 });
    expect(await shown(policy)).toEqual({ ...policy.common, type: 'forecast' });
    const quotas = take(await client.listPolicies({ params, query: { type: 'quota', limit: 100 } })).items;
    expect(quotas.map(({ id }) => id)).not.toContain(policy.common.id);
    const counted = { params: { ...params, userId: organization.manager.userId } };
    expect(take(await client.getUserAssets(counted)).policies.owned).toBeGreaterThan(0);
    expect(refusal(await client.updatePolicy({ ...policy.named, body: { name: 'Renamed' } }))).toBe(
      '422 wrong_policy_type',
    );
    expect((await client.deletePolicy(policy.named)).status).toBe(204);
  });

  test('with an unknown value of a setting is shown with this value', async () => {
    const policy = await newPolicy({ metric: 'carbon' });
    expect(await shown(policy)).toEqual({ ...policy.common, type: 'quota', metric: 'carbon', maximum: 3 });
  });

  test('with settings that only a newer version accepts is shown without them', async () => {
    const policy = await newPolicy({ maximum: 'unlimited' });
    expect(await shown(policy)).toEqual({ ...policy.common, type: 'quota' });
  });

  test('with an unknown setting and an unknown filter is shown without these', async () => {
    const policy = await newPolicy({ grace: 3, filters: { resourceTypes: ['vm'], regions: ['eu'] } });
    expect(await shown(policy)).toEqual({
      ...policy.common,
      type: 'quota',
      metric: 'expense',
      maximum: 3,
      currency: 'USD',
      filters: { resourceTypes: ['vm'] },
      filterNames: {},
    });
  });
});

test('a data source of an unknown type is shown with this type, and can be renamed and deleted', async () => {
  const body = { type: 'gcp' as const, name: 'Cloud', accountId: 'acc-1' };
  const { id: dataSourceId } = take(await client.createDataSource({ params, body }));
  const named = { params: { ...params, dataSourceId } };
  await set(keys.setting(organization.id, 'data_source', dataSourceId), { type: 'oracle' });
  const one = take(await client.getDataSource(named));
  expect(one).toMatchObject({ type: 'oracle', accountId: 'acc-1' });
  expect(take(await client.listDataSources({ params })).items).toContainEqual(one);
  expect(take(await client.updateDataSource({ ...named, body: { name: 'Renamed' } })).type).toBe('oracle');
  expect(await itemOf(keys.setting(organization.id, 'data_source', dataSourceId))).toMatchObject({ type: 'oracle' });
  expect((await client.deleteDataSource(named)).status).toBe(204);
});

test('an audit event with an unknown action is listed with this action, whatever the filter', async () => {
  const resource = await newResource(organization, web);
  const named = { params: { ...params, resourceId: resource.id } };
  take(await client.deleteResource(named));
  const query = { targetId: resource.id };
  const [deletion] = take(await client.listAuditEvents({ params, query })).items;
  const details = { ingestedIn: { first: 1 }, format: 'csv' };
  await set(keys.auditEvent(organization.id, deletion?.id ?? ''), { action: 'resource_archived', details });
  const names = { [resource.id]: resource.name };
  const shown = { ...deletion, action: 'resource_archived', details, names };
  for (const filter of [{}, query, { actorId: organization.manager.userId }, { ...query, actorId: member.userId }]) {
    const { items } = take(await client.listAuditEvents({ params, query: { ...filter, limit: 100 } }));
    if (filter === query || Object.keys(filter).length < 2) expect(items).toContainEqual(shown);
    else expect(items).toEqual([]);
  }
});

type Read = { ok: true; value: unknown } | { ok: false; problem: object };

/** The response of every route that reads an organization, by the name of the route. */
const reads = async ({
  params: of,
  rootPoolId,
  manager,
}: TestOrganization): Promise<Partial<Record<RouteName, unknown>>> => {
  const one = (items: { id: string }[], read: (id: string) => Promise<Read>) =>
    Promise.all(items.map(async ({ id }) => take(await read(id))));
  const by = manager.client;
  const users = take(await by.listUsers({ params: of })).items;
  const invites = take(await by.listInvites({ params: of })).items;
  const pools = take(await by.listPools({ params: of })).items;
  const resources = take(await by.listResources({ params: of })).items;
  const policies = take(await by.listPolicies({ params: of })).items;
  const sources = take(await by.listDataSources({ params: of })).items;
  return {
    getMe: take(await by.getMe({})),
    listOrganizations: take(await by.listOrganizations({})).items,
    getOrganization: take(await by.getOrganization({ params: of })),
    listAuditEvents: take(await by.listAuditEvents({ params: of })).items,
    listUsers: users,
    getMyUser: take(await by.getMyUser({ params: of })),
    getUser: await one(users, (userId) => by.getUser({ params: { ...of, userId } })),
    getUserAssets: await one(users, (userId) => by.getUserAssets({ params: { ...of, userId } })),
    listServiceAccounts: take(await by.listServiceAccounts({ params: of })).items,
    listPools: pools,
    getPool: await one(pools, (poolId) => by.getPool({ params: { ...of, poolId } })),
    listPoolUsers: take(await by.listPoolUsers({ params: { ...of, poolId: rootPoolId } })).items,
    listResources: resources,
    getResource: await one(resources, (resourceId) => by.getResource({ params: { ...of, resourceId } })),
    listPolicies: policies,
    getPolicy: await one(policies, (policyId) => by.getPolicy({ params: { ...of, policyId } })),
    listDataSources: sources,
    getDataSource: await one(sources, (dataSourceId) => by.getDataSource({ params: { ...of, dataSourceId } })),
    listInvites: invites,
    getInvite: await one(invites, (inviteId) => by.getInvite({ params: { ...of, inviteId } })),
  };
};

test('attributes that this version does not know change no response', async () => {
  const another = await newOrganization(stack);
  const { params: of, manager, rootPoolId } = another;
  const poolId = await newPool(another, 'Shop', rootPoolId);
  await newResource(another, poolId);
  take(await manager.client.createDataSource({ params: of, body: { type: 'aws', name: 'Main', accountId: '1' } }));
  const filters = { poolIds: [poolId] };
  take(await manager.client.createPolicy({ params: of, body: { type: 'budget', name: 'Little', amount: 1, filters } }));
  await bound(another, await stack.machine());
  const { token } = await inviteByMail(stack, another, newEmail());
  const before = await reads(another);
  for (const [name, value] of Object.entries(before)) expect(value, name).not.toEqual([]);
  const lookedUp = take(await stack.anybody.lookUpInvite({ body: { token } }));
  await markEveryItem(stack);
  expect(await reads(another)).toEqual(before);
  expect(take(await stack.anybody.lookUpInvite({ body: { token } }))).toEqual(lookedUp);
});
