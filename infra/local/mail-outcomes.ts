import { randomUUID } from 'node:crypto';
import type { MailOutcome, MailRecord } from './mail-event.ts';

/** The email or the one recipient that an outcome concerns. The outcome has the time of the email. */
type Mail = Pick<MailRecord, 'timestamp' | 'destination'>;

export const sent = (): MailOutcome => ({ eventType: 'Send', send: {} });

export const delivered = ({ timestamp, destination }: Mail): MailOutcome => ({
  eventType: 'Delivery',
  delivery: {
    timestamp,
    processingTimeMillis: 0,
    recipients: destination,
    smtpResponse: '250 2.6.0 Message received',
    reportingMTA,
  },
});

export const bounced = (
  { timestamp, destination }: Mail,
  bounceType: 'Permanent' | 'Transient' | 'Undetermined',
  bounceSubType: string,
): MailOutcome => ({
  eventType: 'Bounce',
  bounce: {
    bounceType,
    bounceSubType,
    bouncedRecipients: destination.map((emailAddress) => ({
      emailAddress,
      action: 'failed',
      ...(bounceType === 'Permanent'
        ? { status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' }
        : { status: '4.4.7', diagnosticCode: 'smtp; 550 4.4.7 Message expired' }),
    })),
    timestamp,
    feedbackId: feedbackId(),
    reportingMTA: `dsn; ${reportingMTA}`,
  },
});

export const complained = ({ timestamp, destination }: Mail): MailOutcome => ({
  eventType: 'Complaint',
  complaint: {
    complainedRecipients: destination.map((emailAddress) => ({ emailAddress })),
    timestamp,
    feedbackId: feedbackId(),
    complaintSubType: null,
    complaintFeedbackType: 'abuse',
  },
});

export const rejected = (): MailOutcome => ({ eventType: 'Reject', reject: { reason: 'Bad content' } });

export const failedToRender = (): MailOutcome => ({
  eventType: 'Rendering Failure',
  failure: { errorMessage: "Attribute 'name' is not present in the rendering data.", templateName: 'Template' },
});

export const delayed = ({ timestamp, destination }: Mail): MailOutcome => ({
  eventType: 'DeliveryDelay',
  deliveryDelay: {
    timestamp,
    delayType: 'TransientCommunicationFailure',
    expirationTime: new Date(Date.parse(timestamp) + longestDelivery).toISOString(),
    delayedRecipients: destination.map((emailAddress) => ({
      emailAddress,
      status: '4.4.1',
      diagnosticCode: 'smtp; 421 4.4.1 Unable to connect to remote host',
    })),
  },
});

/**
 * The longest time for which SES retries a delivery: docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeliveryOptions.html.
 * Milliseconds.
 */
const longestDelivery = 50_400_000;

const reportingMTA = 'a0-0.smtp-out.eu-west-1.amazonses.com';

const feedbackId = (): string => `${randomUUID()}-000000`;
