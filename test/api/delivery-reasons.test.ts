import { beforeAll, describe, expect, test } from 'vitest';
import { delayed, delivered } from '../../infra/local/mail-outcomes.ts';
import { reasonAttributes, reasonItem } from '../../shared/mail/delivery-reason.ts';
import { queueNotice } from '../../shared/mail/notice.ts';
import { keys } from '../../shared/table/keys.ts';
import { update, type Item } from '../../shared/table/write.ts';
import { clock } from '../support/clock.ts';
import {
  queueInvite,
  runWorker,
  scriptedMailer,
  sesAnswers,
  tableOf,
  tell,
  type QueuedInvite,
} from '../support/deliveries.ts';
import { newOrganization, take, type TestOrganization } from '../support/organization.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
const minute = 60_000;

let organization: TestOrganization;
beforeAll(async () => {
  organization = await newOrganization(stack);
});

/** Sets attributes of an invite directly in the table, as another version of the code would. */
const writeTo = async (invite: QueuedInvite, set: Record<string, unknown>): Promise<void> => {
  await tableOf(organization.id).transact([update(keys.invite(organization.id, invite.id), { set })]);
};

const reasonOf = (item: Partial<Item>) =>
  Object.fromEntries(Object.entries(item).filter(([name]) => reasonAttributes.includes(name)));

const throttle = (invite: QueuedInvite) => runWorker(scriptedMailer(sesAnswers.throttled), { only: [invite.id] });

describe('the delivery reason of an invite', () => {
  test('is shown as a code and a sentence, in the invite and in the list', async () => {
    const invite = await queueInvite(organization);
    await throttle(invite);
    const reason = {
      deliveryCode: 'send_deferred',
      deliveryDetail:
        'The email service did not accept the email yet (TooManyRequestsException). It will be sent later.',
    };
    expect(await invite.show()).toMatchObject(reason);
    const { params, manager } = organization;
    const { items } = take(await manager.client.listInvites({ params, query: { search: invite.email } }));
    expect(items).toMatchObject([reason]);
  });

  test('is stored with the sentence, for versions of the code without codes', async () => {
    const invite = await queueInvite(organization);
    await throttle(invite);
    const { reason } = sesAnswers.throttled.outcome;
    expect(reasonOf(await invite.item())).toEqual(reasonItem(reason));
  });

  test.each<[string, (invite: QueuedInvite) => Promise<unknown>]>([
    ['it is sent', (invite) => runWorker(scriptedMailer(), { only: [invite.id], minutes: 2 })],
    [
      'it is resent',
      async ({ params }) => {
        stack.advanceClock(2 * minute);
        take(await organization.manager.client.resendInvite({ params }));
      },
    ],
  ])('is removed from the item once %s', async (_, happens) => {
    const invite = await queueInvite(organization);
    await throttle(invite);
    await happens(invite);
    expect(reasonOf(await invite.item())).toEqual({});
  });

  test('is removed from the item once a delayed email arrives', async () => {
    const invite = await queueInvite(organization);
    const mailer = scriptedMailer();
    await runWorker(mailer, { only: [invite.id] });
    for (const mail of mailer.taken) await tell(mail, delayed);
    expect(await invite.show()).toMatchObject({ deliveryCode: 'delayed_no_response' });
    for (const mail of mailer.taken) await tell(mail, delivered);
    expect(reasonOf(await invite.item())).toEqual({});
  });

  test('is shown as the sentence alone if a version without codes stored it', async () => {
    const invite = await queueInvite(organization);
    await writeTo(invite, { delivery: 'bounced', deliveryDetail: 'The mail came back.' });
    const invited = await invite.show();
    expect(invited).toMatchObject({ delivery: 'bounced', deliveryDetail: 'The mail came back.' });
    expect(invited).not.toHaveProperty('deliveryCode');
  });

  test('is shown as the newer sentence alone if a version without codes has replaced the sentence of a code', async () => {
    const invite = await queueInvite(organization);
    await throttle(invite);
    await writeTo(invite, { delivery: 'bounced', deliveryDetail: 'The mail came back.' });
    const invited = await invite.show();
    expect(invited).toMatchObject({ delivery: 'bounced', deliveryDetail: 'The mail came back.' });
    expect(invited).not.toHaveProperty('deliveryCode');
  });

  test('is shown, and the mail is sent, if a newer version has stored a code that this version does not know', async () => {
    const invite = await queueInvite(organization);
    const deliveryDetail = 'The moon was in the way.';
    const reason = { deliveryCode: 'moon', deliveryParameters: { phase: 'full' }, deliveryDetail };
    await writeTo(invite, { ...reason, deliveryCodeDetail: deliveryDetail });
    expect(await invite.show()).toMatchObject({ deliveryCode: 'moon', deliveryDetail });
    const mailer = scriptedMailer();
    await runWorker(mailer, { only: [invite.id] });
    expect(mailer.taken).toHaveLength(1);
  });
});

describe('a notice', () => {
  const noticeOf = async (more: Record<string, unknown> = {}) => {
    const id = `mail_${crypto.randomUUID()}`;
    const key = keys.notice(organization.id, id);
    const table = tableOf(organization.id);
    const facts = { organization: 'Acme', actor: 'Ada King', roles: 'Member' };
    const notice = { id, kind: 'roles_changed' as const, to: 'bob@example.com', facts };
    await table.transact([queueNotice(organization.id, notice, clock.now())]);
    await table.transact([update(key, { set: more })]);
    return { id, item: async () => (await table.get(key)) ?? {} };
  };

  test('stores the reason of a failure, as an invite does', async () => {
    const notice = await noticeOf({ deliveryDetail: 'The mail service asks to wait.' });
    await runWorker(scriptedMailer(sesAnswers.rejected), { only: [notice.id] });
    const item = await notice.item();
    expect(item).toMatchObject({ delivery: 'failed' });
    expect(reasonOf(item)).toEqual(reasonItem(sesAnswers.rejected.outcome.reason));
  });

  test('is sent even if a newer version has stored a code that this version does not know', async () => {
    const notice = await noticeOf({ deliveryCode: 'moon', deliveryDetail: 'The moon was in the way.' });
    const mailer = scriptedMailer();
    await runWorker(mailer, { only: [notice.id] });
    expect(mailer.taken).toHaveLength(1);
    const item = await notice.item();
    expect(item).toMatchObject({ delivery: 'sent' });
    expect(reasonOf(item)).toEqual({});
  });
});
