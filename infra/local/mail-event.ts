import { randomUUID } from 'node:crypto';

/**
 * What SES tells of a mail through EventBridge: docs.aws.amazon.com/ses/latest/dg/monitoring-eventbridge.html (envelope and
 * names) and event-publishing-retrieving-sns-contents.html and …-sns-examples.html beside it (`detail`).
 */
export interface MailEvent {
  version: '0';
  id: string;
  'detail-type': (typeof detailTypes)[MailOutcome['eventType']];
  source: 'aws.ses';
  account: string;
  /** To the second. */
  time: string;
  region: string;
  resources: string[];
  detail: MailOutcome & { mail: MailRecord };
}

/** The mail itself, in every event of it. */
export interface MailRecord {
  timestamp: string;
  source: string;
  sourceArn: string;
  sendingAccountId: string;
  /** What `SendEmail` answered. */
  messageId: string;
  destination: string[];
  headersTruncated: boolean;
  headers: { name: string; value: string }[];
  commonHeaders: { from: string[]; to: string[]; messageId: string; subject: string };
  /** The mail's own and SES's: `ses:configuration-set` and others. */
  tags: Record<string, string[]>;
}

interface Recipient {
  emailAddress: string;
  action?: string;
  status?: string;
  diagnosticCode?: string;
}

export type MailOutcome =
  | { eventType: 'Send'; send: object }
  | {
      eventType: 'Delivery';
      delivery: {
        timestamp: string;
        processingTimeMillis: number;
        recipients: string[];
        smtpResponse: string;
        reportingMTA: string;
      };
    }
  | {
      eventType: 'Bounce';
      bounce: {
        bounceType: 'Permanent' | 'Transient' | 'Undetermined';
        bounceSubType: string;
        bouncedRecipients: Recipient[];
        timestamp: string;
        feedbackId: string;
        reportingMTA: string;
      };
    }
  | {
      eventType: 'Complaint';
      complaint: {
        complainedRecipients: Recipient[];
        timestamp: string;
        feedbackId: string;
        complaintSubType: string | null;
        complaintFeedbackType: string;
      };
    }
  | { eventType: 'Reject'; reject: { reason: string } }
  | { eventType: 'Rendering Failure'; failure: { errorMessage: string; templateName: string } }
  | {
      eventType: 'DeliveryDelay';
      deliveryDelay: {
        timestamp: string;
        delayType: string;
        expirationTime: string;
        delayedRecipients: Recipient[];
      };
    };

const detailTypes = {
  Send: 'Email Sent',
  Delivery: 'Email Delivered',
  Bounce: 'Email Bounced',
  Complaint: 'Email Complaint Received',
  Reject: 'Email Rejected',
  'Rendering Failure': 'Email Rendering Failed',
  DeliveryDelay: 'Email Delivery Delayed',
} as const;

export const localAccount = { id: '000000000000', region: 'eu-west-1' };

/** The event that tells this of the mail. */
export const mailEvent = (mail: MailRecord, outcome: MailOutcome): MailEvent => ({
  version: '0',
  id: randomUUID(),
  'detail-type': detailTypes[outcome.eventType],
  source: 'aws.ses',
  account: localAccount.id,
  time: `${mail.timestamp.slice(0, 19)}Z`,
  region: localAccount.region,
  resources: (mail.tags['ses:configuration-set'] ?? []).map(
    (name) => `arn:aws:ses:${localAccount.region}:${localAccount.id}:configuration-set/${name}`,
  ),
  detail: { ...outcome, mail },
});
