import { SendEmailCommand, SESv2ServiceException, type SESv2Client } from '@aws-sdk/client-sesv2';
import type { Mailer, SendOutcome } from '../../shared/ports.ts';

/** Refusals of this very mail. All others are of the account or the moment: SES will take the mail later. */
const lasting = new Set(['MessageRejected', 'BadRequestException']);

/**
 * Sends through SES, once: `client` must not retry by itself, because SES has no idempotency token and a mail whose answer
 * was lost may have been sent.
 */
export const sesMailer = (client: SESv2Client, sender: string, configurationSet: string): Mailer => ({
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

const outcomeOf = (error: unknown): SendOutcome => {
  if (error instanceof SESv2ServiceException) {
    if (lasting.has(error.name))
      return { kind: 'rejected', reason: `The mail service refused the mail (${error.name}).` };
    if (error.$fault === 'client') return { kind: 'unsent', reason: `The mail service asks to wait (${error.name}).` };
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return { kind: 'unsent', reason: 'The mail service cannot be reached.' };
  return { kind: 'unknown', reason: 'The mail service did not answer: the mail may be on its way.' };
};
