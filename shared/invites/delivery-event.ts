import type { DeliveryReason } from '../mail/delivery-codes.ts';
import type { MailedInvite } from './mail-tags.ts';

/** An event that the email service reports about an invite's email after accepting it. */
export interface DeliveryEvent extends MailedInvite {
  email: string;
  messageId: string;
  outcome: 'sent' | 'delayed' | 'delivered' | 'failed' | 'bounced' | 'complained';
  reason?: DeliveryReason;
  /** Whether the organization must send no more emails to the address, after a permanent bounce or a complaint. */
  suppresses: boolean;
}
