import * as z from 'zod';
import type { DeliveryEvent } from '../../shared/invites/delivery-event.ts';
import { parseMailTags } from '../../shared/invites/mail-tags.ts';
import type { DeliveryReason, PlainDeliveryCode } from '../../shared/mail/delivery-codes.ts';

/** The fields that we read of SES events from EventBridge. Source: Amazon SES developer guide, "Examples of event data". */
const sesEvent = z.object({
  detail: z.object({
    eventType: z.string(),
    mail: z.object({
      messageId: z.string(),
      destination: z.array(z.string()).default([]),
      tags: z.record(z.string(), z.array(z.string())).default({}),
    }),
    bounce: z.object({ bounceType: z.string(), bounceSubType: z.string().default('') }).optional(),
    reject: z.object({ reason: z.string() }).optional(),
    failure: z.object({ errorMessage: z.string() }).optional(),
    deliveryDelay: z.object({ delayType: z.string() }).optional(),
  }),
});

type SesDetail = z.infer<typeof sesEvent>['detail'];

/** Whether this is an SES event about any email, not only about the email of an invite. */
export const isMailEvent = (event: unknown): boolean => sesEvent.safeParse(event).success;

/** Translates an SES event into domain terms. Undefined unless it reports the delivery of an invite's email. */
export const parseDeliveryEvent = (event: unknown): DeliveryEvent | undefined => {
  const parsed = sesEvent.safeParse(event);
  if (!parsed.success) return undefined;
  const { detail } = parsed.data;
  const { tags, destination, messageId } = detail.mail;
  const mailed = parseMailTags(firstValues(tags));
  const outcome = outcomeOf(detail);
  return mailed && outcome && { ...mailed, messageId, email: (destination[0] ?? '').toLowerCase(), ...outcome };
};

/** SES returns a list of values for each tag, but Roster sends only one value per tag. */
const firstValues = (tags: SesDetail['mail']['tags']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(tags).flatMap(([name, [value]]) => (value === undefined ? [] : [[name, value] as const])),
  );

type Outcome = Pick<DeliveryEvent, 'outcome' | 'reason' | 'suppresses'>;

const outcomeOf = ({ eventType, bounce, reject, failure, deliveryDelay }: SesDetail): Outcome | undefined => {
  switch (eventType) {
    case 'Send':
      return { outcome: 'sent', suppresses: false };
    case 'Delivery':
      return { outcome: 'delivered', suppresses: false };
    case 'DeliveryDelay':
      return { outcome: 'delayed', reason: delayReason(deliveryDelay), suppresses: false };
    case 'Bounce':
      return { outcome: 'bounced', reason: bounceReason(bounce), suppresses: bounce?.bounceType === 'Permanent' };
    case 'Complaint':
      return { outcome: 'complained', reason: { code: 'complained' }, suppresses: true };
    case 'Reject':
      return {
        outcome: 'failed',
        reason: { code: 'rejected_by_service', parameters: cause(reject?.reason) },
        suppresses: false,
      };
    case 'Rendering Failure':
    case 'RenderingFailure':
      return {
        outcome: 'failed',
        reason: { code: 'rendering_failed', parameters: cause(failure?.errorMessage) },
        suppresses: false,
      };
    default:
      return undefined;
  }
};

/** The reason in the words of SES. Its full stop is removed, because the sentence that contains the reason adds one. */
const cause = (reason = 'no reason given') => ({ reason: reason.replace(/\.$/, '') });

/** SES reports out-of-office replies as transient general bounces too. Source: Amazon SES developer guide, "Bounce types". */
const bounceReason = (bounce: SesDetail['bounce']): DeliveryReason =>
  bounce?.bounceType === 'Transient' && bounce.bounceSubType === 'General'
    ? { code: 'bounced_temporarily' }
    : { code: bounceCodes.get(bounce?.bounceSubType ?? '') ?? 'bounced' };

/** Delivery codes by `bounceSubType`. Source: Amazon SES developer guide, "Bounce object". */
const bounceCodes = new Map<string, PlainDeliveryCode>([
  ['General', 'bounced_mailbox_unavailable'],
  ['NoEmail', 'bounced_address_unknown'],
  ['Suppressed', 'bounced_suppressed'],
  ['OnAccountSuppressionList', 'bounced_suppressed'],
  ['UnsubscribedRecipient', 'bounced_unsubscribed'],
  ['MailboxFull', 'bounced_mailbox_full'],
  ['MessageTooLarge', 'bounced_too_large'],
  ['CustomTimeoutExceeded', 'bounced_timeout'],
  ['ContentRejected', 'bounced_content_rejected'],
  ['AttachmentRejected', 'bounced_attachment_rejected'],
]);

/** `General` and `IPFailure` mean that the receiving server asked to wait. Every unlisted type is assumed to mean the same. */
const delayReason = (delay: SesDetail['deliveryDelay']): DeliveryReason => ({
  code: delayCodes.get(delay?.delayType ?? '') ?? 'delayed_by_receiver',
});

/** Delivery codes by `delayType`. Source: Amazon SES developer guide, "DeliveryDelay object". */
const delayCodes = new Map<string, PlainDeliveryCode>([
  // A fault of SES itself. The receiving server was not involved.
  ['InternalFailure', 'delayed'],
  ['MailboxFull', 'delayed_mailbox_full'],
  ['SpamDetected', 'delayed_spam_suspected'],
  ['RecipientServerError', 'delayed_server_error'],
  ['TransientCommunicationFailure', 'delayed_no_response'],
  ['BYOIPHostNameLookupUnavailable', 'delayed'],
  ['Undetermined', 'delayed'],
  ['SendingDeferral', 'delayed'],
]);
