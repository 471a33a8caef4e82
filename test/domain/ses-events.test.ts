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
    reason: { code: 'bounced_mailbox_unavailable' },
    suppresses: true,
  });
});

describe('a bounce', () => {
  test.each([
    ['Permanent', 'General', true, 'bounced_mailbox_unavailable'],
    ['Permanent', 'NoEmail', true, 'bounced_address_unknown'],
    ['Permanent', 'Suppressed', true, 'bounced_suppressed'],
    ['Permanent', 'OnAccountSuppressionList', true, 'bounced_suppressed'],
    ['Permanent', 'UnsubscribedRecipient', true, 'bounced_unsubscribed'],
    ['Transient', 'General', false, 'bounced_temporarily'],
    ['Transient', 'MailboxFull', false, 'bounced_mailbox_full'],
    ['Transient', 'MessageTooLarge', false, 'bounced_too_large'],
    ['Transient', 'CustomTimeoutExceeded', false, 'bounced_timeout'],
    ['Transient', 'ContentRejected', false, 'bounced_content_rejected'],
    ['Transient', 'AttachmentRejected', false, 'bounced_attachment_rejected'],
    ['Undetermined', 'Undetermined', false, 'bounced'],
    ['Permanent', 'SomethingNew', true, 'bounced'],
    ['Permanent', 'constructor', true, 'bounced'],
    ['Transient', undefined, false, 'bounced'],
  ])('%s/%s suppresses: %s, with the code %s', (type, subType, suppresses, code) => {
    expect(parseDeliveryEvent(bounceOf(type, subType))).toMatchObject({
      outcome: 'bounced',
      suppresses,
      reason: { code },
    });
  });
});

describe('a delay', () => {
  test.each([
    ['General', 'delayed_by_receiver'],
    ['IPFailure', 'delayed_by_receiver'],
    ['MailboxFull', 'delayed_mailbox_full'],
    ['SpamDetected', 'delayed_spam_suspected'],
    ['RecipientServerError', 'delayed_server_error'],
    ['TransientCommunicationFailure', 'delayed_no_response'],
    ['BYOIPHostNameLookupUnavailable', 'delayed'],
    ['SendingDeferral', 'delayed'],
    ['Undetermined', 'delayed'],
    ['SomethingNew', 'delayed_by_receiver'],
    ['toString', 'delayed_by_receiver'],
    // "An internal Amazon SES issue caused the message to be delayed": the receiving server was not involved.
    ['InternalFailure', 'delayed'],
  ])('by %s has the code %s', (delayType, code) => {
    const event = eventOf({ eventType: 'DeliveryDelay', deliveryDelay: { delayType } });
    expect(parseDeliveryEvent(event)).toMatchObject({ outcome: 'delayed', suppresses: false, reason: { code } });
  });
});

test.each([
  [{ eventType: 'Send', send: {} }, 'sent', undefined, false],
  [{ eventType: 'Delivery', delivery: { smtpResponse: '250 ok' } }, 'delivered', undefined, false],
  [
    { eventType: 'Complaint', complaint: { complaintFeedbackType: 'abuse' } },
    'complained',
    { code: 'complained' },
    true,
  ],
  [{ eventType: 'Complaint' }, 'complained', { code: 'complained' }, true],
  [
    { eventType: 'Reject', reject: { reason: 'Bad content' } },
    'failed',
    { code: 'rejected_by_service', parameters: { reason: 'Bad content' } },
    false,
  ],
  [
    { eventType: 'Reject' },
    'failed',
    { code: 'rejected_by_service', parameters: { reason: 'no reason given' } },
    false,
  ],
  [
    { eventType: 'Rendering Failure', failure: { errorMessage: 'No such attribute.', templateName: 'T' } },
    'failed',
    { code: 'rendering_failed', parameters: { reason: 'No such attribute' } },
    false,
  ],
  [
    { eventType: 'RenderingFailure' },
    'failed',
    { code: 'rendering_failed', parameters: { reason: 'no reason given' } },
    false,
  ],
])('%j means %s for the reason %j, and suppresses: %s', (detail, outcome, reason, suppresses) => {
  const parsed = parseDeliveryEvent(eventOf(detail));
  expect(parsed).toMatchObject({ outcome, suppresses });
  expect(parsed?.reason).toEqual(reason);
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
      parseDeliveryEvent({ ...bounce, detail: { ...bounce.detail, [part]: value } });
    }),
  );
});
