import { beforeEach, expect, test } from 'vitest';
import { mailEvent, type MailEvent } from '../../infra/local/mail-event.ts';
import { bounced } from '../../infra/local/mail-outcomes.ts';
import { queueInvite, type QueuedInvite } from '../support/deliveries.ts';
import { metricsOf } from '../support/metrics.ts';
import { newEmail, newOrganization, type TestOrganization } from '../support/organization.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();

let organization: TestOrganization;
beforeEach(async () => {
  organization = await newOrganization(stack);
});

/** An invite whose mail was sent, and the events of it that nobody has heard of yet. */
const unheard = async (change = (event: MailEvent): MailEvent[] => [event]) => {
  const events: MailEvent[] = [];
  const end = stack.interceptMailEvents((event) => {
    events.push(...change(event));
    return [];
  });
  const invite = await queueInvite(organization, newEmail());
  await stack.drain();
  end();
  expect(await invite.show()).toMatchObject({ delivery: 'sent' });
  return { invite, events };
};

/** As EventBridge keeps an event that Lambda never got. */
const ofEventBridge = (event: object): string => JSON.stringify(event);

/** As Lambda keeps an event that the function failed at three times. */
const ofLambda = (event: object): string =>
  JSON.stringify({
    version: '1.0',
    timestamp: '2026-03-01T10:20:30.456Z',
    requestContext: {
      requestId: 'e4b46cbf-b738-xmpl-8880-a18cdf61200e',
      functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:recordDelivery:$LATEST',
      condition: 'RetriesExhausted',
      approximateInvokeCount: 3,
    },
    requestPayload: event,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorMessage: 'The table does not answer' },
  });

/** Hands dead letters over as an SQS event source does; the numbers of those that it is told to keep. */
const redrive = async (...bodies: string[]): Promise<number[]> => {
  const Records = bodies.map((body, index) => ({
    messageId: `message-${index}`,
    receiptHandle: 'handle',
    body,
    attributes: { ApproximateReceiveCount: '1' },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:dead-letters',
    awsRegion: 'eu-west-1',
  }));
  const result = await stack.invoke('recordDelivery', { Records });
  if (!result.ok) expect.unreachable('The whole batch failed');
  const { batchItemFailures } = result.value as { batchItemFailures: { itemIdentifier: string }[] };
  return batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier.slice('message-'.length)));
};

const shown = async (invite: QueuedInvite) => (await invite.show()).delivery;

test.each([
  ['EventBridge', ofEventBridge],
  ['Lambda', ofLambda],
])('a dead letter of %s is recorded as the event that it keeps', async (_, letter) => {
  const { invite, events } = await unheard();
  expect(await redrive(...events.map(letter))).toEqual([]);
  expect(await shown(invite)).toBe('delivered');
});

test('letters of both kinds, twice and in any order, come to the same and count once', async () => {
  const { invite, events } = await unheard(({ detail: { mail } }) => [
    mailEvent(mail, bounced(mail, 'Permanent', 'General')),
  ]);
  const letters = events.flatMap((event) => [ofLambda(event), ofEventBridge(event)]);
  const counted = await metricsOf(stack, async () => {
    expect(await redrive(...letters, ...letters.toReversed())).toEqual([]);
    expect(await redrive(...letters)).toEqual([]);
  });
  expect(counted.InvitesBounced).toBe(1);
  expect(await shown(invite)).toBe('bounced');
});

test('what nobody understands stays in the queue, and keeps nothing else waiting', async () => {
  const { invite, events } = await unheard();
  const letters = events.map(ofEventBridge);
  const poison = ['', 'ada@example.com said: {', '"text"', 'null', '{}', ofLambda({ detail: {} }), ofLambda([])];
  expect(await redrive(...poison, ...letters)).toEqual(poison.map((_, index) => index));
  expect(await shown(invite)).toBe('delivered');
  await expect.poll(() => stack.output.join('')).toContain('"messageId":"message-6"');
  // Whatever a letter says may be an address.
  expect(stack.output.join('')).not.toContain('ada@example');
});

test('an event of a mail that brought no invite has nothing to be recorded', async () => {
  const { events } = await unheard();
  const notices = events.map((event) => ({
    ...event,
    detail: { ...event.detail, mail: { ...event.detail.mail, tags: { notice: ['mail_1'] } } },
  }));
  expect(await redrive(...notices.map(ofLambda))).toEqual([]);
});

test('an event of a mail that comes as ever is answered as ever', async () => {
  const { invite, events } = await unheard();
  for (const event of events)
    expect(await stack.invoke('recordDelivery', event)).toEqual({ ok: true, value: undefined });
  expect(await shown(invite)).toBe('delivered');
});
