/**
 * Every reason why an email waits, was not sent or did not arrive: its code, and the sentence that managers read. `{name}` is
 * replaced by the parameter of that name. Codes are stored and published, so never rename or remove a code, and never add a
 * parameter to one. Sentences may be reworded at any time.
 */
export const deliveryCodes = {
  // Reasons found before the email service is called.
  withheld_after_restore:
    'This email was not sent because the data was restored from a backup and the email may already have gone out. Resend it if it did not arrive.',
  sending_paused:
    'Sending is paused because too many emails from this organization bounced. An operator has to review it.',
  recipient_limit_reached:
    'Your organization has reached its limit of {limit} invitation emails a day to this address. This one waits until the next day (UTC).',
  notice_limit_reached: 'The person has reached the limit of {limit} notices a day. This one waits until the next day.',
  address_suppressed:
    'The address is on the suppression list because emails to it bounced or were reported as unwanted.',
  domain_not_allowed: 'The organization does not allow email addresses of this domain.',
  ended_before_sending: 'The invitation ended before its email was sent.',
  replaced_before_sending: 'Another invitation replaced this one before its email was sent.',

  // Outcomes of calling the email service.
  send_refused: 'The email service refused the email ({error}).',
  send_deferred: 'The email service did not accept the email yet ({error}). It will be sent later.',
  send_fault:
    'The email could not be sent because of a fault on our side ({error}). It will be sent once the fault is corrected.',
  service_unreachable: 'The email service could not be reached. The email will be sent later.',
  response_lost: 'The email service did not respond, so the email may or may not have been sent.',

  // Events that the email service reports after it accepted the email.
  rejected_by_service: 'The email service rejected the email: {reason}.',
  rendering_failed: 'The email could not be created: {reason}.',
  complained: 'The recipient reported the email as unwanted.',
  bounced: 'The email bounced.',
  bounced_temporarily: 'The email bounced for now. An automatic out-of-office reply can look like this too.',
  bounced_mailbox_unavailable: 'The mailbox does not exist or does not accept email.',
  bounced_address_unknown: 'The mailbox does not exist.',
  bounced_suppressed:
    'The email service does not send to this address because earlier emails to it bounced or were reported as unwanted.',
  bounced_unsubscribed: 'The recipient has unsubscribed from these emails.',
  bounced_mailbox_full: 'The mailbox is full.',
  bounced_too_large: 'The receiving server rejected the email as too large.',
  bounced_timeout: 'The receiving server did not respond in time.',
  bounced_content_rejected: 'The receiving server rejected the content of the email.',
  bounced_attachment_rejected: 'The receiving server rejected the email because of an attachment.',
  delayed: 'Delivery is delayed and will be tried again.',
  delayed_by_receiver: 'The receiving server asked to wait. Delivery will be tried again.',
  delayed_mailbox_full: 'The mailbox is full. Delivery will be tried again.',
  delayed_spam_suspected:
    'The receiving server considers so many emails to be spam that it asked to wait. Delivery will be tried again.',
  delayed_server_error: 'The receiving server has a problem. Delivery will be tried again.',
  delayed_no_response: 'The receiving server is not responding. Delivery will be tried again.',
} as const;

export type DeliveryCode = keyof typeof deliveryCodes;

/** The names of the parameters in a sentence: `'b'` in `'a {b} c'`. */
type ParameterNames<Sentence extends string> = Sentence extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterNames<Rest>
  : never;

type ParametersOf<Code extends DeliveryCode> = Record<ParameterNames<(typeof deliveryCodes)[Code]>, string>;

/** The codes whose sentence has no parameters. */
export type PlainDeliveryCode = {
  [Code in DeliveryCode]: keyof ParametersOf<Code> extends never ? Code : never;
}[DeliveryCode];

/** A code, with exactly the parameters that its sentence names. */
export type DeliveryReason =
  | { code: PlainDeliveryCode; parameters?: undefined }
  | {
      [Code in Exclude<DeliveryCode, PlainDeliveryCode>]: { code: Code; parameters: ParametersOf<Code> };
    }[Exclude<DeliveryCode, PlainDeliveryCode>];
