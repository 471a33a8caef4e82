import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mailEvent, type MailOutcome, type MailRecord } from '../../infra/local/mail-event.ts';
import {
  bounced,
  complained,
  delayed,
  delivered,
  failedToRender,
  rejected,
  sent,
} from '../../infra/local/mail-outcomes.ts';
import { recentMailDays } from '../../shared/invites/mail-health.ts';
import type { Mail } from '../../shared/ports.ts';
import { keys } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import { erase, type Item } from '../../shared/table/write.ts';
import { clock } from '../support/clock.ts';
import {
  queueInvite,
  queueInvites,
  recordOf,
  runWorker,
  scriptedMailer,
  sesAnswers,
  tableOf,
  tell,
  type QueuedInvite,
} from '../support/deliveries.ts';
import { servicesOf } from '../support/operations.ts';
import {
  inviteByMail,
  newEmail,
  newOrganization,
  refusal,
  take,
  type TestOrganization,
} from '../support/organization.ts';
import { meanwhile } from '../support/races.ts';
import { password, useStack } from '../support/stack.ts';
import { changesOf, everyItem } from '../support/table-items.ts';

const stack = useStack();
const minute = 60_000;

let organization: TestOrganization;
beforeAll(async () => {
  organization = await newOrganization(stack);
});
/** Resets the mail counts: the bounces of all tests together would pause the mails of the organization. */
beforeEach(async () => {
  const table = tableOf(organization.id);
  const days = await recentMailDays(table, organization.id, clock.now());
  await table.transact(days.map(({ day }) => erase(keys.mailDay(organization.id, day))));
});

const softBounce = (mail: MailRecord) => bounced(mail, 'Transient', 'MailboxFull');
const hardBounce = (mail: MailRecord) => bounced(mail, 'Permanent', 'General');

type Kind =
  'Send' | 'Delivery' | 'DeliveryDelay' | 'soft Bounce' | 'hard Bounce' | 'Complaint' | 'Reject' | 'Rendering Failure';

/** The effect of each event on an invite whose mail was sent. */
const events: Record<
  Kind,
  { outcome: (mail: MailRecord) => MailOutcome; delivery: string; words?: string; suppresses?: true }
> = {
  Send: { outcome: sent, delivery: 'sent' },
  DeliveryDelay: {
    outcome: delayed,
    delivery: 'sent',
    words: 'The receiving server is not responding. Delivery will be tried again.',
  },
  Delivery: { outcome: delivered, delivery: 'delivered' },
  Reject: { outcome: rejected, delivery: 'failed', words: 'The email service rejected the email: Bad content.' },
  'Rendering Failure': {
    outcome: failedToRender,
    delivery: 'failed',
    words: "The email could not be created: Attribute 'name' is not present in the rendering data.",
  },
  'soft Bounce': { outcome: softBounce, delivery: 'bounced', words: 'The mailbox is full.' },
  'hard Bounce': {
    outcome: hardBounce,
    delivery: 'bounced',
    words: 'The mailbox does not exist or does not accept email.',
    suppresses: true,
  },
  Complaint: {
    outcome: complained,
    delivery: 'complained',
    words: 'The recipient reported the email as unwanted.',
    suppresses: true,
  },
};

const kinds = Object.keys(events) as Kind[];

/** The last of these that an event causes becomes the delivery, whatever the order of the events. */
const worse = ['sent', 'delivered', 'failed', 'bounced', 'complained'];

const worstOf = (order: readonly Kind[]): string =>
  worse.findLast((delivery) => order.some((kind) => events[kind].delivery === delivery)) ?? expect.unreachable();

/** The mail of an invite, as the worker would have made it. */
const mailOf = ({ id, email }: Pick<QueuedInvite, 'id' | 'email'>, round = 1): Omit<Mail, 'requestedAt'> => ({
  to: email,
  subject: 'Hello',
  html: '',
  text: '',
  tags: { organization: organization.id, invite: id, round: String(round) },
});

const isSuppressed = async (email: string): Promise<boolean> =>
  (await tableOf(organization.id).get(keys.suppression(organization.id, email))) !== undefined;

/** Mails that were counted since the test began. */
const counted = async (): Promise<{ sent: number; bounced: number }> => {
  const days = await recentMailDays(tableOf(organization.id), organization.id, clock.now());
  return {
    sent: days.reduce((sum, day) => sum + day.sent, 0),
    bounced: days.reduce((sum, day) => sum + day.bounced, 0),
  };
};

/** An invite whose mail SES accepted. */
const sendInvite = async (): Promise<{ invite: QueuedInvite; mail: Mail }> => {
  const invite = await queueInvite(organization);
  const mailer = scriptedMailer();
  await runWorker(mailer, { only: [invite.id] });
  return { invite, mail: mailer.taken[0] ?? expect.unreachable() };
};

const auditsOf = async ({ id }: QueuedInvite) => {
  const { params, manager } = organization;
  return take(await manager.client.listAuditEvents({ params, query: { targetId: id } })).items;
};

describe.each(kinds)('%s', (kind) => {
  const { outcome, delivery, words, suppresses = false } = events[kind];

  test(`shows as ${delivery}${words === undefined ? '' : `: "${words}"`}`, async () => {
    const { invite, mail } = await sendInvite();
    await tell(mail, outcome);
    const shown = await invite.show();
    expect(shown).toMatchObject({ status: 'pending', delivery, sends: 1 });
    expect(shown.deliveryDetail).toBe(words);
    expect(await isSuppressed(invite.email)).toBe(suppresses);
  });

  test('reported three times counts once', async () => {
    const { invite, mail } = await sendInvite();
    for (let time = 0; time < 3; time += 1) await tell(mail, outcome);
    expect(await counted()).toEqual({ sent: 1, bounced: delivery === 'bounced' ? 1 : 0 });
    const audits = (await auditsOf(invite)).filter(({ action }) => action === 'address_suppressed');
    expect(audits).toHaveLength(suppresses ? 1 : 0);
  });

  test('settles a mail to which SES did not respond: it is not sent again, and counts once', async () => {
    const invite = await queueInvite(organization);
    const mailer = scriptedMailer(sesAnswers.answerLost);
    await runWorker(mailer, { only: [invite.id] });
    for (const mail of mailer.taken) await tell(mail, outcome);
    for (const minutes of [16, 40]) await runWorker(mailer, { minutes, only: [invite.id] });
    expect(mailer.taken).toHaveLength(1);
    expect(await invite.show()).toMatchObject({ delivery, sends: 1, sentAt: expect.any(String) as unknown });
    expect((await counted()).sent).toBe(1);
  });

  test(`of a mail that was replaced changes nothing${suppresses ? ', but still suppresses the address' : ''}`, async () => {
    const { invite, mail } = await sendInvite();
    stack.advanceClock(2 * minute);
    take(await organization.manager.client.resendInvite({ params: invite.params }));
    const [before, countsBefore] = [await invite.item(), await counted()];
    await tell(mail, outcome);
    expect(await invite.item()).toEqual({ ...before, ...(suppresses && { addressSuppressed: true }) });
    expect(await counted()).toEqual(countsBefore);
    expect(await isSuppressed(invite.email)).toBe(suppresses);
  });

  test('that comes after the invite was accepted does not change its status', async () => {
    const email = (await stack.newPerson(newEmail())).email;
    const { inviteId, token } = await inviteByMail(stack, organization, email);
    take(await stack.anybody.acceptInvite({ body: { token, password } }));
    await tell(mailOf({ id: inviteId, email }), outcome);
    const item = await tableOf(organization.id).get(keys.invite(organization.id, inviteId));
    expect(item).toMatchObject({ status: 'accepted' });
    expect(item).not.toHaveProperty('duePk');
  });
});

describe('events in every order', () => {
  const ordersOf = (length: number, begun: Kind[] = []): Kind[][] =>
    begun.length === length
      ? [begun]
      : kinds.filter((kind) => !begun.includes(kind)).flatMap((kind) => ordersOf(length, [...begun, kind]));

  /** Of two events with the same delivery, the sentence of the first is kept. */
  const endOf = (order: readonly Kind[]) => {
    const delivery = worstOf(order);
    const telling = order.find((kind) => events[kind].delivery === delivery && events[kind].words !== undefined);
    return {
      delivery,
      deliveryDetail: telling && events[telling].words,
      sends: 1,
      isSuppressed: order.some((kind) => events[kind].suppresses),
    };
  };

  const endsOf = async (orders: readonly Kind[][]) => {
    const invites = await queueInvites(
      organization,
      orders.map(() => newEmail()),
    );
    for (const [index, invite] of invites.entries())
      for (const kind of orders[index] ?? []) await tell(mailOf(invite), events[kind].outcome);
    const { id } = organization;
    const table = tableOf(id);
    const items = await table.batchGet(invites.map((invite) => keys.invite(id, invite.id)));
    const suppressions = await table.batchGet(invites.map(({ email }) => keys.suppression(id, email)));
    return orders.map((order, index) => {
      const { delivery, deliveryDetail, sends }: Partial<Item> = items[index] ?? {};
      return [order.join(), { delivery, deliveryDetail, sends, isSuppressed: suppressions[index] !== undefined }];
    });
  };

  test('result in the worse delivery of any two, and count as one mail', async () => {
    const orders = ordersOf(2);
    expect(orders).toHaveLength(56);
    expect(await endsOf(orders)).toEqual(orders.map((order) => [order.join(), endOf(order)]));
    expect((await counted()).sent).toBe(56);
  });

  test.each(kinds)(
    'result in the worst delivery of any three that begin with %s, and count as one mail',
    async (kind) => {
      const orders = ordersOf(3, [kind]);
      expect(orders).toHaveLength(42);
      expect(await endsOf(orders)).toEqual(orders.map((order) => [order.join(), endOf(order)]));
      expect((await counted()).sent).toBe(42);
    },
  );
});

describe('two changes at the same time', () => {
  /** Reports the delivery of a mail. Before that is written, something else happens. */
  const deliveredWhile = async (happens: (given: { invite: QueuedInvite; mail: Mail }) => Promise<unknown>) => {
    const given = await sendInvite();
    const changed = meanwhile(() => happens(given));
    const { tenantTable } = servicesOf(undefined, changed);
    await tell(given.mail, delivered, { tenantTable });
    return given.invite.item();
  };

  const itBounces = ({ mail }: { mail: Mail }) => tell(mail, hardBounce);

  test('keep the worse delivery', async () => {
    expect(await deliveredWhile(itBounces)).toMatchObject({ delivery: 'bounced' });
  });

  /** Reports that a mail was sent to which SES did not respond. Before that is written, the invite is revoked. */
  const sentWhileRevoked = async () => {
    const invite = await queueInvite(organization);
    const mailer = scriptedMailer(sesAnswers.answerLost);
    await runWorker(mailer, { only: [invite.id] });
    const revoke = () => organization.manager.client.revokeInvite({ params: invite.params });
    const { tenantTable } = servicesOf(undefined, meanwhile(revoke));
    for (const mail of mailer.taken) await tell(mail, sent, { tenantTable });
    return invite.item();
  };

  test('leave nothing due if one of them revokes the invite', async () => {
    const item = await sentWhileRevoked();
    expect(item).toMatchObject({ status: 'revoked', delivery: 'sent' });
    expect(item).not.toHaveProperty('duePk');
  });
});

describe('the function that records a bounce', () => {
  /** What it writes: the suppression, and the invite. */
  const effects = 2;

  const dying = (nth: number, when: 'before' | 'after') => {
    let count = 0;
    const change = (table: Table): Table => ({
      ...table,
      transact: async (writes) => {
        count += 1;
        if (count === nth && when === 'before') throw new Error('The process died here');
        const result = await table.transact(writes);
        if (count === nth) throw new Error('The process died here');
        return result;
      },
    });
    return { tenantTable: servicesOf(undefined, change).tenantTable, effects: () => count };
  };

  test('has exactly the enumerated effects', async () => {
    const { mail } = await sendInvite();
    const process = dying(0, 'before');
    await tell(mail, hardBounce, process);
    expect(process.effects()).toBe(effects);
  });

  test.each(
    Array.from({ length: effects }, (_, index) => index + 1).flatMap((nth) => [
      { nth, when: 'before' as const },
      { nth, when: 'after' as const },
    ]),
  )('dies $when effect $nth: the event comes again, and the bounce counts once', async ({ nth, when }) => {
    const { invite, mail } = await sendInvite();
    await expect(tell(mail, hardBounce, dying(nth, when))).rejects.toThrow('The process died here');
    await tell(mail, hardBounce);
    expect(await invite.show()).toMatchObject({ delivery: 'bounced' });
    expect(await isSuppressed(invite.email)).toBe(true);
    expect((await counted()).bounced).toBe(1);
    const audits = (await auditsOf(invite)).filter(({ action }) => action === 'address_suppressed');
    expect(audits).toHaveLength(1);
  });
});

describe('an event on the bus', () => {
  /** Events that are malformed or belong to something else, each derived from an event of one of our mails. */
  const foreign = async (): Promise<Record<string, unknown>> => {
    const { invite, mail } = await sendInvite();
    const other = await newOrganization(stack);
    const record = recordOf(mail);
    const event = mailEvent(record, hardBounce(record));
    const changed = (more: object) => ({ ...event, detail: { ...event.detail, mail: { ...record, ...more } } });
    const tagged = (tags: Record<string, string[]>) => changed({ tags: { ...record.tags, ...tags } });
    return {
      nothing: undefined,
      null: null,
      'a number': 42,
      'a text': 'x',
      'a list': [event],
      'an empty object': {},
      'no detail': { ...event, detail: null },
      'a detail of another application': { ...event, detail: { state: 'running' } },
      'no mail': { ...event, detail: { eventType: 'Bounce' } },
      'no tags': changed({ tags: undefined }),
      'empty tags': changed({ tags: {} }),
      'tags without values': tagged({ organization: [], invite: [], round: [] }),
      'tags that are numbers': changed({ tags: { organization: 1, invite: 2, round: 3 } }),
      "another tenant's organization": tagged({ organization: [other.id] }),
      'an unknown organization': tagged({ organization: ['org_00000000000000000000000000'] }),
      'a platform partition as organization': tagged({ organization: ['person'] }),
      'an organization that reaches further': tagged({ organization: [`${organization.id}#user`] }),
      'an unknown invite': tagged({ invite: ['inv_00000000000000000000000000'] }),
      "an invite's id that is too long for a key": tagged({ invite: ['i'.repeat(3_000)] }),
      'a user as invite': tagged({ invite: [organization.manager.userId] }),
      'a round that is no number': tagged({ round: ['first'] }),
      'a notice': changed({ tags: { notice: [invite.id] } }),
      'an unknown type': { ...event, detail: { ...event.detail, eventType: 'Click' } },
      "a type by the name of an object's": { ...event, detail: { ...event.detail, eventType: 'constructor' } },
    };
  };

  test('changes and throws nothing if it is malformed or not ours', async () => {
    const given = await foreign();
    const before = await everyItem(stack);
    for (const [what, event] of Object.entries(given))
      expect(await stack.invoke('recordDelivery', event), what).toMatchObject({ ok: true });
    expect(changesOf(before, await everyItem(stack))).toEqual([]);
  });

  test.each([
    ['another configuration set', { 'ses:configuration-set': ['other-stage'] }],
    ['no configuration set', {}],
  ])('is not recorded if it has %s', async (_, tags) => {
    const { invite, mail } = await sendInvite();
    const record = recordOf(mail);
    stack.putEvent(mailEvent({ ...record, tags: { ...record.tags, ...tags } }, hardBounce(record)));
    await stack.drain();
    expect(await invite.show()).toMatchObject({ delivery: 'sent' });
  });

  test('is recorded if it has our configuration set', async () => {
    const { invite, mail } = await sendInvite();
    const record = recordOf(mail);
    const set = { 'ses:configuration-set': [process.env.MAIL_CONFIGURATION_SET ?? ''] };
    stack.putEvent(mailEvent({ ...record, tags: { ...record.tags, ...set } }, hardBounce(record)));
    await stack.drain();
    expect(await invite.show()).toMatchObject({ delivery: 'bounced' });
  });

  test.each([
    ['has no recipient', { destination: [] }],
    ['has a recipient in capitals', {}],
  ])('is recorded without a fault if it %s', async (_, more) => {
    const { invite, mail } = await sendInvite();
    const record = { ...recordOf({ ...mail, to: mail.to.toUpperCase() }), ...more };
    expect(await stack.invoke('recordDelivery', mailEvent(record, hardBounce(record)))).toMatchObject({ ok: true });
    expect(await invite.show()).toMatchObject({ delivery: 'bounced' });
    expect(await isSuppressed(invite.email)).toBe(record.destination.length > 0);
  });
});

test('a mail is not sent if an earlier mail to the address has bounced, and the invite shows why', async () => {
  const { invite, mail } = await sendInvite();
  stack.advanceClock(2 * minute);
  take(await organization.manager.client.resendInvite({ params: invite.params }));
  await tell(mail, hardBounce);
  const mailer = scriptedMailer();
  await runWorker(mailer, { only: [invite.id] });
  expect(mailer.taken).toEqual([]);
  expect(await invite.show()).toMatchObject({
    status: 'pending',
    delivery: 'failed',
    deliveryCode: 'address_suppressed',
  });
  stack.advanceClock(2 * minute);
  const again = await organization.manager.client.resendInvite({ params: invite.params });
  expect(refusal(again)).toBe('422 address_suppressed');
});
