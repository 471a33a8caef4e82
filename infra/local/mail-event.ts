import { randomUUID } from 'node:crypto';

/**
 * An SES event about an email in EventBridge: docs.aws.amazon.com/ses/latest/dg/monitoring-eventbridge.html (envelope and names),
 * and event-publishing-retrieving-sns-contents.html and …-sns-examples.html in the same guide (`detail`).
 */
export interface MailEvent {
  version: '0';
  id: string;
  'detail-type': (typeof detailTypes)[MailOutcome['eventType']];
  source: 'aws.ses';
  account: string;
  /** The time of the event, in whole seconds. */
  time: string;
  region: string;
  resources: string[];
  detail: MailOutcome & { mail: MailRecord };
}

/** The description of the email that is in each of its events. */
export interface MailRecord {
  timestamp: string;
  source: string;
  sourceArn: string;
  sendingAccountId: string;
  /** The id from the response of `SendEmail`. */
  messageId: string;
  destination: string[];
  headersTruncated: boolean;
  headers: { name: string; value: string }[];
  commonHeaders: { from: string[]; to: string[]; messageId: string; subject: string };
  /** The tags of the email and those that SES adds, such as `ses:configuration-set`. */
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

/** The event that reports this outcome of the email. */
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
