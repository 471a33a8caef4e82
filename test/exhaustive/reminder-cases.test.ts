import { describe, expect, test } from 'vitest';
import { mailEvent } from '../../infra/local/mail-event.ts';
import { bounced } from '../../infra/local/mail-outcomes.ts';
import { countMails } from '../../shared/invites/mail-health.ts';
import { clock } from '../support/clock.ts';
import { tableOf, type QueuedInvite } from '../support/deliveries.ts';
import { newEmail, newOrganization, refusal, take, type TestOrganization } from '../support/organization.ts';
import { password, useStack } from '../support/stack.ts';
import { reminding } from '../support/reminding.ts';

const stack = useStack();
const minute = 60_000;
const day = 24 * 60 * minute;
const { sendInvite, pass, remindersTo, tokensTo, lookUp } = reminding(stack);

describe('a reminder', () => {
  test.each([4, 10, 30])('of an invite that lives %i days comes two days before its end', async (days) => {
    const invite = await sendInvite(await newOrganization(stack), { days });
    await pass((days - 2) * day - minute);
    expect(await remindersTo(invite.email)).toHaveLength(0);
    await pass(2 * minute);
    expect(await remindersTo(invite.email)).toHaveLength(1);
  });

  test.each([1, 2, 3])('of an invite that lives %i days never comes', async (days) => {
    const invite = await sendInvite(await newOrganization(stack), { days });
    for (let hours = 0; hours <= days * 24; hours += 12) await pass(12 * 60 * minute);
    expect(await stack.mailsTo(invite.email)).toHaveLength(1);
    expect(await invite.show()).toMatchObject({ status: 'expired', delivery: 'delivered', sends: 1 });
  });

  test('that bounces shows, though the first mail had arrived', async () => {
    const organization = await newOrganization(stack);
    const invite = await sendInvite(organization);
    const end = stack.interceptMailEvents(({ detail: { mail } }) => [
      mailEvent(mail, bounced(mail, 'Permanent', 'General')),
    ]);
    await pass(5 * day + minute);
    end();
    expect(await invite.show()).toMatchObject({
      status: 'pending',
      delivery: 'bounced',
      deliveryCode: 'bounced_mailbox_unavailable',
      sends: 2,
    });
  });
});

describe('no reminder comes', () => {
  type Ending = (organization: TestOrganization, invite: QueuedInvite, token: string) => Promise<unknown>;

  test.each<[string, Ending]>([
    ['accepted', (_, __, token) => stack.anybody.acceptInvite({ body: { token, password } })],
    ['declined', (_, __, token) => stack.anybody.declineInvite({ body: { token } })],
    ['revoked', ({ manager }, { params }) => manager.client.revokeInvite({ params })],
  ])('once the invite was %s', async (status, ending) => {
    const organization = await newOrganization(stack);
    const invite = await sendInvite(organization);
    const [token = ''] = await tokensTo(invite.email);
    await ending(organization, invite, token);
    await pass(5 * day + minute);
    expect((await invite.show()).status).toBe(status);
    expect(await remindersTo(invite.email)).toEqual([]);
  });

  test.each([
    ['bounced', `bounce+reminded@simulator.amazonses.com`],
    ['complained', `complaint+reminded@simulator.amazonses.com`],
  ])('where the first mail %s', async (delivery, email) => {
    const invite = await sendInvite(await newOrganization(stack), { email });
    await pass(5 * day + minute);
    expect(await invite.show()).toMatchObject({ status: 'pending', delivery, sends: 1 });
    expect(await remindersTo(email)).toEqual([]);
    await pass(2 * day);
    expect(await invite.show()).toMatchObject({ status: 'expired', delivery });
  });

  test('to an address that was suppressed meanwhile, and nothing is said in place of how the first mail fared', async () => {
    const organization = await newOrganization(stack);
    const invite = await sendInvite(organization);
    const other = await sendInvite(organization, { email: newEmail() });
    const end = stack.interceptMailEvents(({ detail }) => {
      const mail = { ...detail.mail, destination: [invite.email] };
      return [mailEvent(mail, bounced(mail, 'Permanent', 'General'))];
    });
    stack.advanceClock(2 * minute);
    take(await organization.manager.client.resendInvite({ params: other.params }));
    await stack.drain();
    end();
    await pass(5 * day + minute);
    expect(await remindersTo(invite.email)).toEqual([]);
    expect(await invite.show()).toMatchObject({ status: 'pending', delivery: 'delivered', sends: 1 });
    expect(await invite.show()).not.toHaveProperty('deliveryDetail');
    await pass(2 * day);
    expect((await invite.show()).status).toBe('expired');
  });
});

test('a reminder that has to wait because sending is paused says nothing in place of how the first mail fared', async () => {
  const organization = await newOrganization(stack);
  const invite = await sendInvite(organization);
  stack.advanceClock(5 * day + minute);
  const now = clock.now();
  await tableOf(organization.id).transact([countMails(organization.id, { sent: 20, bounced: 10 }, now)]);
  await stack.tick();
  expect(await remindersTo(invite.email)).toEqual([]);
  expect(await invite.show()).toMatchObject({ delivery: 'delivered' });
  expect(await invite.show()).not.toHaveProperty('deliveryDetail');
  await stack.invoke('operate', { command: 'resume_sending', organizationId: organization.id });
  await pass(60 * minute);
  expect(await remindersTo(invite.email)).toHaveLength(1);
});

describe('after a resend', () => {
  test('the reminder comes two days before the new end, not before the old one', async () => {
    const organization = await newOrganization(stack);
    const invite = await sendInvite(organization);
    await pass(3 * day);
    take(await organization.manager.client.resendInvite({ params: invite.params }));
    await stack.drain();
    await pass(2 * day + minute);
    expect(await remindersTo(invite.email)).toHaveLength(0);
    await pass(3 * day);
    expect(await remindersTo(invite.email)).toHaveLength(1);
    await pass(day);
    expect(await remindersTo(invite.email)).toHaveLength(1);
  });

  test('one who was reminded before is reminded again, and only the links of the new round open the invite', async () => {
    const organization = await newOrganization(stack);
    const invite = await sendInvite(organization);
    await pass(5 * day + minute);
    take(await organization.manager.client.resendInvite({ params: invite.params }));
    await stack.drain();
    await pass(5 * day + minute);
    expect(await remindersTo(invite.email)).toHaveLength(2);
    const tokens = await tokensTo(invite.email);
    expect(tokens).toHaveLength(4);
    for (const token of tokens.slice(0, 2)) expect(refusal(await lookUp(token))).toBe('410 invite_superseded');
    for (const token of tokens.slice(2)) expect(take(await lookUp(token)).email).toBe(invite.email);
    expect(await invite.show()).toMatchObject({ status: 'pending', delivery: 'delivered', sends: 4 });
  });

  test('at another address the reminder goes there', async () => {
    const organization = await newOrganization(stack);
    const [wrong, right] = [newEmail(), newEmail()];
    const invite = await sendInvite(organization, { email: wrong });
    await pass(day);
    take(await organization.manager.client.updateInvite({ params: invite.params, body: { email: right } }));
    await stack.drain();
    await pass(5 * day + minute);
    expect(await remindersTo(right)).toHaveLength(1);
    expect(await remindersTo(wrong)).toEqual([]);
  });
});
