import { describe, expect, test } from 'vitest';
import type { RoleAssignment } from '../../shared/roles/role.ts';
import type { PendingInvitesChoice } from '../../shared/users/inviter.ts';
import { allOf, oneOfEach, ownersShown } from '../support/assets.ts';
import { clock } from '../support/clock.ts';
import {
  inviteByMail,
  newEmail,
  newMember,
  newOrganization,
  newPool,
  refusal,
  take,
  wrongFields,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { aUser, plantUsers } from '../support/planted.ts';
import { bound } from '../support/service-accounts.ts';
import { password, useStack, type Caller } from '../support/stack.ts';

const stack = useStack();

type Named = Pick<TestMember, 'userId'>;

const remove = (
  { params, manager }: TestOrganization,
  user: Named,
  successor: Named | undefined,
  by: Pick<TestMember, 'client'> = manager,
  pendingInvites?: PendingInvitesChoice,
  ifMatch?: string,
) =>
  by.client.removeUser(
    {
      params: { ...params, userId: user.userId },
      query: { ...(successor && { successorId: successor.userId }), ...(pendingInvites && { pendingInvites }) },
    },
    ifMatch === undefined ? {} : { ifMatch },
  );

/** A machine with these roles in the organization. */
const newMachine = async (
  organization: TestOrganization,
  roles: RoleAssignment[],
): Promise<Caller & { userId: string }> => {
  const machine = await stack.machine();
  return { ...machine, userId: await bound(organization, machine, roles) };
};

describe('removing a user', () => {
  test('hands over all assets to the successor, along chains of successors, and keeps the record', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const [a, b, c] = [
      await newMember(stack, organization),
      await newMember(stack, organization),
      await newMember(stack, organization),
    ];
    const poolOfA = await newPool(organization, 'Of A', organization.rootPoolId, a.userId);
    const poolOfB = await newPool(organization, 'Of B', organization.rootPoolId, b.userId);

    expect(take(await remove(organization, a, b)).takenOver).toEqual({ pools: 1 });
    const second = take(await remove(organization, b, c));
    expect(second.takenOver).toEqual({ pools: 2 });
    expect(second.successor).toMatchObject({
      id: c.userId,
      takenOverFrom: [{ id: b.userId, name: 'Ben Member' }],
      version: 2,
    });

    const owners = take(await manager.client.listPools({ params })).items.filter(({ id }) =>
      [poolOfA, poolOfB].includes(id),
    );
    expect(owners.map(({ defaultOwnerId }) => defaultOwnerId)).toEqual([c.userId, c.userId]);
    const record = take(await manager.client.getUser({ params: { ...params, userId: a.userId } }));
    expect(record).toMatchObject({ status: 'removed', successorId: b.userId });
    expect(take(await manager.client.listUsers({ params })).items.map(({ id }) => id)).not.toContain(a.userId);
    await stack.drain();
    expect(
      take(await manager.client.listUsers({ params, query: { search: 'ben' } })).items.map(({ id }) => id),
    ).toEqual([c.userId]);
  });

  test('responds with the reason why a successor is refused', async () => {
    const organization = await newOrganization(stack);
    const [a, b] = [await newMember(stack, organization), await newMember(stack, organization)];
    const gone = await newMember(stack, organization);
    take(await remove(organization, gone, b));
    expect(refusal(await remove(organization, a, undefined))).toBe('422 successor_required');
    expect(refusal(await remove(organization, a, a))).toBe('422 successor_is_leaver');
    expect(refusal(await remove(organization, a, { ...b, userId: 'usr_none' }))).toBe('422 successor_unknown');
    expect(refusal(await remove(organization, a, gone))).toBe('422 successor_inactive');
    expect(refusal(await remove(organization, { ...a, userId: 'usr_none' }, b))).toBe('404 user_not_found');
    expect(wrongFields(await remove(organization, a, undefined))).toEqual(['?successorId successor_required']);
    expect(wrongFields(await remove(organization, a, gone))).toEqual(['?successorId successor_inactive']);
  });

  test('refuses service accounts and users of other organizations, both as the removed user and as the successor', async () => {
    const [organization, other] = [await newOrganization(stack), await newOrganization(stack)];
    const a = await newMember(stack, organization);
    const machine = await newMachine(organization, [{ role: 'organization_manager' }]);
    expect(refusal(await remove(organization, a, machine))).toBe('422 successor_unknown');
    expect(refusal(await remove(organization, machine, a))).toBe('404 user_not_found');
    expect(refusal(await remove(organization, a, other.manager))).toBe('422 successor_unknown');
    expect(refusal(await remove(organization, other.manager, a))).toBe('404 user_not_found');
    expect(refusal(await remove(organization, a, organization.manager, other.manager))).toBe(
      '404 organization_not_found',
    );
    const { userId: successorId } = organization.manager;
    const leave = machine.client.leaveOrganization({ params: organization.params, query: { successorId } });
    expect(refusal(await leave)).toBe('404 user_not_found');
    expect(take(await a.client.getMyUser({ params: organization.params })).status).toBe('active');
  });

  test('refuses a successor whose record would get too large, measured in bytes, because names can be in any script', async () => {
    const organization = await newOrganization(stack);
    const a = await newMember(stack, organization);
    const at = clock.now();
    const name = '寿'.repeat(100);
    const successor = aUser({
      takenOver: Array.from({ length: 1_000 }, (_, n) => ({ id: `usr_gone_${n}`, name, at })),
    });
    await plantUsers(organization.id, [successor]);
    expect(refusal(await remove(organization, a, { userId: successor.id }))).toBe('422 successor_full');
    take(await remove(organization, a, organization.manager));
  });

  test('a second time gets the same response, and with another successor it is refused', async () => {
    const organization = await newOrganization(stack);
    const [a, b, c] = [
      await newMember(stack, organization),
      await newMember(stack, organization),
      await newMember(stack, organization),
    ];
    await newPool(organization, 'Of A', organization.rootPoolId, a.userId);
    const first = take(await remove(organization, a, b));
    expect(take(await remove(organization, a, b))).toEqual(first);
    expect(refusal(await remove(organization, a, c))).toBe('409 already_removed');
  });

  test('a second time gets the same response, also with the version of the first request, and after the successor was removed', async () => {
    const organization = await newOrganization(stack);
    const { manager } = organization;
    const [a, b] = [await newMember(stack, organization), await newMember(stack, organization)];
    const first = take(await remove(organization, a, b, manager, 'keep', '"1"'));
    expect(take(await remove(organization, a, b, manager, 'keep', '"1"'))).toEqual(first);
    take(await remove(organization, b, manager));
    const again = take(await remove(organization, a, b));
    expect(again.user).toEqual(first.user);
    expect(again.successor).toMatchObject({ id: b.userId, status: 'removed', successorId: manager.userId });
  });

  test('is refused for the last organization manager', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const a = await newMember(stack, organization);
    expect(refusal(await remove(organization, manager, a))).toBe('409 last_organization_manager');
    expect(take(await manager.client.getMyUser({ params }))).toMatchObject({ status: 'active', version: 1 });
  });

  test('is refused if the user has changed since the version in If-Match', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const a = await newMember(stack, organization);
    const roles = [{ role: 'manager' as const, poolId: organization.rootPoolId }];
    take(await manager.client.changeRoles({ params: { ...params, userId: a.userId }, body: { roles } }));
    expect(refusal(await remove(organization, a, manager, manager, 'keep', '"1"'))).toBe('412 stale_version');
    expect(take(await a.client.getMyUser({ params })).status).toBe('active');
    const removed = await remove(organization, a, manager, manager, 'keep', '"2"');
    expect(take(removed).user).toMatchObject({ status: 'removed', version: 3 });
  });

  test('ends the person’s access immediately, and signs them out if they belong to no other organization', async () => {
    const [one, two] = [await newOrganization(stack, 'One'), await newOrganization(stack, 'Two')];
    const a = await newMember(stack, one);
    const { token } = await inviteByMail(stack, two, a.email);
    take(await stack.anybody.acceptInvite({ body: { token } }));
    take(await remove(one, a, one.manager));
    expect(refusal(await a.client.getMyUser({ params: one.params }))).toBe('404 organization_not_found');
    expect(take(await a.client.getMyUser({ params: two.params })).status).toBe('active');
    expect(take(await a.client.listOrganizations({})).items.map(({ name }) => name)).toEqual(['Two']);
  });

  test('frees the address for a new invite, which creates a new user without the assets of the old one', async () => {
    const organization = await newOrganization(stack);
    const a = await newMember(stack, organization);
    const pool = await newPool(organization, 'Of A', organization.rootPoolId, a.userId);
    take(await remove(organization, a, organization.manager));
    const { token } = await inviteByMail(stack, organization, a.email);
    const { userId } = take(await stack.anybody.acceptInvite({ body: { token } }));
    expect(userId).not.toBe(a.userId);
    const params = { ...organization.params, poolId: pool };
    expect(take(await organization.manager.client.getPool({ params })).defaultOwnerId).toBe(
      organization.manager.userId,
    );
  });

  test('requires an organization manager', async () => {
    const organization = await newOrganization(stack);
    const [a, b] = [
      await newMember(stack, organization, [{ role: 'manager', poolId: organization.rootPoolId }]),
      await newMember(stack, organization),
    ];
    expect(refusal(await remove(organization, b, a, a))).toBe('403 forbidden');
    expect(refusal(await remove(organization, b, a, b))).toBe('403 forbidden');
    const machine = await newMachine(organization, [{ role: 'manager', poolId: organization.rootPoolId }]);
    expect(refusal(await remove(organization, b, a, machine))).toBe('403 forbidden');
  });

  test('by a service account makes it responsible for the invites that are kept', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const machine = await newMachine(organization, [{ role: 'organization_manager' }]);
    const inviter = await newMember(stack, organization, [{ role: 'organization_manager' }]);
    const { token, inviteId } = await inviteByMail(stack, { ...organization, manager: inviter }, newEmail());
    take(await remove(organization, inviter, manager, machine));
    const invite = async () => take(await manager.client.getInvite({ params: { ...params, inviteId } }));
    const upheld = { status: 'pending', responsible: { id: machine.userId, name: 'Pipeline' } };
    expect(await invite()).toMatchObject(upheld);
    await stack.drain();
    expect(await invite()).toMatchObject(upheld);
    take(await stack.anybody.acceptInvite({ body: { token, name: 'New', password } }));
  });

  test('notifies the successor and the removed user by email, and is in the audit log', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const [a, b] = [
      await newMember(stack, organization, [{ role: 'member' }], 'Ada King'),
      await newMember(stack, organization, [{ role: 'member' }], 'Bob Byron'),
    ];
    take(await remove(organization, a, b));
    const plain = (text = '') => text.replaceAll('\u2060', '').replace(/\s+/g, ' ');
    const [toA, toB] = [await stack.noticesTo(a.email), await stack.mailsTo(b.email)];
    expect(toA.map(({ subject }) => subject)).toEqual(['You are no longer a user of Acme']);
    expect(plain(toA[0]?.body.text)).toContain('Bob Byron took over what you owned there.');
    expect(toB.map(({ subject }) => subject)).toEqual(['You took over from Ada King']);
    expect(plain(toB[0]?.body.text)).toContain('Everything they owned there now belongs to you.');

    for (const targetId of [a.userId, b.userId]) {
      const { items } = take(await manager.client.listAuditEvents({ params, query: { targetId } }));
      expect(items[0]).toMatchObject({
        action: 'user_removed',
        actor: { id: manager.userId },
        targets: [a.userId, b.userId],
        details: { pendingInvites: 'revoke_managers' },
      });
    }
  });
});

describe('pending invites', () => {
  test('of a removed user are kept by the acting manager or revoked, effective immediately', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    for (const fate of ['keep', 'revoke'] as const) {
      const inviter = await newMember(stack, organization, [{ role: 'organization_manager' }], `Inviter ${fate}`);
      const { token, inviteId } = await inviteByMail(stack, { ...organization, manager: inviter }, newEmail());
      take(await remove(organization, inviter, manager, manager, fate));
      const accepted = await stack.anybody.acceptInvite({ body: { token, password } });
      const invite = () => manager.client.getInvite({ params: { ...params, inviteId } });
      if (fate === 'keep') {
        take(accepted);
        expect(take(await invite())).toMatchObject({
          status: 'accepted',
          invitedBy: { id: inviter.userId },
          responsible: { id: manager.userId },
        });
      } else {
        expect(refusal(accepted)).toBe('410 invite_revoked');
        expect(take(await invite())).toMatchObject({ status: 'revoked', version: 1 });
        await stack.drain();
        expect(take(await invite())).toMatchObject({ status: 'revoked', version: 2 });
      }
    }
  });

  test('of a removed user free their addresses immediately if they are revoked', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const inviter = await newMember(stack, organization, [{ role: 'organization_manager' }]);
    const email = newEmail();
    const { inviteId } = await inviteByMail(stack, { ...organization, manager: inviter }, email);
    take(await remove(organization, inviter, manager, manager, 'revoke'));
    const { summary } = take(
      await manager.client.inviteUsers({ params, body: { emails: [email], roles: [{ role: 'member' }] } }),
    );
    expect(summary).toEqual({ created: 1 });
    await stack.drain();
    const old = take(await manager.client.getInvite({ params: { ...params, inviteId } }));
    expect(old).toMatchObject({ status: 'revoked', version: 2 });
    expect(take(await manager.client.listInvites({ params, query: { status: 'pending' } })).items).toHaveLength(1);
  });

  test('of a demoted user are kept by the acting manager', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const inviter = await newMember(stack, organization, [{ role: 'organization_manager' }]);
    const { token, inviteId } = await inviteByMail(stack, { ...organization, manager: inviter }, newEmail());
    take(
      await manager.client.changeRoles({
        params: { ...params, userId: inviter.userId },
        body: { roles: [{ role: 'member' }] },
      }),
    );
    expect(take(await manager.client.getInvite({ params: { ...params, inviteId } }))).toMatchObject({
      status: 'pending',
      invitedBy: { id: inviter.userId },
      responsible: { id: manager.userId },
    });
    take(await stack.anybody.acceptInvite({ body: { token, password } }));
  });
});

describe('rights end with their source', () => {
  const manages = [{ role: 'organization_manager' as const }];
  const demote = (
    { params }: TestOrganization,
    user: TestMember,
    by: TestMember,
    pendingInvites?: PendingInvitesChoice,
  ) =>
    by.client.changeRoles({
      params: { ...params, userId: user.userId },
      body: { roles: [{ role: 'member' }], ...(pendingInvites && { pendingInvites }) },
    });
  const statusesOf = async ({ params, manager }: TestOrganization, inviteIds: string[]) =>
    Promise.all(
      inviteIds.map(async (inviteId) => {
        const { status, invitedBy, responsible } = take(
          await manager.client.getInvite({ params: { ...params, inviteId } }),
        );
        return [status, invitedBy.id, responsible.id];
      }),
    );

  test.each<['removed' | 'demoted', PendingInvitesChoice | undefined, string[]]>([
    ['removed', undefined, ['pending', 'revoked']],
    ['removed', 'revoke_managers', ['pending', 'revoked']],
    ['removed', 'keep', ['pending', 'pending']],
    ['removed', 'revoke', ['revoked', 'revoked']],
    ['demoted', undefined, ['pending', 'revoked']],
    ['demoted', 'revoke_managers', ['pending', 'revoked']],
    ['demoted', 'keep', ['pending', 'pending']],
    ['demoted', 'revoke', ['revoked', 'revoked']],
  ])('with a manager who is %s, pendingInvites=%s: of a member and of a manager %j', async (loss, choice, statuses) => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const inviter = await newMember(stack, organization, manages);
    const as = { ...organization, manager: inviter };
    const ofMember = await inviteByMail(stack, as, newEmail());
    const ofManager = await inviteByMail(stack, as, newEmail(), manages);
    const ids = [ofMember.inviteId, ofManager.inviteId];
    take<unknown>(
      loss === 'removed'
        ? await remove(organization, inviter, manager, manager, choice)
        : await demote(organization, inviter, manager, choice),
    );
    const expected = statuses.map((status) => [
      status,
      inviter.userId,
      status === 'pending' ? manager.userId : inviter.userId,
    ]);
    expect(await statusesOf(organization, ids)).toEqual(expected);
    const pending = take(await manager.client.listInvites({ params, query: { status: 'pending' } })).items;
    expect(pending.map(({ id }) => id).toSorted()).toEqual(
      ids.filter((_, at) => statuses[at] === 'pending').toSorted(),
    );
    const lookup = await stack.anybody.lookUpInvite({ body: { token: ofManager.token } });
    if (statuses[1] === 'pending') take(lookup);
    else expect(refusal(lookup)).toBe('410 invite_revoked');
    await stack.drain();
    expect(await statusesOf(organization, ids)).toEqual(expected);
    const [event] = take(await manager.client.listAuditEvents({ params, query: { targetId: inviter.userId } })).items;
    expect(event?.details).toMatchObject({ pendingInvites: choice ?? 'revoke_managers' });
  });

  test('an invite that was kept can get the role of a manager before the worker has stored who is responsible for it', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const inviter = await newMember(stack, organization, manages);
    const { inviteId, token } = await inviteByMail(stack, { ...organization, manager: inviter }, newEmail());
    take(await remove(organization, inviter, manager));
    take(await manager.client.updateInvite({ params: { ...params, inviteId }, body: { roles: manages } }));
    const expected = [['pending', inviter.userId, manager.userId]];
    expect(await statusesOf(organization, [inviteId])).toEqual(expected);
    await stack.drain();
    expect(await statusesOf(organization, [inviteId])).toEqual(expected);
    const { userId } = take(await stack.anybody.acceptInvite({ body: { token, name: 'New', password } }));
    const user = take(await manager.client.getUser({ params: { ...params, userId } }));
    expect(user).toMatchObject({ roles: manages, invitedBy: { id: inviter.userId } });
  });

  test('managers who give up their own right must revoke their invites, because nobody would be responsible for them', async () => {
    const organization = await newOrganization(stack);
    const inviter = await newMember(stack, organization, manages);
    const { inviteId } = await inviteByMail(stack, { ...organization, manager: inviter }, newEmail());
    const refused = await demote(organization, inviter, inviter, 'keep');
    expect([refusal(refused), wrongFields(refused)]).toEqual([
      '422 invites_need_manager',
      ['/pendingInvites invites_need_manager'],
    ]);
    take(await demote(organization, inviter, inviter));
    expect(await statusesOf(organization, [inviteId])).toEqual([['revoked', inviter.userId, inviter.userId]]);
  });

  test('the service accounts that a manager bound are listed, and keep their rights', async () => {
    const machine = await stack.machine();
    for (const loss of ['removed', 'demoted', 'left'] as const) {
      const organization = await newOrganization(stack);
      const { params, manager } = organization;
      const binder = await newMember(stack, organization, manages);
      const id = await bound({ ...organization, manager: binder }, machine);
      const ends = {
        removed: async () => take(await remove(organization, binder, manager)),
        demoted: async () => take(await demote(organization, binder, manager)),
        left: async () =>
          take(await binder.client.leaveOrganization({ params, query: { successorId: manager.userId } })),
      };
      expect((await ends[loss]()).serviceAccounts).toEqual([{ id, name: 'Pipeline' }]);
      const [event] = take(await manager.client.listAuditEvents({ params, query: { targetId: binder.userId } })).items;
      expect(event).toMatchObject({ details: { serviceAccounts: [id] }, names: { [id]: 'Pipeline' } });
      take(await machine.client.listPools({ params }));
      const { serviceAccounts } = take(await remove(organization, await newMember(stack, organization), manager));
      expect(serviceAccounts).toEqual([]);
      take(await manager.client.deleteServiceAccount({ params: { ...params, serviceAccountId: id } }));
    }
  });
});

describe('invites handed over twice', () => {
  test('stay revoked, even if their first inviter can invite again, and their address is free', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const [ada, bob] = [
      await newMember(stack, organization, [{ role: 'organization_manager' }]),
      await newMember(stack, organization, [{ role: 'organization_manager' }]),
    ];
    const email = newEmail();
    const { token, inviteId } = await inviteByMail(stack, { ...organization, manager: ada }, email);
    const change = (by: TestMember, role: 'member' | 'organization_manager') =>
      by.client.changeRoles({ params: { ...params, userId: ada.userId }, body: { roles: [{ role }] } });
    take(await change(bob, 'member'));
    take(await remove(organization, bob, manager, manager, 'revoke'));
    take(await change(manager, 'organization_manager'));

    const invite = async () => take(await manager.client.getInvite({ params: { ...params, inviteId } }));
    expect((await invite()).status).toBe('revoked');
    expect(refusal(await stack.anybody.acceptInvite({ body: { token, password } }))).toBe('410 invite_revoked');
    await stack.drain();
    expect(await invite()).toMatchObject({ status: 'revoked', version: 2 });
    const body = { emails: [email], roles: [{ role: 'member' as const }] };
    expect(take(await manager.client.inviteUsers({ params, body })).summary).toEqual({ created: 1 });
  });

  test('are stored with the user who is responsible for them, and are revoked when that user gives up the right to invite', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const ada = await newMember(stack, organization, [{ role: 'organization_manager' }]);
    const kept = await inviteByMail(stack, { ...organization, manager: ada }, newEmail());
    const demote = (by: TestMember, user: TestMember) =>
      by.client.changeRoles({ params: { ...params, userId: user.userId }, body: { roles: [{ role: 'member' }] } });
    take(await demote(manager, ada));
    await stack.drain();
    const invite = async () => take(await manager.client.getInvite({ params: { ...params, inviteId: kept.inviteId } }));
    expect(await invite()).toMatchObject({
      status: 'pending',
      invitedBy: { id: ada.userId },
      responsible: { id: manager.userId },
    });

    await newMember(stack, organization, [{ role: 'organization_manager' }]);
    take(await demote(manager, manager));
    expect((await invite()).status).toBe('revoked');
    await stack.drain();
    expect(await invite()).toMatchObject({ status: 'revoked', version: 2 });
  });
});

describe('leaving', () => {
  test('is allowed to every user, with a successor', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const a = await newMember(stack, organization);
    expect(refusal(await a.client.leaveOrganization({ params }))).toBe('422 successor_required');
    const left = take(await a.client.leaveOrganization({ params, query: { successorId: manager.userId } }));
    expect(left.user).toMatchObject({ id: a.userId, status: 'removed', successorId: manager.userId });
    expect(refusal(await a.client.getMyUser({ params }))).toBe('404 organization_not_found');
    const { items } = take(await manager.client.listAuditEvents({ params, query: { targetId: a.userId } }));
    expect(items[0]).toMatchObject({ action: 'user_left', actor: { id: a.userId } });
  });

  test('hands over all assets, as a removal does', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const a = await newMember(stack, organization);
    const assets = await oneOfEach(organization, a.userId);
    take(await a.client.leaveOrganization({ params, query: { successorId: manager.userId } }));
    expect(await ownersShown(organization, assets)).toEqual(allOf(manager.userId));
  });

  test('is refused if the user has changed since the version in If-Match', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const a = await newMember(stack, organization);
    const leave = (ifMatch: string) =>
      a.client.leaveOrganization({ params, query: { successorId: manager.userId } }, { ifMatch });
    expect(refusal(await leave('"2"'))).toBe('412 stale_version');
    take(await leave('"1"'));
  });

  test('is also possible for an organization manager by removing their own user', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const second = await newMember(stack, organization, [{ role: 'organization_manager' }]);
    take(await remove(organization, second, manager, second));
    const { items } = take(await manager.client.listAuditEvents({ params, query: { targetId: second.userId } }));
    expect(items[0]).toMatchObject({ action: 'user_left', actor: { id: second.userId } });
  });

  test('is refused to the last organization manager, and to one whose successor cannot be responsible for the invites', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const member = await newMember(stack, organization);
    const leave = (query: { successorId: string; pendingInvites?: 'revoke' }) =>
      manager.client.leaveOrganization({ params, query });
    for (const pendingInvites of [undefined, 'revoke'] as const)
      expect(refusal(await leave({ successorId: member.userId, ...(pendingInvites && { pendingInvites }) }))).toBe(
        '409 last_organization_manager',
      );
    const second = await newMember(stack, organization, [{ role: 'organization_manager' }]);
    expect(refusal(await leave({ successorId: member.userId }))).toBe('422 invites_need_manager');
    take(await leave({ successorId: second.userId }));
  });
});
