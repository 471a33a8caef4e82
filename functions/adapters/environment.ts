import * as z from 'zod';

const schema = z.object({
  TABLE_NAME: z.string().min(1),
  USER_POOL_ID: z.string().min(1),
  BASE_URL: z.url(),
  /** `Roster <roster@example.com>` */
  MAIL_SENDER: z.string().min(3),
  MAIL_CONFIGURATION_SET: z.string().min(1),
});

/** What the stage tells a function. Throws at cold start when something is missing. */
export const readEnvironment = () => {
  const { TABLE_NAME, USER_POOL_ID, BASE_URL, MAIL_SENDER, MAIL_CONFIGURATION_SET } = schema.parse(process.env);
  return {
    tableName: TABLE_NAME,
    userPoolId: USER_POOL_ID,
    baseUrl: BASE_URL,
    mailSender: MAIL_SENDER,
    mailConfigurationSet: MAIL_CONFIGURATION_SET,
  };
};

export type Environment = ReturnType<typeof readEnvironment>;
