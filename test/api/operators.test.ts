import { beforeEach, describe, expect, test } from 'vitest';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import { countMails } from '../../shared/invites/mail-health.ts';
import { queueInvite, queueInvites, tableOf, type QueuedInvite } from '../support/deliveries.ts';
import { asMember } from '../support/inviting.ts';
import { callerOf, servicesOf } from '../support/operations.ts';
import { inviteByMail, newEmail, newOrganization, take, type TestOrganization } from '../support/organization.ts';
import { useStack } from '../support/stack.ts';
import { changesOf, everyItem } from '../support/table-items.ts';

const stack = useStack();
const minute = 60_000;
const day = 24 * 60 * minute;

let organization: TestOrganization;
beforeEach(async () => {
  organization = await newOrganization(stack);
});

/** As if so many mails had been sent, and had bounced, so many days ago. */
const count = async (counts: { sent: number; bounced: number }, daysAgo = 0): Promise<void> => {
  const then = new Date(stack.now() - daysAgo * day).toISOString();
  await tableOf(organization.id).transact([countMails(organization.id, counts, then)]);
};

/** What becomes of an invite's mail. */
const sending = async (of = organization): Promise<QueuedInvite> => {
  const invite = await queueInvite(of);
  await stack.drain();
  return invite;
};

const operate = (command: string, more: Record<string, unknown> = {}) =>
  stack.invoke('operate', { command, organizationId: organization.id, ...more });

const auditsOf = async (action: string) => {
  const { params, manager } = organization;
  return take(await manager.client.listAuditEvents({ params })).items.filter((event) => event.action === action);
};

describe('mails of an organization', () => {
  test.each([
    ['10 of 499 bounced', [{ sent: 499, bounced: 10, daysAgo: 0 }]],
    ['all 10 of 10 bounced', [{ sent: 10, bounced: 10, daysAgo: 0 }]],
    [
      '10 of 499 bounced within seven days, today among them',
      Array.from({ length: 7 }, (_, daysAgo) => ({
        sent: daysAgo ? 71 : 73,
        bounced: daysAgo ? 1 : 4,
        daysAgo,
      })),
    ],
    ['20 of 999 bounced', [{ sent: 999, bounced: 20, daysAgo: 6 }]],
  ])('stop once %s, and say so', async (_, counts) => {
    for (const { daysAgo, ...each } of counts) await count(each, daysAgo);
    const invite = await sending();
    expect(await invite.show()).toMatchObject({
      status: 'pending',
      delivery: 'queued',
      deliveryCode: 'sending_paused',
      sends: 0,
    });
    expect(await stack.mailsTo(invite.email)).toEqual([]);
  });

  test.each([
    ['9 of 9 bounced: too few to say', [{ sent: 9, bounced: 9, daysAgo: 0 }]],
    ['10 of 500 bounced: 2 %', [{ sent: 500, bounced: 10, daysAgo: 0 }]],
    ['19 of 1,000 bounced: 1.9 %', [{ sent: 1_000, bounced: 19, daysAgo: 0 }]],
    [
      '20 of 30 bounced, eleven of them seven days ago',
      [
        { sent: 15, bounced: 9, daysAgo: 6 },
        { sent: 15, bounced: 11, daysAgo: 7 },
      ],
    ],
    [
      'few bounced, though all of today',
      [
        { sent: 990, bounced: 0, daysAgo: 3 },
        { sent: 10, bounced: 10, daysAgo: 0 },
      ],
    ],
  ])('go on while %s', async (_, counts) => {
    for (const { daysAgo, ...each } of counts) await count(each, daysAgo);
    const invite = await sending();
    expect(await invite.show()).toMatchObject({ delivery: 'delivered', sends: 1 });
  });

  test('stop of that organization alone', async () => {
    await count({ sent: 20, bounced: 10 });
    const other = await newOrganization(stack, 'Other');
    const [ours, theirs] = [await sending(), await sending(other)];
    expect(await ours.show()).toMatchObject({ delivery: 'queued', deliveryCode: 'sending_paused' });
    expect(await theirs.show()).toMatchObject({ delivery: 'delivered' });
  });

  test('go on by themselves once the bounces are older than seven days', async () => {
    await count({ sent: 20, bounced: 10 });
    const { params, manager } = organization;
    take(await manager.client.updateOrganization({ params, body: { inviteExpiryDays: 30 } }));
    const invite = await sending();
    for (let days = 0; days < 6; days += 1) {
      stack.advanceClock(day);
      await stack.tick();
      expect(await invite.show()).toMatchObject({ delivery: 'queued' });
    }
    stack.advanceClock(day);
    await stack.tick();
    expect(await invite.show()).toMatchObject({ delivery: 'delivered' });
    expect(await invite.show()).not.toHaveProperty('deliveryDetail');
  });

  test('stop after ten real bounces, and an operator lets them go within the hour', async () => {
    const addresses = Array.from({ length: 10 }, (_, index) => `bounce+${index}@simulator.amazonses.com`);
    const bounced = await queueInvites(organization, addresses);
    await stack.drain();
    for (const invite of bounced) expect(await invite.show()).toMatchObject({ delivery: 'bounced' });
    const waiting = await sending();
    expect(await waiting.show()).toMatchObject({ delivery: 'queued', deliveryCode: 'sending_paused' });

    stack.advanceClock(61 * minute);
    await stack.tick();
    expect(await waiting.show()).toMatchObject({ delivery: 'queued', deliveryCode: 'sending_paused' });
    expect(await operate('resume_sending')).toMatchObject({ ok: true });
    stack.advanceClock(60 * minute);
    await stack.tick();
    expect(await waiting.show()).toMatchObject({ delivery: 'delivered', sends: 1 });
    expect(await waiting.show()).not.toHaveProperty('deliveryDetail');
    expect(await (await sending()).show()).toMatchObject({ delivery: 'delivered' });
  });

  test('that still wait when their invites end have failed, and say why', async () => {
    await count({ sent: 20, bounced: 10 });
    const invite = await queueInvite(organization, newEmail(), 1);
    await stack.drain();
    stack.advanceClock(day + 60 * minute);
    await stack.tick();
    expect(await invite.show()).toMatchObject({
      status: 'expired',
      delivery: 'failed',
      deliveryCode: 'sending_paused',
    });
  });
});

describe('an operator', () => {
  test('who resumes sending leaves a trace that managers see, with what had been counted', async () => {
    await count({ sent: 20, bounced: 10 });
    await count({ sent: 5, bounced: 1 }, 2);
    await operate('resume_sending');
    const [event, ...others] = await auditsOf('sending_resumed');
    expect(others).toEqual([]);
    expect(event?.details).toMatchObject({
      days: [
        { sent: 5, bounced: 1 },
        { sent: 20, bounced: 10 },
      ],
    });
    expect(event?.actor).toEqual({ id: 'operators', name: 'Roster' });
  });

  test('who resumes sending starts a new count: the next ten bounces stop it again', async () => {
    await count({ sent: 20, bounced: 10 });
    await operate('resume_sending');
    await count({ sent: 20, bounced: 9 });
    expect(await (await sending()).show()).toMatchObject({ delivery: 'delivered' });
    await count({ sent: 1, bounced: 1 });
    expect(await (await sending()).show()).toMatchObject({ delivery: 'queued', deliveryCode: 'sending_paused' });
  });

  test('who resumes what is not paused changes no mail', async () => {
    const invite = await sending();
    expect(await operate('resume_sending')).toMatchObject({ ok: true });
    expect(await invite.show()).toMatchObject({ delivery: 'delivered' });
  });

  test('who lifts a suppression leaves a trace that managers see', async () => {
    const email = `bounce+${newEmail().split('@')[0]}@simulator.amazonses.com`;
    await inviteByMail(stack, organization, email);
    expect(await operate('lift_suppression', { email })).toEqual({
      ok: true,
      value: { done: 'The address may be invited again.' },
    });
    expect(await auditsOf('suppression_lifted')).toMatchObject([{ details: { email } }]);
  });

  test('who raises the budget of emails allows more invites, and leaves a trace that managers see', async () => {
    const { id, params, manager } = await newOrganization(stack);
    const services = servicesOf(id);
    const settings = { ...services.settings, inviteQuotaStart: 1 };
    const forecast = async () => {
      const body = { emails: [newEmail(), newEmail(), newEmail()], roles: asMember, dryRun: true };
      const result = await inviteUsers({ ...services, settings })(callerOf(manager), { params, query: {}, body });
      return result.ok ? result.value.summary : result.error;
    };
    const raise = (emailsPerDay: unknown) =>
      stack.invoke('operate', { command: 'raise_mail_budget', organizationId: id, emailsPerDay });
    expect(await forecast()).toEqual({ created: 1, over_quota: 2 });
    expect(await raise('2')).toMatchObject({ ok: true });
    expect(await forecast()).toEqual({ created: 2, over_quota: 1 });
    const { items } = take(await manager.client.listAuditEvents({ params, query: { action: 'mail_budget_raised' } }));
    expect(items).toMatchObject([{ details: { emailsPerDay: 2 }, actor: { name: 'Roster' } }]);
    expect(await raise(0)).toMatchObject({ ok: true });
    expect(await forecast()).toEqual({ created: 1, over_quota: 2 });
    expect(await raise(-1)).toMatchObject({ ok: false });
    expect(await raise('many')).toMatchObject({ ok: false });
  });

  const nobody = 'org_00000000000000000000000000';
  test.each<[string, () => unknown]>([
    ['lifts no suppression twice', () => ({ command: 'lift_suppression', email: newEmail() })],
    ['lifts no suppression of what is no address', () => ({ command: 'lift_suppression', email: 'nobody' })],
    ['lifts no suppression without an address', () => ({ command: 'lift_suppression' })],
    [
      'lifts no suppression of an unknown organization',
      () => ({ command: 'lift_suppression', email: newEmail(), organizationId: nobody }),
    ],
    [
      'raises no budget of an unknown organization',
      () => ({ command: 'raise_mail_budget', emailsPerDay: 9, organizationId: nobody }),
    ],
    ['resumes no unknown organization', () => ({ command: 'resume_sending', organizationId: nobody })],
    ['resumes no platform partition', () => ({ command: 'resume_sending', organizationId: 'person' })],
    ['reaches nothing beside an organization', () => ({ command: 'resume_sending', organizationId: 'org_x#users' })],
    ['has no other command', () => ({ command: 'delete_everything' })],
    ['is told of a word too many', () => ({ command: 'resume_sending', force: true })],
    ['says what it wants', () => undefined],
  ])('%s: a wrong command fails and changes nothing', async (_, command) => {
    await count({ sent: 20, bounced: 10 });
    const before = await everyItem(stack);
    const given = command();
    const event = typeof given === 'object' ? { organizationId: organization.id, ...given } : given;
    expect(await stack.invoke('operate', event)).toMatchObject({ ok: false });
    expect(changesOf(before, await everyItem(stack))).toEqual([]);
  });

  test('is told why', async () => {
    await operate('lift_suppression', { email: newEmail() });
    expect(stack.output.join('')).toContain('The address is not suppressed.');
  });
});
