import { describe, expect, test } from 'vitest';
import {
  inviteByMail,
  newEmail,
  newMember,
  newOrganization,
  newPool,
  newestToken,
  refusal,
  take,
  type TestOrganization,
} from '../support/organization.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
const minute = 60_000;
const day = 24 * 60 * minute;

const get = async ({ params, manager }: TestOrganization, inviteId: string) =>
  take(await manager.client.getInvite({ params: { ...params, inviteId } }));

describe('inviting', () => {
  test('returns one outcome for each address, in the order of the request', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const member = await newMember(stack, organization);
    const [pending, fresh] = [newEmail(), newEmail()];
    await inviteByMail(stack, organization, pending);
    const emails = [fresh, fresh.toUpperCase(), 'nobody', pending, member.email, ` ${manager.email} `];
    const { summary, results } = take(
      await manager.client.inviteUsers({ params, body: { emails, roles: [{ role: 'member' }] } }),
    );
    expect(results.map(({ email, outcome }) => [email, outcome])).toEqual([
      [fresh, 'created'],
      [fresh, 'duplicate'],
      ['nobody', 'invalid_email'],
      [pending, 'already_invited'],
      [member.email, 'already_member'],
      [manager.email, 'already_member'],
    ]);
    expect(summary).toEqual({ created: 1, duplicate: 1, invalid_email: 1, already_invited: 1, already_member: 2 });
    expect(await stack.mailsTo(fresh)).toHaveLength(1);
  });

  test('of 70 addresses queues and sends 70 mails', async () => {
    const { params, manager } = await newOrganization(stack);
    const emails = Array.from({ length: 70 }, () => newEmail('bulk'));
    const { summary } = take(
      await manager.client.inviteUsers({ params, body: { emails, roles: [{ role: 'member' }] } }),
    );
    expect(summary).toEqual({ created: 70 });
    await stack.drain();
    const sent = take(await manager.client.listInvites({ params, query: { limit: 100 } })).items;
    expect(sent.filter(({ delivery, sends }) => delivery === 'delivered' && sends === 1)).toHaveLength(70);
  });

  test('as a dry run returns the same and changes nothing', async () => {
    const { params, manager } = await newOrganization(stack);
    const body = { emails: [newEmail(), 'x'], roles: [{ role: 'member' as const }] };
    const { summary } = take(await manager.client.inviteUsers({ params, body: { ...body, dryRun: true } }));
    expect(summary).toEqual({ created: 1, invalid_email: 1 });
    expect(take(await manager.client.listInvites({ params })).items).toEqual([]);
    expect(take(await manager.client.inviteUsers({ params, body })).summary).toEqual(summary);
  });

  test('twice with one Idempotency-Key sends once and returns `created` again', async () => {
    const { params, manager } = await newOrganization(stack);
    const emails = Array.from({ length: 35 }, () => newEmail('retry'));
    const invite = (role: 'member' | 'organization_manager') =>
      manager.client.inviteUsers({ params, body: { emails, roles: [{ role }] } }, { idempotencyKey: 'k' });
    const first = take(await invite('member'));
    const second = take(await invite('member'));
    expect(second.summary).toEqual({ created: 35 });
    expect(second.results.map(({ invite: shown }) => shown?.id)).toEqual(
      first.results.map(({ invite: shown }) => shown?.id),
    );
    expect(await stack.mailsTo(emails[34] ?? '')).toHaveLength(1);
    expect(refusal(await invite('organization_manager'))).toBe('422 idempotency_key_reused');
  });

  test('forgets an Idempotency-Key after 24 hours, and never returns the response to another body', async () => {
    const { params, manager } = await newOrganization(stack);
    const invite = (emails: string[]) =>
      manager.client.inviteUsers({ params, body: { emails, roles: [{ role: 'member' }] } }, { idempotencyKey: 'k' });
    const replies = await Promise.all([invite([newEmail()]), invite([newEmail()])]);
    expect(replies.filter(({ ok }) => ok)).toHaveLength(1);
    expect(replies.filter((reply) => !reply.ok).map(refusal)).toEqual(['422 idempotency_key_reused']);
    stack.advanceClock(day + minute);
    expect(take(await invite([newEmail()])).summary).toEqual({ created: 1 });
  });

  test('with more roles than a response can show is refused before anything is written', async () => {
    const organization = await newOrganization(stack);
    const roles = Array.from({ length: 11 }, (_, index) => ({ role: 'engineer' as const, poolId: `pool_${index}` }));
    const emails = Array.from({ length: 1_000 }, (_, index) => `many.${index}@example.com`);
    const reply = await organization.manager.client.inviteUsers({
      params: organization.params,
      body: { emails, roles },
    });
    expect(refusal(reply)).toBe('400 invalid_request');
  });

  test('by two managers at the same time creates one invite per address', async () => {
    const organization = await newOrganization(stack);
    const other = await newMember(stack, organization, [{ role: 'organization_manager' }]);
    const emails = [newEmail(), newEmail(), newEmail()];
    const body = { emails, roles: [{ role: 'member' as const }] };
    const replies = await Promise.all(
      [organization.manager, other].map(({ client }) => client.inviteUsers({ params: organization.params, body })),
    );
    const outcomes = replies.flatMap((reply) => take(reply).results.map(({ outcome }) => outcome));
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(3);
    expect(outcomes.filter((outcome) => outcome === 'already_invited')).toHaveLength(3);
  });

  test('is for organization managers only', async () => {
    const organization = await newOrganization(stack);
    const member = await newMember(stack, organization, [{ role: 'manager', poolId: organization.rootPoolId }]);
    const body = { emails: [newEmail()], roles: [{ role: 'member' as const }] };
    expect(refusal(await member.client.inviteUsers({ params: organization.params, body }))).toBe('403 forbidden');
  });
});

describe('the mail', () => {
  test('says who invites to what, until when, and carries the only secret', async () => {
    const organization = await newOrganization(stack, 'Evil.com <b>Corp</b>');
    const web = await newPool(organization, 'Web', organization.rootPoolId);
    const email = newEmail();
    const { token, inviteId } = await inviteByMail(stack, organization, email, [{ role: 'engineer', poolId: web }]);
    const [mail] = await stack.mailsTo(email);
    expect(mail?.body.text).toContain(`${stack.endpoints.api}/invites/accept#${token}`);
    expect(mail?.body.text).toContain('Engineer in Web');
    expect(mail?.body.html).not.toContain('<b>Corp');
    expect(mail?.body.text).not.toContain('Evil.com');
    expect(JSON.stringify(await get(organization, inviteId))).not.toContain(token.split('.')[2]);
  });
});

describe('resending', () => {
  test('is possible after a minute, invalidates all older links and restarts the lifetime of the invite', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const email = newEmail();
    const { token, inviteId } = await inviteByMail(stack, organization, email);
    const resend = () => manager.client.resendInvite({ params: { ...params, inviteId } });
    const early = await resend();
    expect(refusal(early)).toBe('429 too_soon');
    expect(Number(early.headers.get('retry-after'))).toBeGreaterThan(0);

    const before = await get(organization, inviteId);
    stack.advanceClock(2 * minute);
    expect(take(await resend())).toMatchObject({ status: 'pending', delivery: 'queued', version: 2 });
    expect(refusal(await stack.anybody.lookUpInvite({ body: { token } }))).toBe('410 invite_superseded');
    const renewed = await newestToken(stack, email);
    expect(take(await stack.anybody.lookUpInvite({ body: { token: renewed } })).email).toBe(email);
    const after = await get(organization, inviteId);
    expect(after).toMatchObject({ delivery: 'delivered', sends: 2 });
    expect(after.expiresAt > before.expiresAt).toBe(true);
  });

  test('reopens an expired invite, unless the address has been invited again', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const [first, second] = [newEmail(), newEmail()];
    const invites = [await inviteByMail(stack, organization, first), await inviteByMail(stack, organization, second)];
    stack.advanceClock(8 * day);
    await inviteByMail(stack, organization, second);
    const resend = (inviteId = '') => manager.client.resendInvite({ params: { ...params, inviteId } });
    expect(take(await resend(invites[0]?.inviteId)).status).toBe('pending');
    expect(refusal(await resend(invites[1]?.inviteId))).toBe('409 address_taken');
  });

  test('of a settled invite is refused', async () => {
    const organization = await newOrganization(stack);
    const { inviteId, token } = await inviteByMail(stack, organization, newEmail());
    await stack.anybody.declineInvite({ body: { token } });
    stack.advanceClock(2 * minute);
    const params = { ...organization.params, inviteId };
    expect(refusal(await organization.manager.client.resendInvite({ params }))).toBe('409 invite_settled');
  });
});

describe('revoking', () => {
  test('invalidates the link, frees the address, and happens once', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const email = newEmail();
    const { inviteId, token } = await inviteByMail(stack, organization, email);
    const revoke = () => manager.client.revokeInvite({ params: { ...params, inviteId } });
    expect(take(await revoke())).toMatchObject({ status: 'revoked', version: 2 });
    expect(refusal(await revoke())).toBe('409 invite_settled');
    expect(refusal(await stack.anybody.acceptInvite({ body: { token, password: 'Correct-horse-7' } }))).toBe(
      '410 invite_revoked',
    );
    const again = take(
      await manager.client.inviteUsers({ params, body: { emails: [email], roles: [{ role: 'member' }] } }),
    );
    expect(again.summary).toEqual({ created: 1 });
  });

  test('before the mail is sent prevents it from being sent', async () => {
    const { params, manager } = await newOrganization(stack);
    const email = newEmail();
    const { results } = take(
      await manager.client.inviteUsers({ params, body: { emails: [email], roles: [{ role: 'member' }] } }),
    );
    take(await manager.client.revokeInvite({ params: { ...params, inviteId: results[0]?.invite?.id ?? '' } }));
    expect(await stack.mailsTo(email)).toEqual([]);
  });
});

describe('the list of invites', () => {
  test('is sorted newest first, and can be filtered by status and by address', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const emails = ['a', 'b', 'c', 'd', 'e'].map((name) => newEmail(`list-${name}`));
    const made = [];
    for (const email of emails) made.push(await inviteByMail(stack, organization, email));
    take(await manager.client.revokeInvite({ params: { ...params, inviteId: made[1]?.inviteId ?? '' } }));
    await stack.anybody.declineInvite({ body: { token: made[3]?.token ?? '' } });

    const list = async (query: Parameters<typeof manager.client.listInvites>[0]['query']) => {
      const items = [];
      let cursor: string | undefined;
      do {
        const page = take(await manager.client.listInvites({ params, query: { ...query, ...(cursor && { cursor }) } }));
        items.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor);
      return items;
    };
    const limit = 2;
    const all = await list({ limit });
    expect(all.map(({ email }) => email)).toEqual(emails.toReversed());
    for (const status of ['pending', 'revoked', 'declined', 'accepted', 'expired'] as const)
      expect(await list({ limit, status })).toEqual(all.filter((invite) => invite.status === status));
    expect((await list({ limit, search: 'LIST-C' })).map(({ email }) => email)).toEqual([emails[2]]);
    expect(await list({ limit, search: 'list-b', status: 'pending' })).toEqual([]);

    const local = newEmail('idn').split('@')[0] ?? '';
    const body = { emails: [`${local}@bücher.example`], roles: [{ role: 'member' as const }] };
    const [result] = take(await manager.client.inviteUsers({ params, body })).results;
    expect(result?.email).toBe(`${local}@xn--bcher-kva.example`);
    for (const search of [`${local}@bücher.example`, `${local}@BÜ`, `${local}@\u2060xn--bcher-kva.example\u2060`])
      expect(await list({ limit, search }), search).toEqual([result?.invite]);
  });

  test('shows a mail as failed if the invite expired before it was sent', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const { results } = take(
      await manager.client.inviteUsers({ params, body: { emails: [newEmail()], roles: [{ role: 'member' }] } }),
    );
    stack.advanceClock(8 * day);
    await stack.tick();
    const invite = await get(organization, results[0]?.invite?.id ?? '');
    expect(invite).toMatchObject({
      status: 'expired',
      delivery: 'failed',
      deliveryCode: 'ended_before_sending',
      sends: 0,
    });
  });

  test('shows an invite as expired from that moment on, before the worker stores it', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const { inviteId } = await inviteByMail(stack, organization, newEmail());
    stack.advanceClock(7 * day + minute);
    const listed = async (status: 'expired' | 'pending') =>
      take(await manager.client.listInvites({ params, query: { status } })).items.map(({ id }) => id);
    expect(await listed('expired')).toEqual([inviteId]);
    expect(await listed('pending')).toEqual([]);
    expect((await get(organization, inviteId)).version).toBe(1);
    await stack.tick();
    expect(await get(organization, inviteId)).toMatchObject({ status: 'expired', version: 2 });
    expect(await listed('expired')).toEqual([inviteId]);
  });
});
