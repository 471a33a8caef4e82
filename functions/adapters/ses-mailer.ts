import { GetAccountCommand, SendEmailCommand, SESv2ServiceException, type SESv2Client } from '@aws-sdk/client-sesv2';
import type { Clock, Mailer, SendOutcome } from '../../shared/ports.ts';

/** Refusals of this very mail. All others are of the account or the moment: SES will take the mail later. */
const lasting = new Set(['MessageRejected', 'BadRequestException']);

/** How long an account's rate is believed: AWS raises it now and then, and lowers it seldom. Milliseconds. */
const rateLifetime = 10 * 60_000;

/**
 * Mails a second of an account in SES's sandbox, the lowest that SES grants:
 * https://docs.aws.amazon.com/ses/latest/dg/request-production-access.html
 */
const sandboxRate = 1;

/**
 * Sends through SES, once: `client` must not retry by itself, because SES has no idempotency token and a mail whose answer
 * was lost may have been sent.
 */
export const sesMailer = (
  client: SESv2Client,
  sender: string,
  configurationSet: string,
  clock: Pick<Clock, 'now'>,
): Mailer => ({
  rate: rememberedRate(client, clock),

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

const rememberedRate = (client: SESv2Client, clock: Pick<Clock, 'now'>): Mailer['rate'] => {
  let known = { rate: sandboxRate, until: 0 };
  return async () => {
    const now = Date.parse(clock.now());
    if (now < known.until) return known.rate;
    try {
      const { SendQuota } = await client.send(new GetAccountCommand({}));
      known = { rate: Math.max(SendQuota?.MaxSendRate ?? 0, sandboxRate), until: now + rateLifetime };
      return known.rate;
    } catch {
      return sandboxRate;
    }
  };
};

const outcomeOf = (error: unknown): SendOutcome => {
  if (error instanceof SESv2ServiceException) {
    if (lasting.has(error.name))
      return { kind: 'rejected', reason: { code: 'send_refused', parameters: { error: error.name } } };
    if (error.$fault === 'client')
      return { kind: 'unsent', reason: { code: 'send_deferred', parameters: { error: error.name } } };
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return { kind: 'unsent', reason: { code: 'service_unreachable' } };
  return { kind: 'unknown', reason: { code: 'response_lost' } };
};
