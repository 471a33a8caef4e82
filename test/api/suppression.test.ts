import { beforeEach, describe, expect, test } from 'vitest';
import { mailEvent } from '../../infra/local/mail-event.ts';
import { bounced } from '../../infra/local/mail-outcomes.ts';
import { queueInvite, recordOf } from '../support/deliveries.ts';
import {
  inviteByMail,
  newEmail,
  newOrganization,
  refusal,
  take,
  type TestOrganization,
} from '../support/organization.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
const minute = 60_000;

let organization: TestOrganization;
// Ten bounces would pause an organization's mails.
beforeEach(async () => {
  organization = await newOrganization(stack);
});

/** An address of SES's mailbox simulator that nobody had before: its label is new. */
const simulated = (fate: 'bounce' | 'complaint' | 'suppressionlist'): string =>
  `${fate}+${newEmail().split('@')[0]}@simulator.amazonses.com`;

const invite = async (email: string, { params, manager } = organization) => {
  const { results } = take(
    await manager.client.inviteUsers({ params, body: { emails: [email], roles: [{ role: 'member' }] } }),
  );
  return results[0]?.outcome;
};

const show = async (inviteId: string) =>
  take(await organization.manager.client.getInvite({ params: { ...organization.params, inviteId } }));

const resend = (inviteId: string) =>
  organization.manager.client.resendInvite({ params: { ...organization.params, inviteId } });

const revoke = async (inviteId: string) =>
  take(await organization.manager.client.revokeInvite({ params: { ...organization.params, inviteId } }));

const lift = (email: string, organizationId = organization.id) =>
  stack.invoke('operate', { command: 'lift_suppression', organizationId, email });

/** An invite that was sent to an address, and what became of that is known. */
const sendTo = async (email: string): Promise<string> => (await inviteByMail(stack, organization, email)).inviteId;

describe.each([
  ['bounce', 'bounced', 'bounced_mailbox_unavailable'],
  ['complaint', 'complained', 'complained'],
  ['suppressionlist', 'bounced', 'bounced_suppressed'],
] as const)('an invite to %s@simulator.amazonses.com', (fate, delivery, deliveryCode) => {
  test(`shows as ${delivery}, and why, and stays pending`, async () => {
    const inviteId = await sendTo(simulated(fate));
    expect(await show(inviteId)).toMatchObject({
      status: 'pending',
      delivery,
      deliveryCode,
      addressSuppressed: true,
      sends: 1,
    });
  });

  test('is not sent again: the address is suppressed', async () => {
    const email = simulated(fate);
    const inviteId = await sendTo(email);
    stack.advanceClock(2 * minute);
    expect(refusal(await resend(inviteId))).toBe('422 address_suppressed');
    const { params, manager } = organization;
    const { results } = take(
      await manager.client.changeInvites({ params, body: { action: 'resend', ids: [inviteId] } }),
    );
    expect(results).toMatchObject([{ id: inviteId, ok: false, code: 'address_suppressed' }]);
    expect(await stack.mailsTo(email)).toHaveLength(1);
  });

  test('is the last of its address: inviting it again says so, whether or not as a dry run', async () => {
    const email = simulated(fate);
    const inviteId = await sendTo(email);
    expect(await invite(email)).toBe('already_invited');
    await revoke(inviteId);
    expect(await invite(email)).toBe('suppressed');
    const { params, manager } = organization;
    const body = { emails: [email.toUpperCase()], roles: [{ role: 'member' as const }], dryRun: true };
    expect(take(await manager.client.inviteUsers({ params, body })).summary).toEqual({ suppressed: 1 });
    expect(await stack.mailsTo(email)).toHaveLength(1);
  });

  test('is corrected to another address, and sent there', async () => {
    const [wrong, right] = [simulated(fate), newEmail()];
    const inviteId = await sendTo(wrong);
    const params = { ...organization.params, inviteId };
    take(await organization.manager.client.updateInvite({ params, body: { email: right } }));
    expect(await stack.mailsTo(right)).toHaveLength(1);
    const corrected = await show(inviteId);
    expect(corrected).toMatchObject({ email: right, status: 'pending', delivery: 'delivered', sends: 2 });
    expect(corrected).not.toHaveProperty('deliveryDetail');
  });

  test('lets an operator have the address mailed again', async () => {
    const email = simulated(fate);
    const inviteId = await sendTo(email);
    expect(await lift(email.toUpperCase())).toMatchObject({ ok: true });
    stack.advanceClock(2 * minute);
    expect(take(await resend(inviteId)).delivery).toBe('queued');
    expect(await stack.mailsTo(email)).toHaveLength(2);
    // SES has its own list: the simulator's mailbox answers as before, and the address is suppressed again.
    expect(await show(inviteId)).toMatchObject({ delivery, sends: 2 });
    await revoke(inviteId);
    expect(await invite(email)).toBe('suppressed');
  });

  test('suppresses for its organization alone', async () => {
    const email = simulated(fate);
    await sendTo(email);
    expect(await invite(email, await newOrganization(stack, 'Other'))).toBe('created');
  });
});

test('a soft bounce shows, and does not suppress: the next mail may arrive', async () => {
  const email = newEmail();
  const end = stack.interceptMailEvents(({ detail: { mail } }) => [
    mailEvent(mail, bounced(mail, 'Transient', 'MailboxFull')),
  ]);
  const inviteId = await sendTo(email);
  end();
  expect(await show(inviteId)).toMatchObject({ delivery: 'bounced', deliveryCode: 'bounced_mailbox_full' });
  stack.advanceClock(2 * minute);
  take(await resend(inviteId));
  await stack.drain();
  expect(await show(inviteId)).toMatchObject({ delivery: 'delivered', sends: 2 });
  expect(await show(inviteId)).not.toHaveProperty('deliveryDetail');
});

test('an address that is suppressed while a mail to it waits gets none, visibly', async () => {
  const email = simulated('bounce');
  const first = await sendTo(email);
  await revoke(first);
  await lift(email);
  const queued = await queueInvite(organization, email);
  // The bounce of another mail to the address is heard of before the waiting one is sent.
  const tags = { organization: organization.id, invite: first, round: '1' };
  const record = recordOf({ to: email, subject: '', tags });
  await stack.invoke('recordDelivery', mailEvent(record, bounced(record, 'Permanent', 'General')));
  expect(await stack.mailsTo(email)).toHaveLength(1);
  expect(await show(queued.id)).toMatchObject({
    status: 'pending',
    delivery: 'failed',
    deliveryCode: 'address_suppressed',
    sends: 0,
  });
});
