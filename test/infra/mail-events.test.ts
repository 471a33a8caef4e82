import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { createEventBus, type EventBus } from '../../infra/local/event-bus.ts';
import type { FunctionHost } from '../../infra/local/function-host.ts';
import { startInbox, type Inbox } from '../../infra/local/inbox.ts';
import { mailEvent, type MailEvent } from '../../infra/local/mail-event.ts';
import { createMailEvents, type MailEvents } from '../../infra/local/mail-events.ts';
import { bounced, delayed, failedToRender, rejected } from '../../infra/local/mail-outcomes.ts';
import { holdPort, type HeldPort } from '../../infra/local/network.ts';
import { localAws } from '../../infra/local/table.ts';
import { Template } from '../../infra/local/template.ts';
import { systemClock } from '../../functions/adapters/system.ts';
import { sesMailer } from '../../functions/adapters/ses-mailer.ts';

const now = '2026-03-01T10:20:30.456Z';

let configurationSet: string;
let invoked: { functionId: string; event: MailEvent }[];
let failures: number;
let bus: EventBus;
let mailEvents: MailEvents;
let port: HeldPort;
let inbox: Inbox;
let ses: SESv2Client;

beforeEach(async () => {
  const template = await Template.read(inject('assembly'));
  configurationSet = template.single('AWS::SES::ConfigurationSet').id.split('/')[1] ?? '';
  for (const id of template.idsOf('AWS::Lambda::Function'))
    template.place(id, { ref: id, attributes: { Arn: `arn:aws:local:function:${id.split('/')[1]}` } });
  invoked = [];
  failures = 0;
  const functions: FunctionHost = {
    invoke: async (functionId, event) => {
      invoked.push({ functionId, event: event as MailEvent });
      return (failures -= 1) >= 0 ? { ok: false, reason: 'failed' } : { ok: true, value: undefined };
    },
    roles: () => ({}),
    stop: async () => {},
  };
  bus = createEventBus(template, functions);
  mailEvents = createMailEvents(template, bus, () => Date.parse(now));
  port = await holdPort();
  inbox = await startInbox({ port, onTaken: mailEvents.taken });
  ses = new SESv2Client({ endpoint: inbox.endpoint, ...localAws, maxAttempts: 1 });
});

afterEach(async () => {
  ses.destroy();
  await inbox.stop();
  await port.close();
});

const send = async (to: string, set: string | undefined = configurationSet): Promise<string> => {
  const { MessageId } = await ses.send(
    new SendEmailCommand({
      FromEmailAddress: 'Roster <roster@roster.example>',
      Destination: { ToAddresses: [to] },
      ConfigurationSetName: set,
      EmailTags: [{ Name: 'invite', Value: 'inv_1' }],
      Content: { Simple: { Subject: { Data: 'Hello' }, Body: { Text: { Data: 'Text' } } } },
    }),
  );
  return MessageId ?? '';
};

const told = () => invoked.map(({ event }) => event['detail-type']);

test('a mail that SES takes is told of to the function of the rule, as EventBridge tells it', async () => {
  const messageId = await send('ada@example.com');
  expect(invoked).toEqual([]);
  expect(await bus.deliver()).toBe(true);
  expect(await bus.deliver()).toBe(false);
  for (const { functionId } of invoked) expect(functionId).toMatch(/^recordDelivery/);
  expect(told()).toEqual(['Email Sent', 'Email Delivered']);
  const mail = {
    timestamp: now,
    source: 'Roster <roster@roster.example>',
    sourceArn: 'arn:aws:ses:eu-west-1:000000000000:identity/roster.example',
    sendingAccountId: '000000000000',
    messageId,
    destination: ['ada@example.com'],
    headersTruncated: false,
    headers: expect.arrayContaining([{ name: 'Subject', value: 'Hello' }]) as unknown,
    commonHeaders: {
      from: ['Roster <roster@roster.example>'],
      to: ['ada@example.com'],
      messageId,
      subject: 'Hello',
    },
    tags: {
      'ses:configuration-set': [configurationSet],
      'ses:source-ip': ['127.0.0.1'],
      'ses:from-domain': ['roster.example'],
      'ses:caller-identity': ['local'],
      invite: ['inv_1'],
    },
  };
  const envelope = {
    version: '0',
    id: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
    source: 'aws.ses',
    account: '000000000000',
    time: '2026-03-01T10:20:30Z',
    region: 'eu-west-1',
    resources: [`arn:aws:ses:eu-west-1:000000000000:configuration-set/${configurationSet}`],
  };
  expect(invoked.map(({ event }) => event)).toEqual([
    { ...envelope, 'detail-type': 'Email Sent', detail: { eventType: 'Send', mail, send: {} } },
    {
      ...envelope,
      'detail-type': 'Email Delivered',
      detail: {
        eventType: 'Delivery',
        mail,
        delivery: {
          timestamp: now,
          processingTimeMillis: 0,
          recipients: ['ada@example.com'],
          smtpResponse: expect.any(String) as unknown,
          reportingMTA: expect.any(String) as unknown,
        },
      },
    },
  ]);
});

const bounce = (bounceSubType: string, address: string) => ({
  eventType: 'Bounce',
  bounce: { bounceType: 'Permanent', bounceSubType, bouncedRecipients: [{ emailAddress: address }], timestamp: now },
});

test.each<[string, object[]]>([
  ['success@simulator.amazonses.com', [{ eventType: 'Delivery' }]],
  ['ooto@simulator.amazonses.com', [{ eventType: 'Delivery' }]],
  ['bounce@simulator.amazonses.com', [bounce('General', 'bounce@simulator.amazonses.com')]],
  ['bounce+ada@simulator.amazonses.com', [bounce('General', 'bounce+ada@simulator.amazonses.com')]],
  [
    'suppressionlist@simulator.amazonses.com',
    [bounce('OnAccountSuppressionList', 'suppressionlist@simulator.amazonses.com')],
  ],
  [
    'complaint@simulator.amazonses.com',
    [
      { eventType: 'Delivery' },
      {
        eventType: 'Complaint',
        complaint: { complainedRecipients: [{ emailAddress: 'complaint@simulator.amazonses.com' }], timestamp: now },
      },
    ],
  ],
  ['bounce@example.com', [{ eventType: 'Delivery' }]],
])('a mail to %s has the fate that its mailbox simulator gives it', async (address, fate) => {
  await send(address);
  await bus.deliver();
  const [first, ...others] = invoked.map(({ event }) => event.detail);
  expect(first).toMatchObject({ eventType: 'Send' });
  expect(others).toHaveLength(fate.length);
  expect(others).toMatchObject(fate);
});

test('what no rule asks for reaches no function: mails of other configuration sets and of none, other sources', async () => {
  await send('ada@example.com', 'AnotherStage');
  await ses.send(
    new SendEmailCommand({
      FromEmailAddress: 'roster@roster.example',
      Destination: { ToAddresses: ['ada@example.com'] },
      Content: { Simple: { Subject: { Data: 'Hello' }, Body: { Text: { Data: 'Text' } } } },
    }),
  );
  bus.put([{ source: 'aws.ses', detail: { mail: { tags: { 'ses:configuration-set': ['AnotherStage'] } } } }]);
  bus.put([{ source: 'other', detail: { mail: { tags: { 'ses:configuration-set': [configurationSet] } } } }]);
  bus.put([{ source: 'aws.ses', detail: {} }]);
  await bus.deliver();
  expect(invoked).toEqual([]);
});

test('events can be held back, dropped, doubled and changed, until that is ended', async () => {
  const held: MailEvent[] = [];
  const end = mailEvents.intercept((event) => {
    if (event.detail.eventType === 'Send') {
      held.push(event);
      return [];
    }
    const { mail } = event.detail;
    const soft = mailEvent(mail, bounced(mail, 'Transient', 'MailboxFull'));
    return [event, event, soft, mailEvent(mail, delayed(mail))];
  });
  await send('ada@example.com');
  await bus.deliver();
  expect(told()).toEqual(['Email Delivered', 'Email Delivered', 'Email Bounced', 'Email Delivery Delayed']);
  bus.put(held);
  await bus.deliver();
  expect(told().at(-1)).toBe('Email Sent');
  end();
  await send('ada@example.com');
  await bus.deliver();
  expect(told().slice(5)).toEqual(['Email Sent', 'Email Delivered']);
});

test('what SES does to no mail of ours by itself can be told of too', async () => {
  mailEvents.intercept(({ detail: { mail } }) => [mailEvent(mail, rejected()), mailEvent(mail, failedToRender())]);
  await send('ada@example.com');
  await bus.deliver();
  expect(invoked.slice(0, 2).map(({ event }) => event)).toMatchObject([
    { 'detail-type': 'Email Rejected', detail: { eventType: 'Reject', reject: { reason: 'Bad content' } } },
    { 'detail-type': 'Email Rendering Failed', detail: { eventType: 'Rendering Failure', failure: {} } },
  ]);
});

test('a function that fails gets an event three times, and then the next one', async () => {
  failures = 3;
  await send('ada@example.com');
  await bus.deliver();
  expect(told()).toEqual(['Email Sent', 'Email Sent', 'Email Sent', 'Email Delivered']);
});

test('the account may send 50 mails a second', async () => {
  expect(await sesMailer(ses, 'roster@roster.example', configurationSet, systemClock).rate()).toBe(50);
});

test('mails can be read and cleared at the same address', async () => {
  const store = async () =>
    (await (await fetch(`${inbox.endpoint}/store`)).json()) as { emails: { destination: { to: string[] } }[] };
  await send('reader@example.com');
  expect((await store()).emails.map(({ destination }) => destination.to)).toContainEqual(['reader@example.com']);
  const page = await fetch(`${inbox.endpoint}/`);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(await page.text()).toContain('</html>');
  expect((await fetch(`${inbox.endpoint}/clear-store`, { method: 'POST' })).status).toBe(200);
  expect((await store()).emails).toEqual([]);
  expect((await fetch(`${inbox.endpoint}/v2/email/outbound-emails`, { method: 'POST' })).status).toBe(403);
});
