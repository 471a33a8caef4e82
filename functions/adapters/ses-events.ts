import * as z from 'zod';
import type { DeliveryEvent } from '../../shared/invites/delivery-event.ts';
import { parseMailTags } from '../../shared/invites/mail-tags.ts';

/** The parts that we use of what SES reports through EventBridge. Source: Amazon SES developer guide, "Examples of event data". */
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

/** Whether SES sent this event, whatever email it is about. */
export const isMailEvent = (event: unknown): boolean => sesEvent.safeParse(event).success;

/** The event in the terms of the domain, if it is about the email of an invite. */
export const parseDeliveryEvent = (event: unknown): DeliveryEvent | undefined => {
  const parsed = sesEvent.safeParse(event);
  if (!parsed.success) return undefined;
  const { detail } = parsed.data;
  const { tags, destination, messageId } = detail.mail;
  const mailed = parseMailTags(firstValues(tags));
  const outcome = outcomeOf(detail);
  return mailed && outcome && { ...mailed, messageId, email: (destination[0] ?? '').toLowerCase(), ...outcome };
};

/** SES returns a list of values for each tag; we send one. */
const firstValues = (tags: SesDetail['mail']['tags']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(tags).flatMap(([name, [value]]) => (value === undefined ? [] : [[name, value] as const])),
  );

type Outcome = Pick<DeliveryEvent, 'outcome' | 'detail' | 'suppresses'>;

const outcomeOf = ({ eventType, bounce, reject, failure, deliveryDelay }: SesDetail): Outcome | undefined => {
  switch (eventType) {
    case 'Send':
      return { outcome: 'sent', suppresses: false };
    case 'Delivery':
      return { outcome: 'delivered', suppresses: false };
    case 'DeliveryDelay':
      return {
        outcome: 'delayed',
        detail: delays.get(deliveryDelay?.delayType ?? '') ?? tryingAgain,
        suppresses: false,
      };
    case 'Bounce':
      return {
        outcome: 'bounced',
        detail: bounceInWords(bounce),
        suppresses: bounce?.bounceType === 'Permanent',
      };
    case 'Complaint':
      return { outcome: 'complained', detail: 'The recipient reported the mail as unwanted.', suppresses: true };
    case 'Reject':
      return {
        outcome: 'failed',
        detail: `The mail service refused the mail: ${withoutStop(reject?.reason)}.`,
        suppresses: false,
      };
    case 'Rendering Failure':
    case 'RenderingFailure':
      return {
        outcome: 'failed',
        detail: `The mail could not be made: ${withoutStop(failure?.errorMessage)}.`,
        suppresses: false,
      };
    default:
      return undefined;
  }
};

const withoutStop = (reason = 'no reason given'): string => reason.replace(/\.$/, '');

/** SES takes absence notes for bounces of this kind too. Source: Amazon SES developer guide, "Bounce types". */
const bounceInWords = (bounce: SesDetail['bounce']): string =>
  bounce?.bounceType === 'Transient' && bounce.bounceSubType === 'General'
    ? 'The mail came back for now; an absence note can look like this too.'
    : (bounces.get(bounce?.bounceSubType ?? '') ?? 'The mail came back.');

/** By bounceSubType. Source: Amazon SES developer guide, "Bounce object". */
const bounces = new Map([
  ['General', 'The mailbox does not exist, or takes no mail.'],
  ['NoEmail', 'The mailbox does not exist.'],
  ['Suppressed', 'The address is on the suppression list: mails to it bounced before.'],
  ['OnAccountSuppressionList', 'The address is on the suppression list: mails to it bounced before.'],
  ['UnsubscribedRecipient', 'The recipient unsubscribed from such mails.'],
  ['MailboxFull', 'The mailbox is full.'],
  ['MessageTooLarge', 'The receiving server found the mail too large.'],
  ['CustomTimeoutExceeded', 'The receiving server did not answer in time.'],
  ['ContentRejected', 'The receiving server refused what the mail says.'],
  ['AttachmentRejected', 'The receiving server refused the mail.'],
]);

/** By delayType. Source: Amazon SES developer guide, "DeliveryDelay object". */
const delays = new Map([
  ['MailboxFull', 'The mailbox is full; the mail is tried again.'],
  ['SpamDetected', 'The receiving server takes so many mails for spam that it asks to wait.'],
  ['RecipientServerError', 'The receiving server has a fault; the mail is tried again.'],
  ['TransientCommunicationFailure', 'The receiving server does not answer; the mail is tried again.'],
  ['BYOIPHostNameLookupUnavailable', 'The mail is tried again.'],
  ['Undetermined', 'The mail is tried again.'],
  ['SendingDeferral', 'The mail is tried again.'],
]);

/** Of the others: `General` and `IPFailure`, or one that is new. */
const tryingAgain = 'The receiving server asks to wait; the mail is tried again.';
