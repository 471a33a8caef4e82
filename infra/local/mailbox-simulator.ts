import type { MailOutcome, MailRecord } from './mail-event.ts';
import { bounced, complained, delivered } from './mail-outcomes.ts';

/**
 * What becomes of a mail to one address after it was sent, as SES's mailbox simulator has it, labels (`bounce+ada@…`) too:
 * docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html. All other addresses exist.
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
