import { describe, expect, test } from 'vitest';
import { removeUser } from '../../shared/handover/remove-user.ts';
import { restoreUser } from '../../shared/handover/restore-user.ts';
import type { RoleAssignment } from '../../shared/roles/role.ts';
import { userEntries } from '../../shared/users/user-entries.ts';
import { allOf, oneOfEach, ownersShown } from '../support/assets.ts';
import { meter } from '../support/measure.ts';
import { callerOf, servicesOf } from '../support/operations.ts';
import {
  everyPage,
  inviteByMail,
  newEmail,
  newMember,
  newOrganization,
  newPool,
  newResource,
  refusal,
  take,
  type TestMember,
} from '../support/organization.ts';
import { aManager, aUser, plantOrganization, plantUsers } from '../support/planted.ts';
import { planted, remove, restore, userOf } from '../support/restores.ts';
import { bound, deleteServiceAccount } from '../support/service-accounts.ts';
import { password, useStack } from '../support/stack.ts';

const stack = useStack();

describe('a restored user', () => {
  test('is the same user as before, and has their roles immediately, with the previous token', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const web = await newPool(organization, 'Web', organization.rootPoolId);
    const ada = await newMember(stack, organization, [{ role: 'manager', poolId: web }], 'Ada King');
    const create = (name: string) => ada.client.createPool({ params, body: { name, parentId: web } });
    take(await create('Before'));
    const before = await userOf(organization, ada);
    take(await remove(organization, ada, manager));
    expect(refusal(await create('Gone'))).toBe('404 organization_not_found');
    const restored = take(await restore(organization, ada));
    expect(restored).toEqual({ ...before, version: before.version + 2 });
    take(await create('After'));
    expect(take(await ada.client.getMyUser({ params }))).toMatchObject(restored);
    expect(take(await ada.client.listOrganizations({})).items).toMatchObject([{ id: organization.id }]);
    await stack.drain();
    expect(take(await ada.client.getMyUser({ params }))).toMatchObject(restored);
  });

  test('has no role on a pool that was deleted in the meantime', async () => {
    const organization = await newOrganization(stack);
    const { params, manager, rootPoolId } = organization;
    const web = await newPool(organization, 'Web', rootPoolId);
    const ada = await newMember(stack, organization, [
      { role: 'manager', poolId: web },
      { role: 'engineer', poolId: rootPoolId },
    ]);
    take(await remove(organization, ada, manager));
    take(await manager.client.deletePool({ params: { ...params, poolId: web } }));
    expect(take(await restore(organization, ada)).roles).toEqual([
      { role: 'engineer', poolId: rootPoolId, poolName: 'Acme' },
    ]);
    const body = { name: 'New', parentId: rootPoolId };
    expect(refusal(await ada.client.createPool({ params, body }))).toBe('403 forbidden');
  });

  test.each([
    ['before the restore', true],
    ['only after it', false],
  ])('is in every list again, even if the worker deleted the list entries %s', async (_, tidied) => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const web = await newPool(organization, 'Web', organization.rootPoolId);
    const roles: RoleAssignment[] = [{ role: 'engineer', poolId: web }];
    const ada = aUser({ name: 'Ada King', assignments: roles });
    await plantUsers(organization.id, [ada]);
    const user = { userId: ada.id };
    const lists = async () => {
      const listed = async (query: object) => take(await manager.client.listUsers({ params, query })).items;
      const found = [
        await listed({}),
        await listed({ search: 'ada' }),
        await listed({ search: 'king' }),
        await listed({ search: ada.email }),
        await listed({ role: 'engineer' }),
        await listed({ poolId: web }),
        take(await manager.client.listPoolUsers({ params: { ...params, poolId: web } })).items.map((each) => each.user),
      ];
      return found.map((items) => items.some(({ id }) => id === ada.id));
    };
    const everywhere = Array(7).fill(true);
    expect(await lists()).toEqual(everywhere);
    take(await remove(organization, user, manager));
    expect(await lists()).toEqual(Array(7).fill(false));
    if (tidied) await stack.drain();
    take(await restore(organization, user));
    expect(await lists()).toEqual(everywhere);
    await stack.drain();
    stack.advanceClock(400_000);
    await stack.tick();
    expect(await lists()).toEqual(everywhere);
  });

  test('counts as an organization manager again, exactly once', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const second = await newMember(stack, organization, [{ role: 'organization_manager' }]);
    const heir = await newMember(stack, organization);
    const leave = () =>
      manager.client.leaveOrganization({
        params,
        query: { successorId: heir.userId, pendingInvites: 'revoke' },
      });
    take(await remove(organization, second, heir));
    expect(refusal(await leave())).toBe('409 last_organization_manager');
    take(await restore(organization, second));
    take(await restore(organization, second));
    take(await leave());
    expect(refusal(await remove(organization, second, heir, second))).toBe('409 last_organization_manager');
  });

  test('who is an organization manager can invite again; invites that somebody took over or that were revoked stay so', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    for (const fate of ['keep', 'revoke'] as const) {
      const inviter = await newMember(stack, organization, [{ role: 'organization_manager' }]);
      const as = { ...organization, manager: inviter };
      const old = await inviteByMail(stack, as, newEmail());
      take(await remove(organization, inviter, manager, manager, fate));
      take(await restore(organization, inviter));
      await stack.drain();
      const invite = async ({ inviteId }: typeof old) =>
        take(await manager.client.getInvite({ params: { ...params, inviteId } }));
      expect(await invite(old)).toMatchObject(
        fate === 'keep' ? { status: 'pending', responsible: { id: manager.userId } } : { status: 'revoked' },
      );
      const fresh = await inviteByMail(stack, as, newEmail());
      expect(await invite(fresh)).toMatchObject({ status: 'pending', invitedBy: { id: inviter.userId } });
      take(await stack.anybody.acceptInvite({ body: { token: fresh.token, name: 'New', password } }));
    }
  });

  test('is notified by email, and so is the successor, and the restore is in the audit log', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const [ada, heir] = [
      await newMember(stack, organization, [{ role: 'member' }], 'Ada King'),
      await newMember(stack, organization, [{ role: 'member' }], 'Bob Byron'),
    ];
    take(await remove(organization, ada, heir));
    const newest = async ({ email }: TestMember) => (await stack.noticesTo(email)).at(-1);
    await newest(ada);
    take(await restore(organization, ada));
    const plain = (text = '') => text.replaceAll('\u2060', '').replace(/\s+/g, ' ');
    const [toAda, toHeir] = [await newest(ada), await newest(heir)];
    expect(toAda?.subject).toBe('You are a user of Acme again');
    expect(plain(toAda?.body.text)).toContain('Mara Manager restored your access, with your roles');
    expect(toHeir?.subject).toBe('Ada King is back');
    expect(plain(toHeir?.body.text)).toContain('Everything you took over from them belongs to them again');
    for (const targetId of [ada.userId, heir.userId]) {
      const { items } = take(await manager.client.listAuditEvents({ params, query: { targetId } }));
      expect(items[0]).toMatchObject({
        action: 'user_restored',
        actor: { id: manager.userId },
        targets: [ada.userId, heir.userId],
      });
    }
  });

  test('is restored once by two requests: the second response is the same, and nobody is notified again', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const ada = await newMember(stack, organization);
    take(await remove(organization, ada, manager));
    await stack.noticesTo(ada.email);
    const first = take(await restore(organization, ada));
    expect(take(await restore(organization, ada))).toEqual(first);
    expect(take(await restore(organization, manager))).toMatchObject({ id: manager.userId, version: 3 });
    const mails = (await stack.noticesTo(ada.email)).filter(({ subject }) => subject.includes('again'));
    expect(mails).toHaveLength(1);
    const { items } = take(await manager.client.listAuditEvents({ params, query: { targetId: ada.userId } }));
    expect(items.filter(({ action }) => action === 'user_restored')).toHaveLength(1);
  });
});

describe('a restore is refused', () => {
  test('if the successor was removed too, until the successor is restored', async () => {
    const organization = await newOrganization(stack);
    const { manager } = organization;
    const [a, b] = await planted(organization, 'A', 'B');
    const [ofA, ofB] = [await oneOfEach(organization, a.userId), await oneOfEach(organization, b.userId)];
    take(await remove(organization, a, b));
    take(await remove(organization, b, manager));
    for (const settled of [false, true]) {
      if (settled) await stack.drain();
      expect(refusal(await restore(organization, a))).toBe('409 successor_removed');
      expect(await ownersShown(organization, ofA)).toEqual(allOf(manager.userId));
    }
    take(await restore(organization, b));
    for (const assets of [ofA, ofB]) expect(await ownersShown(organization, assets)).toEqual(allOf(b.userId));
    expect((await userOf(organization, b)).takenOverFrom).toMatchObject([{ id: a.userId }]);
    take(await restore(organization, a));
    for (const settled of [false, true]) {
      if (settled) await stack.drain();
      expect(await ownersShown(organization, ofA)).toEqual(allOf(a.userId));
      expect(await ownersShown(organization, ofB)).toEqual(allOf(b.userId));
    }
    expect((await userOf(organization, manager)).takenOverFrom).toEqual([]);
  });

  test('if the address has joined again, so the new user stays the only one', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const ada = await newMember(stack, organization);
    take(await remove(organization, ada, manager));
    const { token } = await inviteByMail(stack, organization, ada.email);
    const { userId } = take(await stack.anybody.acceptInvite({ body: { token } }));
    expect(refusal(await restore(organization, ada))).toBe('409 already_member');
    expect(take(await ada.client.getMyUser({ params })).id).toBe(userId);
    take(await remove(organization, { userId }, manager));
    take(await restore(organization, ada));
    expect(take(await ada.client.getMyUser({ params })).id).toBe(ada.userId);
  });

  test('while the address has a pending invite, but not once it is revoked, declined or expired', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const ada = await newMember(stack, organization);
    const settleInvite: ((invite: { inviteId: string; token: string }) => Promise<unknown>)[] = [
      async ({ inviteId }) => take(await manager.client.revokeInvite({ params: { ...params, inviteId } })),
      async ({ token }) => take(await stack.anybody.declineInvite({ body: { token } })),
      // The expiry is not stored yet.
      async () => stack.advanceClock(8 * 86_400_000),
    ];
    for (const settle of settleInvite) {
      take(await remove(organization, ada, manager));
      const invite = await inviteByMail(stack, organization, ada.email);
      expect(refusal(await restore(organization, ada))).toBe('409 address_taken');
      await settle(invite);
      take(await restore(organization, ada));
      const accepted = await stack.anybody.acceptInvite({ body: { token: invite.token } });
      expect(refusal(accepted)).toMatch(/^410 invite_/);
    }
    await stack.tick();
    expect(take(await ada.client.getMyUser({ params })).id).toBe(ada.userId);
    const body = { emails: [ada.email], roles: [{ role: 'member' as const }] };
    expect(take(await manager.client.inviteUsers({ params, body })).summary).toEqual({ already_member: 1 });
  });

  test('but not because of an invite of the address that was revoked with the removal of its inviter', async () => {
    const organization = await newOrganization(stack);
    const { manager } = organization;
    const ada = await newMember(stack, organization);
    const inviter = await newMember(stack, organization, [{ role: 'organization_manager' }]);
    take(await remove(organization, ada, manager));
    await inviteByMail(stack, { ...organization, manager: inviter }, ada.email);
    take(await remove(organization, inviter, manager, manager, 'revoke'));
    take(await restore(organization, ada));
    await stack.drain();
    const body = { emails: [ada.email], roles: [{ role: 'member' as const }] };
    const { summary } = take(await manager.client.inviteUsers({ params: organization.params, body }));
    expect(summary).toEqual({ already_member: 1 });
  });

  test('for a person who was never a user of the organization', async () => {
    const [organization, other] = [await newOrganization(stack), await newOrganization(stack)];
    const id = await bound(organization, await stack.machine());
    take(await deleteServiceAccount(organization, id));
    const { manager } = organization;
    for (const userId of ['usr_none', other.manager.userId, id])
      expect(refusal(await restore(organization, { userId }))).toBe('404 user_not_found');
    expect(refusal(await restore(organization, manager, other.manager))).toBe('404 organization_not_found');
  });

  test('to anybody but an organization manager', async () => {
    const organization = await newOrganization(stack);
    const { manager, rootPoolId } = organization;
    const by = await newMember(stack, organization, [{ role: 'manager', poolId: rootPoolId }]);
    const ada = await newMember(stack, organization, [{ role: 'organization_manager' }]);
    take(await remove(organization, ada, manager));
    expect(refusal(await restore(organization, ada, by))).toBe('403 forbidden');
    expect(refusal(await restore(organization, ada, ada))).toBe('404 organization_not_found');
    expect((await userOf(organization, ada)).status).toBe('removed');
  });

  test('if If-Match is not the current version', async () => {
    const organization = await newOrganization(stack);
    const { manager } = organization;
    const [ada] = await planted(organization, 'Ada');
    take(await remove(organization, ada, manager));
    expect(refusal(await restore(organization, ada, manager, '"1"'))).toBe('412 stale_version');
    expect(take(await restore(organization, ada, manager, '"2"')).version).toBe(3);
  });
});

test('a service account that is an organization manager can restore a user', async () => {
  const organization = await newOrganization(stack);
  const { manager } = organization;
  const machine = await stack.machine();
  await bound(organization, machine, [{ role: 'organization_manager' }]);
  const [ada] = await planted(organization, 'Ada');
  take(await remove(organization, ada, manager));
  expect(take(await restore(organization, ada, machine)).status).toBe('active');
});

test('a restore is one transaction of at most 17 items and the user’s list entries, however many assets it returns', async () => {
  const manyRoles: RoleAssignment[] = [
    { role: 'organization_manager' },
    ...Array.from({ length: 49 }, (_, n) => ({ role: 'engineer' as const, poolId: `pool_${n}` })),
  ];
  const [actor, heir] = [aManager(), aUser()];
  const ada = aUser({
    name: 'One Two Three Four Five Six Seven Eight',
    assignments: manyRoles,
    holdings: Array.from({ length: 500 }, (_, n) => `usr_earlier_${n}`),
  });
  const { id, params } = await plantOrganization([actor, ada, heir]);
  const by = callerOf(actor);
  const call = { params: { ...params, userId: ada.id }, body: undefined };
  const query = { successorId: heir.id, pendingInvites: 'keep' as const };
  expect(await removeUser(servicesOf(id))(by, { ...call, query })).toMatchObject({ ok: true });
  const { cost, measured } = meter();
  expect(await restoreUser(servicesOf(id, measured))(by, { ...call, query: {} })).toMatchObject({ ok: true });
  const entries = userEntries(id, ada).length;
  expect(entries).toBe(10 + 2 + 49);
  expect(cost.written - entries).toBeLessThanOrEqual(17);
});

test('after a restore, each resource is in exactly one owner’s list, and none is missing', async () => {
  const organization = await newOrganization(stack);
  const { params, manager, rootPoolId } = organization;
  const [ada, heir] = await planted(organization, 'Ada', 'Heir');
  const made: string[] = [];
  for (const { userId } of [ada, heir, ada, heir, ada])
    made.push((await newResource(organization, rootPoolId, { ownerId: userId })).id);
  take(await remove(organization, ada, heir));
  take(await restore(organization, ada));
  const all = await Promise.all(
    [ada, heir].map(({ userId }) =>
      everyPage((cursor) => manager.client.listResources({ params, query: { ownerId: userId, limit: 2, ...cursor } })),
    ),
  );
  expect(all.map((items) => items.length)).toEqual([3, 2]);
  expect(
    all
      .flat()
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(made.toSorted());
});
