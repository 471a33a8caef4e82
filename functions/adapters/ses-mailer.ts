import {
  GetAccountCommand,
  SendEmailCommand,
  SESv2ServiceException,
  type SendQuota,
  type SESv2Client,
} from '@aws-sdk/client-sesv2';
import { sesMailsPerSecondMin, sesRateSeconds } from '../../shared/limits.ts';
import type { Clock, Mailer, SendOutcome } from '../../shared/ports.ts';
import { second } from '../../shared/time.ts';

/** Errors that concern a single email, which SES will never accept. */
const lasting = new Set(['MessageRejected', 'BadRequestException']);

/**
 * Errors with which SES asks to wait: for its sending rate, for the quota of the day, or until sending is resumed. Every other
 * error that SES blames on the caller is a fault on our side: a permission, credentials, an unverified domain or a missing
 * configuration set. Sources: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html, "Errors", and
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/CommonErrors.html.
 */
const waiting = new Set([
  'AccountSuspendedException',
  'LimitExceededException',
  'SendingPausedException',
  'ThrottlingException',
  'TooManyRequestsException',
]);

/**
 * Sends each email through SES once. `client` must not retry by itself, because SES has no idempotency token, and an email whose
 * response was lost may have been sent.
 */
export const sesMailer = (
  client: SESv2Client,
  sender: string,
  configurationSet: string,
  clock: Pick<Clock, 'now'>,
): Mailer => ({
  ...rememberedQuota(client, clock),

  async send({ to, subject, html, text, tags }) {
    try {
      const { MessageId } = await client.send(
        new SendEmailCommand({
          FromEmailAddress: sender,
          Destination: { ToAddresses: [to] },
          ConfigurationSetName: configurationSet,
          EmailTags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
          Content: {
            Simple: {
              Subject: { Data: subject, Charset: 'UTF-8' },
              Body: { Html: { Data: html, Charset: 'UTF-8' }, Text: { Data: text, Charset: 'UTF-8' } },
            },
          },
        }),
      );
      return { kind: 'sent', messageId: MessageId ?? '' };
    } catch (error) {
      return outcomeOf(error);
    }
  },
});

/** The rate and the quota of the account, which are requested once per `sesRateSeconds`. */
const rememberedQuota = (client: SESv2Client, clock: Pick<Clock, 'now'>): Pick<Mailer, 'rate' | 'quotaUsed'> => {
  let known: { rate: number; used: number | undefined; until: number } = {
    rate: sesMailsPerSecondMin,
    used: undefined,
    until: 0,
  };
  return {
    quotaUsed: () => known.used,
    rate: async () => {
      const now = Date.parse(clock.now());
      if (now < known.until) return known.rate;
      try {
        const { SendQuota } = await client.send(new GetAccountCommand({}));
        known = {
          rate: Math.max(SendQuota?.MaxSendRate ?? 0, sesMailsPerSecondMin),
          used: usedOf(SendQuota),
          until: now + sesRateSeconds * second,
        };
        return known.rate;
      } catch {
        return sesMailsPerSecondMin;
      }
    },
  };
};

/** An account without a limit has a quota of -1. Source: Amazon SES API v2 reference, "SendQuota". */
const usedOf = ({ Max24HourSend: most = 0, SentLast24Hours: sent = 0 }: SendQuota = {}): number | undefined =>
  most > 0 ? sent / most : undefined;

/** The error for the log. SES names the identity that it refused, which in the sandbox is the recipient's address. */
const withoutAddresses = ({ name, message }: Error): Error =>
  Object.assign(new Error(message.replace(/[^\s/'"`]+@[^\s'"`]+/g, '(address)')), { name });

const outcomeOf = (error: unknown): SendOutcome => {
  if (error instanceof SESv2ServiceException) {
    if (lasting.has(error.name))
      return { kind: 'rejected', reason: { code: 'send_refused', parameters: { error: error.name } } };
    if (waiting.has(error.name))
      return { kind: 'unsent', reason: { code: 'send_deferred', parameters: { error: error.name } } };
    if (error.$fault === 'client')
      return {
        kind: 'unsent',
        reason: { code: 'send_fault', parameters: { error: error.name } },
        fault: withoutAddresses(error),
      };
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return { kind: 'unsent', reason: { code: 'service_unreachable' } };
  return { kind: 'unknown', reason: { code: 'response_lost' } };
};
