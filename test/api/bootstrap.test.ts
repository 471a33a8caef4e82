import { describe, expect, test } from 'vitest';
import type { OperatorAnswer } from '../../shared/operators/operator.ts';
import { newEmail, newMember, newOrganization, newestToken, refusal, take } from '../support/organization.ts';
import { password, useStack, type SignedIn } from '../support/stack.ts';
import { changesOf, everyItem } from '../support/table-items.ts';

const stack = useStack();
const minute = 60_000;
const day = 24 * 60 * minute;

const operate = (command: Record<string, unknown>) => stack.invoke('operate', command);

/** The result of a command, which must succeed. */
const done = async (command: Record<string, unknown>): Promise<OperatorAnswer> => {
  const result = await operate(command);
  if (!result.ok) expect.unreachable(`The operators were refused: ${JSON.stringify(result)}`);
  return result.value as OperatorAnswer;
};

const refused = async (command: Record<string, unknown>): Promise<string> => {
  const result = await operate(command);
  if (result.ok) expect.unreachable(`The operators were obeyed: ${JSON.stringify(result)}`);
  return result.error?.errorMessage ?? '';
};

interface Bootstrapped {
  params: { organizationId: string };
  inviteId: string;
  email: string;
}

const bootstrap = async (more: Record<string, unknown> = {}): Promise<Bootstrapped> => {
  const email = newEmail('first');
  const { organizationId = '', inviteId = '' } = await done({
    command: 'create_organization',
    name: 'Acme',
    managerEmail: email,
    ...more,
  });
  return { params: { organizationId }, inviteId, email };
};

const inviteAgain = ({ params }: Bootstrapped, email: string, more: Record<string, unknown> = {}) => ({
  command: 'invite_manager',
  ...params,
  email,
  ...more,
});

const join = async (email: string, name = 'Fay First'): Promise<SignedIn> => {
  const token = await newestToken(stack, email);
  take(await stack.anybody.acceptInvite({ body: { token, name, password } }));
  return stack.signIn(email);
};

const roster = { id: 'operators', name: 'Roster' };

describe('an organization that operators create', () => {
  test('invites its first manager by mail, in the name of the installation', async () => {
    const { email } = await bootstrap();
    const [mail, ...others] = await stack.mailsTo(email);
    expect(others).toEqual([]);
    expect(mail?.subject).toBe('Roster invited you to Acme');
    const lookedUp = take(await stack.anybody.lookUpInvite({ body: { token: await newestToken(stack, email) } }));
    expect(lookedUp).toMatchObject({
      organization: { name: 'Acme' },
      inviter: { name: 'Roster' },
      email,
      roles: [{ role: 'organization_manager' }],
      needsAccount: true,
    });
  });

  test('is complete once the invite is accepted: its manager owns the root pool and has every right', async () => {
    const { params, email, inviteId } = await bootstrap();
    const { client } = await join(email);
    const me = take(await client.getMyUser({ params }));
    expect(me).toMatchObject({
      name: 'Fay First',
      roles: [{ role: 'organization_manager' }],
      invitedBy: roster,
    });
    const { items } = take(await client.listPools({ params }));
    expect(items).toMatchObject([{ name: 'Acme', path: 'Acme', defaultOwnerId: me.id }]);
    take(await client.createPool({ params, body: { name: 'Web', parentId: items[0]?.id ?? '' } }));
    take(
      await client.inviteUsers({ params, body: { emails: [newEmail()], roles: [{ role: 'organization_manager' }] } }),
    );
    expect(take(await client.getInvite({ params: { ...params, inviteId } }))).toMatchObject({
      status: 'accepted',
      invitedBy: roster,
    });
    expect(refusal(await client.leaveOrganization({ params, query: { successorId: me.id } }))).toMatch(/^422/);
  });

  test('can be joined by somebody who has an account, without the mail', async () => {
    const { params, inviteId, email } = await bootstrap();
    const person = await stack.newPerson(email, 'Fay First');
    expect(take(await person.client.listMyInvites({})).items).toMatchObject([
      { id: inviteId, inviter: { name: 'Roster' } },
    ]);
    take(await person.client.acceptMyInvite({ params: { ...params, inviteId } }));
    const me = take(await person.client.getMyUser({ params }));
    expect(take(await person.client.listPools({ params })).items).toMatchObject([{ defaultOwnerId: me.id }]);
  });

  test('keeps its first manager: the last organization manager cannot be demoted', async () => {
    const { params, email } = await bootstrap();
    const { client } = await join(email);
    const me = take(await client.getMyUser({ params }));
    const demoted = client.changeRoles({ params: { ...params, userId: me.id }, body: { roles: [{ role: 'member' }] } });
    expect(refusal(await demoted)).toBe('409 last_organization_manager');
  });

  test('shows in its audit log what the operators did', async () => {
    const { params, email, inviteId } = await bootstrap();
    const { client } = await join(email);
    const events = take(await client.listAuditEvents({ params })).items;
    expect(events.map(({ action, actor }) => [action, actor?.name])).toEqual([
      ['invite_accepted', 'Fay First'],
      ['organization_created', 'Roster'],
      ['invites_created', 'Roster'],
    ]);
    const query = { actorId: 'operators', targetId: inviteId };
    expect(take(await client.listAuditEvents({ params, query })).items).toMatchObject([{ action: 'invites_created' }]);
  });

  test('does not accept the operators as a user, an owner or a service account', async () => {
    const { params, email } = await bootstrap();
    const { client } = await join(email);
    const me = take(await client.getMyUser({ params }));
    expect(take(await client.listUsers({ params })).items.map(({ id }) => id)).toEqual([me.id]);
    expect(take(await client.listServiceAccounts({ params })).items).toEqual([]);
    const userId = 'operators';
    const replies = [
      client.getUser({ params: { ...params, userId } }),
      client.getUserAssets({ params: { ...params, userId } }),
      client.changeRoles({ params: { ...params, userId }, body: { roles: [{ role: 'member' }] } }),
      client.removeUser({ params: { ...params, userId }, query: { successorId: me.id } }),
      client.restoreUser({ params: { ...params, userId } }),
      client.checkPermissions({ params, body: { userId, checks: [{ action: 'read' }] } }),
    ];
    for (const reply of replies) expect(refusal(await reply)).toBe('404 user_not_found');
    for (const serviceAccountId of [userId])
      expect(refusal(await client.deleteServiceAccount({ params: { ...params, serviceAccountId } }))).toBe(
        '404 service_account_not_found',
      );
    const [pool] = take(await client.listPools({ params })).items;
    const owned = client.createResource({
      params,
      body: { name: 'x', type: 'vm', poolId: pool?.id ?? '', ownerId: userId },
    });
    expect(refusal(await owned)).toBe('422 unknown_user');
    const left = client.leaveOrganization({ params, query: { successorId: userId } });
    expect(refusal(await left)).toBe('422 successor_unknown');
  });

  test('is created once per idempotency key', async () => {
    const email = newEmail();
    const command = { managerEmail: email, idempotencyKey: `key ${email}` };
    const first = await bootstrap(command);
    const before = await everyItem(stack);
    expect(await bootstrap(command)).toMatchObject({ params: first.params, inviteId: first.inviteId });
    expect(changesOf(before, await everyItem(stack))).toEqual([]);
    const other = await bootstrap({ ...command, idempotencyKey: `other ${email}` });
    expect(other.params).not.toEqual(first.params);
    expect(await refused({ command: 'create_organization', name: 'Other', ...command })).toContain(
      'idempotency_key_reused',
    );
    stack.advanceClock(day + minute);
    expect((await bootstrap(command)).params).not.toEqual(first.params);
  });

  test('is created once when the same command runs several times at once', async () => {
    const email = newEmail();
    const command = { managerEmail: email, idempotencyKey: `twice ${email}` };
    const made = await Promise.all(Array.from({ length: 4 }, () => bootstrap(command)));
    expect(new Set(made.map(({ params }) => params.organizationId)).size).toBe(1);
    expect(await stack.mailsTo(email)).toHaveLength(1);
  });

  test('can have several first managers: if they accept at the same time, one of them gets the root pool', async () => {
    const made = await bootstrap();
    const emails = [made.email, newEmail(), newEmail()];
    for (const email of emails.slice(1)) await done(inviteAgain(made, email));
    await stack.drain();
    const people = await Promise.all(emails.map((email) => join(email)));
    const users = await Promise.all(
      people.map(async ({ client }) => take(await client.getMyUser({ params: made.params }))),
    );
    const pools = take((await people[0]?.client.listPools({ params: made.params })) ?? expect.unreachable());
    expect(users.map(({ id }) => id)).toContain(pools.items[0]?.defaultOwnerId);
    const [first, second, third] = users.map(({ id }) => id) as [string, string, string];
    const client = people[0]?.client ?? expect.unreachable();
    for (const userId of [second, third])
      take(await client.removeUser({ params: { ...made.params, userId }, query: { successorId: first } }));
    const demoted = await client.changeRoles({
      params: { ...made.params, userId: first },
      body: { roles: [{ role: 'member' }] },
    });
    expect(refusal(demoted)).toBe('409 last_organization_manager');
  });
});

describe('an invite of the operators', () => {
  test('can be followed by another once it has expired', async () => {
    const made = await bootstrap();
    await stack.drain();
    stack.advanceClock(8 * day);
    await stack.tick();
    const dead = await newestToken(stack, made.email);
    expect(refusal(await stack.anybody.lookUpInvite({ body: { token: dead } }))).toBe('410 invite_expired');
    await done(inviteAgain(made, made.email));
    const { client } = await join(made.email);
    const statuses = take(await client.listInvites({ params: made.params })).items.map(({ status }) => status);
    expect(statuses).toEqual(['accepted', 'expired']);
  });

  test('can be followed by another even if its expiry is not stored yet', async () => {
    const made = await bootstrap();
    await stack.drain();
    stack.advanceClock(8 * day);
    await done(inviteAgain(made, made.email));
    const { client } = await join(made.email);
    const statuses = take(await client.listInvites({ params: made.params })).items.map(({ status }) => status);
    expect(statuses).toEqual(['accepted', 'expired']);
  });

  test('replaces a pending invite to the same address, whose link no longer works', async () => {
    const made = await bootstrap();
    const first = await newestToken(stack, made.email);
    const { inviteId } = await done(inviteAgain(made, made.email));
    expect(refusal(await stack.anybody.acceptInvite({ body: { token: first, password } }))).toBe('410 invite_revoked');
    const { client } = await join(made.email);
    expect(take(await client.listInvites({ params: made.params })).items).toMatchObject([
      { id: inviteId, status: 'accepted' },
      { id: made.inviteId, status: 'revoked' },
    ]);
  });

  test('replaces a pending invite of a manager, which then shows why its mail was never sent', async () => {
    const { manager, params } = await newOrganization(stack);
    const replaced = take(
      await manager.client.inviteUsers({ params, body: { emails: [newEmail()], roles: [{ role: 'member' }] } }),
    ).results[0]?.invite;
    await done({ command: 'invite_manager', organizationId: params.organizationId, email: replaced?.email });
    const inviteId = replaced?.id ?? '';
    expect(take(await manager.client.getInvite({ params: { ...params, inviteId } }))).toMatchObject({
      status: 'revoked',
      delivery: 'failed',
      deliveryCode: 'replaced_before_sending',
    });
  });

  test('is sent once per idempotency key', async () => {
    const made = await bootstrap();
    const email = newEmail();
    const command = inviteAgain(made, email, { idempotencyKey: `key ${email}` });
    expect(await done(command)).toEqual(await done(command));
    expect(await stack.mailsTo(email)).toHaveLength(1);
  });

  test('makes somebody a manager of an existing organization, which shows the operators as the inviter', async () => {
    const { params, manager, id } = await newOrganization(stack);
    const email = newEmail('rescuer');
    const { inviteId = '' } = await done({ command: 'invite_manager', organizationId: id, email });
    expect(take(await manager.client.getInvite({ params: { ...params, inviteId } }))).toMatchObject({
      status: 'pending',
      invitedBy: roster,
      roles: [{ role: 'organization_manager' }],
    });
    const { client } = await join(email, 'Rosa Rescuer');
    const me = take(await client.getMyUser({ params }));
    expect(me.roles).toEqual([{ role: 'organization_manager' }]);
    const [event] = take(await client.listAuditEvents({ params, query: { actorId: 'operators' } })).items;
    expect(event).toMatchObject({ action: 'invites_created', actor: roster, targets: [inviteId] });
    // The owner of the root pool does not change.
    expect(take(await client.listPools({ params })).items[0]?.defaultOwnerId).toBe(manager.userId);
  });

  test('can be revoked by a manager, and resent', async () => {
    const { params, manager, id } = await newOrganization(stack);
    const { inviteId = '' } = await done({ command: 'invite_manager', organizationId: id, email: newEmail() });
    await stack.drain();
    stack.advanceClock(2 * minute);
    expect(take(await manager.client.resendInvite({ params: { ...params, inviteId } })).invitedBy).toEqual(roster);
    expect(take(await manager.client.revokeInvite({ params: { ...params, inviteId } })).status).toBe('revoked');
  });

  test('does not count towards the quota of the organization', async () => {
    const organization = await newOrganization(stack);
    await done({ command: 'invite_manager', organizationId: organization.id, email: newEmail() });
    const quota = Object.values(await everyItem(stack)).filter(({ pk }) => pk === `${organization.id}#quota`);
    expect(quota).toEqual([]);
  });

  test('is sent even if a manager is removed in the meantime', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const other = await newMember(stack, organization, [{ role: 'organization_manager' }]);
    const email = newEmail();
    await done({ command: 'invite_manager', organizationId: organization.id, email });
    take(
      await manager.client.removeUser({
        params: { ...params, userId: other.userId },
        query: { successorId: manager.userId },
      }),
    );
    await stack.tick();
    await join(email);
  });
});

describe('operators are refused', () => {
  test.each<[string, () => Promise<Record<string, unknown>>, string]>([
    [
      'an organization for an invalid address',
      async () => ({ command: 'create_organization', name: 'Acme', managerEmail: 'nobody' }),
      'invalid_email',
    ],
    [
      'an organization without a name',
      async () => ({ command: 'create_organization', name: ' ', managerEmail: newEmail() }),
      'invalid_request',
    ],
    [
      'a manager of an unknown organization',
      async () => ({
        command: 'invite_manager',
        organizationId: 'org_00000000000000000000000000',
        email: newEmail(),
      }),
      'organization_not_found',
    ],
    [
      'an invite of a user',
      async () => {
        const organization = await newOrganization(stack);
        const { email } = await newMember(stack, organization);
        return { command: 'invite_manager', organizationId: organization.id, email };
      },
      'already_member',
    ],
    [
      'an invite to an address at which emails bounced',
      async () => {
        const made = await bootstrap();
        const email = `bounce+${newEmail().split('@')[0]}@simulator.amazonses.com`;
        await done(inviteAgain(made, email));
        await stack.drain();
        return inviteAgain(made, email);
      },
      'address_suppressed',
    ],
  ])('%s, and nothing changes', async (_, command, why) => {
    const given = await command();
    await stack.drain();
    const before = await everyItem(stack);
    expect(await refused(given)).toContain(why);
    expect(changesOf(before, await everyItem(stack))).toEqual([]);
  });
});
