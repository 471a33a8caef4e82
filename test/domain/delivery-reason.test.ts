import { describe, expect, test } from 'vitest';
import { deliveryCodes, type DeliveryReason } from '../../shared/mail/delivery-codes.ts';
import { reasonItem, reasonView } from '../../shared/mail/delivery-reason.ts';

/** The published codes and their parameters. Stored items and clients use them, so lines may be added but never changed. */
const publishedCodes: Record<string, string[]> = {
  withheld_after_restore: [],
  sending_paused: [],
  recipient_limit_reached: ['limit'],
  notice_limit_reached: ['limit'],
  address_suppressed: [],
  domain_not_allowed: [],
  ended_before_sending: [],
  replaced_before_sending: [],
  send_refused: ['error'],
  send_deferred: ['error'],
  send_fault: ['error'],
  service_unreachable: [],
  response_lost: [],
  rejected_by_service: ['reason'],
  rendering_failed: ['reason'],
  complained: [],
  bounced: [],
  bounced_temporarily: [],
  bounced_mailbox_unavailable: [],
  bounced_address_unknown: [],
  bounced_suppressed: [],
  bounced_unsubscribed: [],
  bounced_mailbox_full: [],
  bounced_too_large: [],
  bounced_timeout: [],
  bounced_content_rejected: [],
  bounced_attachment_rejected: [],
  delayed: [],
  delayed_by_receiver: [],
  delayed_mailbox_full: [],
  delayed_spam_suspected: [],
  delayed_server_error: [],
  delayed_no_response: [],
};

test('every published code keeps its name and its parameters', () => {
  const parameterNames = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const codes = Object.entries(deliveryCodes).map(([code, sentence]) => [code, parameterNames(sentence)]);
  expect(Object.fromEntries(codes)).toEqual(publishedCodes);
});

test.each(Object.entries(deliveryCodes))(
  '%s is explained in whole sentences that say “email”, never “mail”',
  (_, sentence) => {
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(sentence).not.toMatch(/\b(e-mails?|mails?)\b/i);
  },
);

const refused: DeliveryReason = { code: 'send_refused', parameters: { error: 'MessageRejected' } };
const refusedSentence = 'The email service refused the email (MessageRejected).';
const full: DeliveryReason = { code: 'bounced_mailbox_full' };

test('a stored reason has its code, its parameters, and the sentence that versions without codes show', () => {
  expect(reasonItem(refused)).toEqual({
    deliveryCode: 'send_refused',
    deliveryParameters: { error: 'MessageRejected' },
    deliveryDetail: refusedSentence,
    deliveryCodeDetail: refusedSentence,
  });
});

test('a reason replaces every attribute of the previous one, including its parameters', () => {
  expect({ ...reasonItem(refused), ...reasonItem(full) }).toEqual(reasonItem(full));
});

describe('the shown reason', () => {
  test('has the code, and the sentence with its parameters filled in', () => {
    expect(reasonView(reasonItem(refused))).toEqual({ deliveryCode: 'send_refused', deliveryDetail: refusedSentence });
  });

  test('has the current sentence of the code, whatever the sentence was when it was stored', () => {
    const earlierWords = 'The mailbox has no room.';
    const stored = { ...reasonItem(full), deliveryDetail: earlierWords, deliveryCodeDetail: earlierWords };
    expect(reasonView(stored)).toEqual({
      deliveryCode: 'bounced_mailbox_full',
      deliveryDetail: 'The mailbox is full.',
    });
  });

  test('is empty if no reason is stored', () => {
    expect(reasonView({})).toStrictEqual({});
  });

  test('has only the stored sentence if the item was stored before there were codes', () => {
    expect(reasonView({ deliveryDetail: 'The mail came back.' })).toEqual({ deliveryDetail: 'The mail came back.' });
  });

  test('has only the stored sentence if a version without codes has replaced it since', () => {
    const stored = { ...reasonItem(full), deliveryDetail: 'The recipient reported the mail as unwanted.' };
    expect(reasonView(stored)).toEqual({ deliveryDetail: 'The recipient reported the mail as unwanted.' });
  });

  test('is empty if a version without codes has removed the sentence since', () => {
    const { deliveryDetail: _, ...stored } = reasonItem(full);
    expect(reasonView(stored)).toStrictEqual({});
  });

  test.each(['bounced_by_moonlight', 'constructor', '__proto__', ''])(
    'has the code %j of a newer version, with the sentence that was stored with it',
    (deliveryCode) => {
      const sentence = 'The moon was in the way of {it}.';
      const stored = { deliveryCode, deliveryDetail: sentence, deliveryCodeDetail: sentence };
      expect(reasonView(stored)).toEqual({ deliveryCode, deliveryDetail: sentence });
    },
  );
});
