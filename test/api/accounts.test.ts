import { describe, expect, test } from 'vitest';
import { routes } from '../../shared/api/routes.ts';
import { keys } from '../../shared/table/keys.ts';
import {
  inviteByMail,
  newEmail,
  newMember,
  newOrganization,
  refusal,
  take,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { tableFor } from '../support/planted.ts';
import { outside } from '../support/outside.ts';
import { remove } from '../support/restores.ts';
import { password, useStack } from '../support/stack.ts';

const stack = useStack();
const directory = outside(stack);
const day = 24 * 60 * 60_000;

/** Lets a day pass, so that the accounts of all organizations are looked up. */
const sweep = async () => {
  stack.advanceClock(day);
  await stack.tick();
};

const shown = async ({ params, manager }: TestOrganization, { userId }: Pick<TestMember, 'userId'>) =>
  take(await manager.client.getUser({ params: { ...params, userId } }));

const listed = async ({ params, manager }: TestOrganization, query: { search?: string } = {}) =>
  take(await manager.client.listUsers({ params, query })).items;

const eventsOf = async ({ params, manager }: TestOrganization, { userId }: Pick<TestMember, 'userId'>) =>
  take(await manager.client.listAuditEvents({ params, query: { targetId: userId } })).items;

const outcomeOfInvite = async ({ params, manager }: TestOrganization, email: string) => {
  const body = { emails: [email], roles: [{ role: 'member' as const }], dryRun: true };
  return take(await manager.client.inviteUsers({ params, body })).results[0]?.outcome;
};

describe('a user whose account was disabled or deleted outside Roster', () => {
  test.each(['disable', 'delete'] as const)('(%s) cannot be a successor', async (change) => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const [leaver, successor] = [await newMember(stack, organization), await newMember(stack, organization)];
    await directory[change](successor);
    expect(refusal(await remove(organization, leaver, successor))).toBe('422 successor_cannot_sign_in');
    const leaving = leaver.client.leaveOrganization({ params, query: { successorId: successor.userId } });
    expect(refusal(await leaving)).toBe('422 successor_cannot_sign_in');
    take(await remove(organization, leaver, manager));
  });

  test.each(['disable', 'delete'] as const)(
    '(%s) does not count as the remaining organization manager',
    async (change) => {
      const organization = await newOrganization(stack);
      const { params, manager } = organization;
      const role = [{ role: 'organization_manager' as const }];
      const [other, member] = [await newMember(stack, organization, role), await newMember(stack, organization)];
      await directory[change](other);
      const leave = () =>
        manager.client.leaveOrganization({ params, query: { successorId: member.userId, pendingInvites: 'revoke' } });
      const demote = () =>
        manager.client.changeRoles({
          params: { ...params, userId: manager.userId },
          body: { roles: [{ role: 'member' }] },
        });
      expect(refusal(await leave())).toBe('409 no_manager_can_sign_in');
      expect(refusal(await demote())).toBe('409 no_manager_can_sign_in');
      // As soon as another manager can sign in, both requests succeed.
      const third = await newMember(stack, organization, role);
      take(await demote());
      take(await remove(organization, other, member, third));
    },
  );
});

test('the daily sweep shows accounts that were disabled or deleted outside Roster, and those that were enabled again', async () => {
  const organization = await newOrganization(stack);
  const [ben, cyd, dan] = [
    await newMember(stack, organization),
    await newMember(stack, organization),
    await newMember(stack, organization),
  ];
  await directory.disable(ben);
  await directory.delete(cyd);
  await sweep();
  const accounts = async () =>
    Promise.all([ben, cyd, dan].map(async (user) => (await shown(organization, user)).account));
  expect(await accounts()).toEqual(['disabled', 'missing', 'active']);
  for (const user of await listed(organization)) expect(user).toEqual(await shown(organization, { userId: user.id }));
  expect((await eventsOf(organization, ben))[0]).toMatchObject({
    action: 'user_account_changed',
    details: { before: 'active', after: 'disabled' },
  });

  await directory.enable(ben);
  await sweep();
  expect(await accounts()).toEqual(['active', 'missing', 'active']);
});

test('routes refuse a person whose account was disabled', async () => {
  const organization = await newOrganization(stack);
  const { params } = organization;
  const ben = await newMember(stack, organization);
  const { inviteId } = await inviteByMail(stack, await newOrganization(stack), ben.email);
  const personal = {
    getMe: () => ben.client.getMe({}),
    updateMe: () => ben.client.updateMe({ body: { name: 'Ben' } }),
    getNotifications: () => ben.client.getNotifications({}),
    updateNotifications: () => ben.client.updateNotifications({ body: { kinds: { assets_taken_over: false } } }),
    listMyInvites: () => ben.client.listMyInvites({}),
    acceptMyInvite: () => ben.client.acceptMyInvite({ params: { ...params, inviteId } }),
    declineMyInvite: () => ben.client.declineMyInvite({ params: { ...params, inviteId } }),
    createOrganization: () => ben.client.createOrganization({ body: { name: 'Own' } }),
  };
  await directory.disable(ben);
  for (const call of Object.values(personal)) expect(refusal(await call())).toBe('403 own_account_disabled');
  // These two routes do not query the directory: they refuse the person once the account has been looked up.
  const others = { listOrganizations: () => ben.client.listOrganizations({}) };
  await sweep();
  for (const call of [others.listOrganizations, () => ben.client.getOrganization({ params })])
    expect(refusal(await call())).toBe('403 own_account_disabled');
  const forPeople = Object.entries(routes).filter(([, { access }]) => access === 'person');
  expect(Object.keys({ ...personal, ...others }).toSorted()).toEqual(forPeople.map(([name]) => name).toSorted());
});

describe('a verified change of address', () => {
  test('is found by the first request with the next token, without another request while nothing has changed', async () => {
    const organization = await newOrganization(stack);
    const { params } = organization;
    const ben = await newMember(stack, organization);
    const record = () => tableFor(organization.id).get(keys.user(organization.id, ben.userId));
    take(await ben.client.getMyUser({ params }));
    expect(await record()).not.toHaveProperty('accountAskedAt');

    const changed = newEmail('changed');
    await directory.changeEmail(ben, changed);
    take(await ben.client.getMyUser({ params }));
    expect(await record()).not.toHaveProperty('accountAskedAt');
    const again = await stack.signIn(changed);
    take(await again.client.getMyUser({ params }));
    await stack.drain();
    expect(await shown(organization, ben)).toMatchObject({ email: changed });
    for (const address of [ben.email, changed]) expect(await stack.mailsTo(address)).toHaveLength(1);
    const asked = await record();
    expect(asked).not.toHaveProperty('accountAskedAt');

    // The old token, which is still valid, causes one look-up, and changes nothing.
    for (let count = 0; count < 2; count += 1) {
      take(await ben.client.getMyUser({ params }));
      await stack.drain();
    }
    expect(await record()).toEqual({ ...asked, dueAt: undefined, duePk: undefined });
  });

  test('is applied by the daily sweep to the record, the lists, the claim of the address and the audit log, and both addresses are notified', async () => {
    const organization = await newOrganization(stack);
    const ben = await newMember(stack, organization);
    const [unverified, changed] = [newEmail('unverified'), newEmail('changed')];
    await directory.changeEmail(ben, unverified, false);
    await sweep();
    expect((await shown(organization, ben)).email).toBe(ben.email);

    await directory.changeEmail(ben, changed.toUpperCase());
    await sweep();
    expect(await shown(organization, ben)).toMatchObject({ email: changed, version: 2 });
    expect((await listed(organization, { search: changed })).map(({ id }) => id)).toEqual([ben.userId]);
    expect(await listed(organization, { search: ben.email })).toEqual([]);
    expect(await outcomeOfInvite(organization, changed)).toBe('already_member');
    expect(await outcomeOfInvite(organization, ben.email)).toBe('created');
    for (const address of [ben.email, changed])
      expect((await stack.mailsTo(address)).map(({ subject }) => subject)).toEqual([
        'Your email address in Acme changed',
      ]);
    const [event] = await eventsOf(organization, ben);
    expect(event).toMatchObject({ action: 'user_address_changed', details: { before: ben.email, after: changed } });
    // The event itself, which can never be erased, does not contain the addresses.
    const stored = await tableFor(organization.id).get(keys.auditEvent(organization.id, event?.id ?? ''));
    expect(JSON.stringify(stored)).not.toContain('@example.com');
  });

  test.each(['by the link', 'signed in'] as const)(
    'to an invited address ends that invite when it is accepted %s',
    async (way) => {
      const organization = await newOrganization(stack);
      const ben = await newMember(stack, organization);
      const changed = newEmail('changed');
      const { token, inviteId } = await inviteByMail(stack, organization, changed);
      await directory.changeEmail(ben, changed);
      const invite = { params: { ...organization.params, inviteId } };
      const accepting =
        way === 'signed in'
          ? ben.client.acceptMyInvite(invite)
          : stack.anybody.acceptInvite({ body: { token, name: 'Ben', password } });
      expect(refusal(await accepting)).toBe('409 already_member');
      expect(take(await organization.manager.client.getInvite(invite)).status).toBe('already_member');
    },
  );

  test.each(['invited', 'another user'] as const)(
    'is shown as a conflict while the address is %s, and is applied afterwards',
    async (taken) => {
      const organization = await newOrganization(stack);
      const { params, manager } = organization;
      const [ben, cyd] = [await newMember(stack, organization), await newMember(stack, organization)];
      const changed = taken === 'invited' ? newEmail('changed') : cyd.email;
      const invited = taken === 'invited' ? await inviteByMail(stack, organization, changed) : undefined;
      if (taken === 'another user') await directory.delete(cyd);
      await directory.changeEmail(ben, changed);
      for (let count = 0; count < 2; count += 1) {
        await sweep();
        expect(await shown(organization, ben)).toMatchObject({ email: ben.email, emailConflict: changed, version: 2 });
      }
      expect((await listed(organization)).find(({ id }) => id === ben.userId)).toMatchObject({
        emailConflict: changed,
      });
      expect((await eventsOf(organization, ben))[0]).toMatchObject({
        action: 'user_address_conflict',
        details: { email: changed },
      });
      const told = (await stack.noticesTo(manager.email)).map(({ subject }) => subject);
      expect(told.filter((subject) => subject.includes('is already taken'))).toHaveLength(1);

      if (invited) take(await manager.client.revokeInvite({ params: { ...params, inviteId: invited.inviteId } }));
      else take(await remove(organization, cyd, manager));
      await sweep();
      const now = await shown(organization, ben);
      expect(now).toMatchObject({ email: changed, version: 3 });
      expect(now).not.toHaveProperty('emailConflict');
    },
  );

  test('to a domain that the organization does not allow is not applied before the domain is allowed', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const ben = await newMember(stack, organization);
    take(await manager.client.updateOrganization({ params, body: { allowedDomains: ['example.com'] } }));
    const changed = newEmail('changed').replace('@example.com', '@elsewhere.example');
    await directory.changeEmail(ben, changed);
    await sweep();
    expect(await shown(organization, ben)).toMatchObject({ email: ben.email, emailConflict: changed });
    const told = (await stack.noticesTo(manager.email)).map(({ subject }) => subject);
    expect(told.filter((subject) => subject.includes('is not allowed'))).toHaveLength(1);
    take(await manager.client.updateOrganization({ params, body: { allowedDomains: [] } }));
    await sweep();
    expect(await shown(organization, ben)).toMatchObject({ email: changed });
  });
});
