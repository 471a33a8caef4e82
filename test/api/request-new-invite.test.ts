import { describe, expect, test } from 'vitest';
import {
  inviteByMail,
  newEmail,
  newestToken,
  newMember,
  newOrganization,
  refusal,
  take,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { password, useStack } from '../support/stack.ts';

const stack = useStack();
const second = 1_000;
const day = 24 * 60 * 60 * second;

const ask = (token: string) => stack.anybody.requestNewInvite({ body: { token } });

/** The addresses for which a manager was asked for a new invite. The email may report other changes too. */
const toldTo = async ({ email }: Pick<TestMember, 'email'>): Promise<string[]> =>
  (await stack.noticesTo(email)).flatMap(({ body }) => {
    const text = body.text.replaceAll('\u2060', '').replace(/\s+/g, ' ');
    return [...text.matchAll(/The invitation of (\S+) to /g)].flatMap(([, address]) => address ?? []);
  });

const expiredInvite = async (organization: TestOrganization, inviter = organization.manager) => {
  const email = newEmail('late');
  const invite = await inviteByMail(stack, { ...organization, manager: inviter }, email);
  stack.advanceClock(7 * day + second);
  return { email, ...invite };
};

const remove = async (
  { params, manager }: TestOrganization,
  { userId }: TestMember,
  pendingInvites: 'keep' | 'revoke',
): Promise<void> => {
  const query = { successorId: manager.userId, pendingInvites };
  take(await manager.client.removeUser({ params: { ...params, userId }, query }));
};

describe('asking for a new invite with an expired link', () => {
  test('notifies the inviter once, however often it is requested', async () => {
    const organization = await newOrganization(stack, 'Acme');
    const another = await newMember(stack, organization, [{ role: 'organization_manager' }]);
    const { email, token } = await expiredInvite(organization);
    for (const reply of await Promise.all([ask(token), ask(token), ask(token)])) expect(reply.status).toBe(204);
    expect((await ask(token)).status).toBe(204);
    expect(await toldTo(organization.manager)).toEqual([email]);
    expect(await toldTo(another)).toEqual([]);
    expect((await ask(token)).status).toBe(204);
    await stack.tick();
    expect(await toldTo(organization.manager)).toEqual([email]);
    const mail = (await stack.mailsTo(organization.manager.email)).at(-1);
    expect(mail?.body.text).toContain('Acme');
    expect(mail?.body.text).not.toContain(token);
  });

  test('does not change the invite', async () => {
    const organization = await newOrganization(stack);
    const { token, inviteId } = await expiredInvite(organization);
    await stack.tick();
    const call = { params: { ...organization.params, inviteId } };
    const before = take(await organization.manager.client.getInvite(call));
    await ask(token);
    expect(take(await organization.manager.client.getInvite(call))).toEqual(before);
    expect(refusal(await stack.anybody.acceptInvite({ body: { token, password } }))).toBe('410 invite_expired');
  });

  test('leads to a working link once the invite is resent, and is possible again after that link has expired', async () => {
    const organization = await newOrganization(stack);
    const { email, token, inviteId } = await expiredInvite(organization);
    await ask(token);
    const { client } = organization.manager;
    const resend = async () => take(await client.resendInvite({ params: { ...organization.params, inviteId } }));
    await resend();
    expect(refusal(await ask(token))).toBe('410 invite_superseded');
    const renewed = await newestToken(stack, email);
    expect(refusal(await ask(renewed))).toBe('409 invite_pending');
    stack.advanceClock(7 * day + second);
    expect((await ask(renewed)).status).toBe(204);
    expect(await toldTo(organization.manager)).toEqual([email, email]);
    await resend();
    take(await stack.anybody.acceptInvite({ body: { token: await newestToken(stack, email), password } }));
  });

  test('is possible from the millisecond in which the invite expires', async () => {
    const organization = await newOrganization(stack);
    const { token, inviteId } = await inviteByMail(stack, organization, newEmail());
    const call = { params: { ...organization.params, inviteId } };
    const { expiresAt } = take(await organization.manager.client.getInvite(call));
    stack.advanceClock(Date.parse(expiresAt) - stack.now() - 60 * second);
    expect(refusal(await ask(token))).toBe('409 invite_pending');
    stack.advanceClock(Date.parse(expiresAt) - stack.now());
    expect((await ask(token)).status).toBe(204);
  });
});

describe('if the inviter can no longer renew the invite', () => {
  test('because they left after it expired, another organization manager is notified', async () => {
    const organization = await newOrganization(stack);
    const inviter = await newMember(stack, organization, [{ role: 'organization_manager' }]);
    const { email, token, inviteId } = await expiredInvite(organization, inviter);
    await remove(organization, inviter, 'revoke');
    expect((await ask(token)).status).toBe(204);
    expect(await toldTo(organization.manager)).toEqual([email]);
    expect(await toldTo(inviter)).toEqual([]);
    take(await organization.manager.client.resendInvite({ params: { ...organization.params, inviteId } }));
    take(await stack.anybody.acceptInvite({ body: { token: await newestToken(stack, email), password } }));
  });

  test('because they were demoted after it expired, another organization manager is notified', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const inviter = await newMember(stack, organization, [{ role: 'organization_manager' }]);
    const { email, token } = await expiredInvite(organization, inviter);
    const roles = [{ role: 'member' as const }];
    take(await manager.client.changeRoles({ params: { ...params, userId: inviter.userId }, body: { roles } }));
    expect((await ask(token)).status).toBe(204);
    expect(await toldTo(manager)).toEqual([email]);
    expect(await toldTo(inviter)).toEqual([]);
  });

  test('because they left before it expired, the user who took over their invites is notified', async () => {
    const organization = await newOrganization(stack);
    const [inviter, heir] = [
      await newMember(stack, organization, [{ role: 'organization_manager' }]),
      await newMember(stack, organization, [{ role: 'organization_manager' }]),
    ];
    const email = newEmail('late');
    const { token } = await inviteByMail(stack, { ...organization, manager: inviter }, email);
    await remove({ ...organization, manager: heir }, inviter, 'keep');
    stack.advanceClock(7 * day + second);
    expect((await ask(token)).status).toBe(204);
    expect(await toldTo(heir)).toEqual([email]);
    expect(await toldTo(organization.manager)).toEqual([]);
  });
});

describe('asking for a new invite with a link that', () => {
  test('still opens the invite is refused, because that link can be used', async () => {
    const organization = await newOrganization(stack);
    const { token } = await inviteByMail(stack, organization, newEmail());
    expect(refusal(await ask(token))).toBe('409 invite_pending');
    expect(await toldTo(organization.manager)).toEqual([]);
  });

  test.each(['revoked', 'declined', 'accepted'] as const)(
    'was %s is refused, also later, and nobody is notified',
    async (end) => {
      const organization = await newOrganization(stack);
      const { params, manager } = organization;
      const { token, inviteId } = await inviteByMail(stack, organization, newEmail());
      if (end === 'revoked') take(await manager.client.revokeInvite({ params: { ...params, inviteId } }));
      if (end === 'declined') take(await stack.anybody.declineInvite({ body: { token } }));
      if (end === 'accepted') take(await stack.anybody.acceptInvite({ body: { token, password } }));
      expect(refusal(await ask(token))).toBe(`410 invite_${end}`);
      stack.advanceClock(8 * day);
      expect(refusal(await ask(token))).toBe(`410 invite_${end}`);
      expect(await toldTo(manager)).toEqual([]);
    },
  );

  test('was revoked with the removal of its inviter before it expired is refused', async () => {
    const organization = await newOrganization(stack);
    const inviter = await newMember(stack, organization, [{ role: 'organization_manager' }]);
    const { token } = await inviteByMail(stack, { ...organization, manager: inviter }, newEmail());
    await remove(organization, inviter, 'revoke');
    stack.advanceClock(8 * day);
    expect(refusal(await ask(token))).toBe('410 invite_revoked');
    expect(await toldTo(organization.manager)).toEqual([]);
  });

  test('was replaced by a newer invite is refused, also after that invite was accepted', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const { email, token, inviteId } = await expiredInvite(organization);
    await stack.tick();
    const newer = await inviteByMail(stack, organization, email);
    expect(refusal(await ask(token))).toBe('410 invite_superseded');
    take(await stack.anybody.acceptInvite({ body: { token: newer.token, password } }));
    expect(refusal(await ask(token))).toBe('409 already_member');
    await stack.drain();
    expect(refusal(await ask(token))).toBe('409 already_member');
    expect(take(await manager.client.getInvite({ params: { ...params, inviteId } })).status).toBe('already_member');
    expect(await toldTo(manager)).toEqual([]);
  });

  test('has a wrong secret is unknown, and nobody is notified', async () => {
    const organization = await newOrganization(stack);
    const { token } = await expiredInvite(organization);
    const wrong = [...token.split('.').slice(0, 2), 'A'.repeat(43)].join('.');
    for (const each of [wrong, 'x', token.slice(0, -1)]) expect(refusal(await ask(each))).toBe('404 invite_not_found');
    expect(await toldTo(organization.manager)).toEqual([]);
  });
});
