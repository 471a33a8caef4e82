import * as z from 'zod';
import type { ConsoleSettings } from './app/page-settings.ts';

const schema = z.object({ USER_POOL_ISSUER: z.url(), APP_CLIENT_ID: z.string().min(1), SIGN_IN_URL: z.url() });

const settingsFromEnvironment = (): ConsoleSettings => {
  const { USER_POOL_ISSUER: issuer, APP_CLIENT_ID: clientId, SIGN_IN_URL: signInUrl } = schema.parse(process.env);
  return { issuer, clientId, signInUrl };
};

/** What the stage tells our pages. Throws at cold start when something is missing. */
export const settings = settingsFromEnvironment();
