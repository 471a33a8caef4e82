import * as z from 'zod';

const schema = z.object({
  TABLE_NAME: z.string().min(1),
  USER_POOL_ID: z.string().min(1),
  BASE_URL: z.url(),
  /** `Roster <roster@example.com>` */
  MAIL_SENDER: z.string().min(3),
  MAIL_CONFIGURATION_SET: z.string().min(1),
  /** `{inviter} invited you to {organization}` */
  INVITE_SUBJECT: z.string().min(1),
  /** Invite mails that an organization may ask for a day. */
  INVITE_QUOTA: z.coerce.number().int().positive(),
  /** Requests a minute from one source address to the public invite routes. */
  REQUESTS_PER_SOURCE: z.coerce.number().int().positive(),
  /** Where CloudFront stands in front: what it may prove with that a request came through it, with commas between. */
  ORIGIN_SECRETS: z.string().min(1).optional(),
  /** Set once the table was restored from a backup: mails asked for before that instant are not sent any more. */
  SEND_FENCE: z.iso
    .datetime({ offset: true })
    .transform((instant) => new Date(instant).toISOString())
    .optional(),
});

/** What the stage tells a function. Throws at cold start when something is missing. */
export const readEnvironment = () => {
  const environment = schema.parse(process.env);
  return {
    tableName: environment.TABLE_NAME,
    userPoolId: environment.USER_POOL_ID,
    baseUrl: environment.BASE_URL,
    mailSender: environment.MAIL_SENDER,
    mailConfigurationSet: environment.MAIL_CONFIGURATION_SET,
    inviteSubject: environment.INVITE_SUBJECT,
    inviteQuota: environment.INVITE_QUOTA,
    requestsPerSource: environment.REQUESTS_PER_SOURCE,
    originSecrets: environment.ORIGIN_SECRETS?.split(','),
    sendFence: environment.SEND_FENCE,
  };
};

export type Environment = ReturnType<typeof readEnvironment>;
