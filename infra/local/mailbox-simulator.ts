import type { MailOutcome, MailRecord } from './mail-event.ts';
import { bounced, complained, delivered } from './mail-outcomes.ts';

/**
 * The outcome of an email by its address, as in SES's mailbox simulator, including labels (`bounce+ada@…`):
 * docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html. An email to any other address is delivered.
 */
export const fateOf = (address: string, { timestamp }: Pick<MailRecord, 'timestamp'>): MailOutcome[] => {
  const mail = { timestamp, destination: [address] };
  switch (simulated.exec(address)?.[1]?.toLowerCase()) {
    case 'bounce':
      return [bounced(mail, 'Permanent', 'General')];
    case 'suppressionlist':
      return [bounced(mail, 'Permanent', 'OnAccountSuppressionList')];
    case 'complaint':
      return [delivered(mail), complained(mail)];
    default:
      return [delivered(mail)];
  }
};

const simulated = /^(\w+)(?:\+[^@]*)?@simulator\.amazonses\.com$/i;
