import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDeliveryEvent } from '../../functions/adapters/ses-events.ts';

/** The event of a bounce as the Amazon SES developer guide shows it ("Examples of event data"), with the tags of an invite's mail. */
const bounce = {
  version: '0',
  id: '12345678-1234-1234-1234-123456789012',
  'detail-type': 'Email Bounced',
  source: 'aws.ses',
  account: '123456789012',
  time: '2026-11-24T10:20:30Z',
  region: 'eu-west-1',
  resources: ['arn:aws:ses:eu-west-1:123456789012:configuration-set/ConfigSet'],
  detail: {
    eventType: 'Bounce',
    bounce: {
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [
        {
          emailAddress: 'recipient@example.com',
          action: 'failed',
          status: '5.1.1',
          diagnosticCode: 'smtp; 550 5.1.1 user unknown',
        },
      ],
      timestamp: '2026-11-24T10:20:30.760Z',
      feedbackId: '01000157c44f053b-61b59c11-9236-11e6-8f96-7be8aexample-000000',
      reportingMTA: 'dsn; mta.example.com',
    },
    mail: {
      timestamp: '2026-11-24T10:20:29.123Z',
      source: 'Sender Name <sender@example.com>',
      sourceArn: 'arn:aws:ses:eu-west-1:123456789012:identity/sender@example.com',
      sendingAccountId: '123456789012',
      messageId: 'EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000',
      destination: ['Recipient@example.com'],
      headersTruncated: false,
      headers: [{ name: 'From', value: 'Sender Name <sender@example.com>' }],
      commonHeaders: {
        from: ['Sender Name <sender@example.com>'],
        to: ['Recipient@example.com'],
        messageId: 'EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000',
        subject: 'Message sent from Amazon SES',
      },
      tags: {
        'ses:configuration-set': ['ConfigSet'],
        'ses:source-ip': ['192.0.2.0'],
        'ses:from-domain': ['example.com'],
        'ses:caller-identity': ['ses_user'],
        organization: ['org_01ARZ3NDEKTSV4RRFFQ69G5FAV'],
        invite: ['inv_01BX5ZZKBKACTAV9WEVGEMMVRZ'],
        round: ['2'],
      },
    },
  },
};

const { bounce: _, ...common } = bounce.detail;

/** The same mail with another fate. */
const eventOf = (detail: { eventType: string } & Record<string, unknown>) => ({
  ...bounce,
  detail: { ...common, ...detail },
});

const bounceOf = (bounceType: string, bounceSubType?: string) =>
  eventOf({ eventType: 'Bounce', bounce: { ...bounce.detail.bounce, bounceType, bounceSubType } });

const tagged = (tags: Record<string, unknown>) => ({
  ...bounce,
  detail: { ...bounce.detail, mail: { ...common.mail, tags: { ...common.mail.tags, ...tags } } },
});

test('an event says of which invite, which of its mails, and to whom', () => {
  expect(parseDeliveryEvent(bounce)).toEqual({
    organizationId: 'org_01ARZ3NDEKTSV4RRFFQ69G5FAV',
    inviteId: 'inv_01BX5ZZKBKACTAV9WEVGEMMVRZ',
    round: 2,
    email: 'recipient@example.com',
    messageId: 'EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000',
    outcome: 'bounced',
    detail: 'The mailbox does not exist, or takes no mail.',
    suppresses: true,
  });
});

describe('a bounce', () => {
  test.each([
    ['Permanent', 'General', true, 'The mailbox does not exist, or takes no mail.'],
    ['Permanent', 'NoEmail', true, 'The mailbox does not exist.'],
    ['Permanent', 'Suppressed', true, 'The address is on the suppression list: mails to it bounced before.'],
    [
      'Permanent',
      'OnAccountSuppressionList',
      true,
      'The address is on the suppression list: mails to it bounced before.',
    ],
    ['Permanent', 'UnsubscribedRecipient', true, 'The recipient unsubscribed from such mails.'],
    ['Transient', 'General', false, 'The mail came back for now; an absence note can look like this too.'],
    ['Transient', 'MailboxFull', false, 'The mailbox is full.'],
    ['Transient', 'MessageTooLarge', false, 'The receiving server found the mail too large.'],
    ['Transient', 'CustomTimeoutExceeded', false, 'The receiving server did not answer in time.'],
    ['Transient', 'ContentRejected', false, 'The receiving server refused what the mail says.'],
    ['Transient', 'AttachmentRejected', false, 'The receiving server refused the mail.'],
    ['Undetermined', 'Undetermined', false, 'The mail came back.'],
    ['Permanent', 'SomethingNew', true, 'The mail came back.'],
    ['Permanent', 'constructor', true, 'The mail came back.'],
    ['Transient', undefined, false, 'The mail came back.'],
  ])('%s/%s suppresses: %s, and says "%s"', (type, subType, suppresses, detail) => {
    expect(parseDeliveryEvent(bounceOf(type, subType))).toMatchObject({ outcome: 'bounced', suppresses, detail });
  });
});

describe('a delay', () => {
  test.each([
    ['General', 'The receiving server asks to wait; the mail is tried again.'],
    ['IPFailure', 'The receiving server asks to wait; the mail is tried again.'],
    ['MailboxFull', 'The mailbox is full; the mail is tried again.'],
    ['SpamDetected', 'The receiving server takes so many mails for spam that it asks to wait.'],
    ['RecipientServerError', 'The receiving server has a fault; the mail is tried again.'],
    ['TransientCommunicationFailure', 'The receiving server does not answer; the mail is tried again.'],
    ['BYOIPHostNameLookupUnavailable', 'The mail is tried again.'],
    ['SendingDeferral', 'The mail is tried again.'],
    ['Undetermined', 'The mail is tried again.'],
    ['SomethingNew', 'The receiving server asks to wait; the mail is tried again.'],
    ['toString', 'The receiving server asks to wait; the mail is tried again.'],
  ])('by %s says "%s"', (delayType, detail) => {
    const event = eventOf({ eventType: 'DeliveryDelay', deliveryDelay: { delayType } });
    expect(parseDeliveryEvent(event)).toMatchObject({ outcome: 'delayed', suppresses: false, detail });
  });
});

test.each([
  [{ eventType: 'Send', send: {} }, 'sent', undefined, false],
  [{ eventType: 'Delivery', delivery: { smtpResponse: '250 ok' } }, 'delivered', undefined, false],
  [
    { eventType: 'Complaint', complaint: { complaintFeedbackType: 'abuse' } },
    'complained',
    'The recipient reported the mail as unwanted.',
    true,
  ],
  [{ eventType: 'Complaint' }, 'complained', 'The recipient reported the mail as unwanted.', true],
  [
    { eventType: 'Reject', reject: { reason: 'Bad content' } },
    'failed',
    'The mail service refused the mail: Bad content.',
    false,
  ],
  [{ eventType: 'Reject' }, 'failed', 'The mail service refused the mail: no reason given.', false],
  [
    { eventType: 'Rendering Failure', failure: { errorMessage: 'No such attribute.', templateName: 'T' } },
    'failed',
    'The mail could not be made: No such attribute.',
    false,
  ],
  [{ eventType: 'RenderingFailure' }, 'failed', 'The mail could not be made: no reason given.', false],
])('%j means %s: "%s", suppresses: %s', (detail, outcome, words, suppresses) => {
  const parsed = parseDeliveryEvent(eventOf(detail));
  expect(parsed).toMatchObject({ outcome, suppresses });
  expect(parsed?.detail).toBe(words);
});

describe('is none of an invite', () => {
  test.each(['Open', 'Click', 'Subscription', 'constructor', ''])('an event of the type %j', (eventType) => {
    expect(parseDeliveryEvent(eventOf({ eventType }))).toBeUndefined();
  });

  test.each([
    { organization: [] },
    { organization: [''] },
    { organization: ['person'] },
    { organization: ['org_01ARZ3NDEKTSV4RRFFQ69G5FAV#user'] },
    { organization: [1] },
    { organization: 'org_01ARZ3NDEKTSV4RRFFQ69G5FAV' },
    { invite: [] },
    { invite: ['usr_01BX5ZZKBKACTAV9WEVGEMMVRZ'] },
    { invite: ['i'.repeat(3_000)] },
    { round: [] },
    { round: ['1.5'] },
    { round: ['first'] },
    { round: ['Infinity'] },
  ])('an event with the tags %j', (tags) => {
    expect(parseDeliveryEvent(tagged(tags))).toBeUndefined();
  });

  test('whatever comes', () => {
    fc.assert(fc.property(fc.anything(), (event) => parseDeliveryEvent(event) === undefined));
    fc.assert(fc.property(fc.anything(), (detail) => parseDeliveryEvent({ ...bounce, detail }) === undefined));
  });
});

test('whatever a part of an event is, nothing is thrown', () => {
  const parts = ['bounce', 'complaint', 'reject', 'failure', 'deliveryDelay', 'mail', 'eventType'];
  fc.assert(
    fc.property(fc.constantFrom(...parts), fc.anything(), (part, value) => {
      const parsed = parseDeliveryEvent({ ...bounce, detail: { ...bounce.detail, [part]: value } });
      expect(typeof (parsed?.detail ?? '')).toBe('string');
    }),
  );
});
