import type { DeliveryReason } from '../mail/delivery-codes.ts';
import type { MailedInvite } from './mail-tags.ts';

/** What the email service reports about the email of an invite that it accepted. */
export interface DeliveryEvent extends MailedInvite {
  email: string;
  messageId: string;
  outcome: 'sent' | 'delayed' | 'delivered' | 'failed' | 'bounced' | 'complained';
  reason?: DeliveryReason;
  /** The address will never accept our emails, so that no more are sent to it. */
  suppresses: boolean;
}
