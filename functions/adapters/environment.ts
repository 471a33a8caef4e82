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
  /** The maximum number of invite emails that an organization can request per day. */
  INVITE_QUOTA: z.coerce.number().int().positive(),
  /** The number of invite emails per day that a new organization can request. */
  INVITE_QUOTA_START: z.coerce.number().int().positive(),
  /** The maximum number of requests per minute from one source address to the public invite routes. */
  REQUESTS_PER_SOURCE: z.coerce.number().int().positive(),
  /** The factor by which the limits of what a person and an organization may use are higher than the usual ones. */
  FAIR_USE: z.coerce.number().positive(),
  /** The secrets with which CloudFront proves that a request passed through it, separated by commas. Absent without CloudFront. */
  ORIGIN_SECRETS: z.string().min(1).optional(),
  /** Set after the table was restored from a backup. Emails requested before this instant are not sent. */
  SEND_FENCE: z.iso
    .datetime({ offset: true })
    .transform((instant) => new Date(instant).toISOString())
    .optional(),
});

/** Parses the environment variables that the stage sets. Throws at cold start if one is missing. */
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
    inviteQuotaStart: environment.INVITE_QUOTA_START,
    requestsPerSource: environment.REQUESTS_PER_SOURCE,
    fairUse: environment.FAIR_USE,
    originSecrets: environment.ORIGIN_SECRETS?.split(','),
    sendFence: environment.SEND_FENCE,
  };
};

export type Environment = ReturnType<typeof readEnvironment>;
