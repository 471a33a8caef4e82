import { readSettings } from '../page-settings.ts';
import { accessToken, endSession, renewSession } from './session.ts';

/*
 * Sets up an authenticator app with the operations of Cognito that a person may call with their own access token. Source:
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa-totp.html
 */

/** Whether the account had a second factor when the access token was issued. */
export const hasSecondFactor = (): boolean => {
  const [, payload = ''] = (accessToken() ?? '').split('.');
  const claims = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')) || '{}') as { mfa?: string };
  return claims.mfa === 'true';
};

/** Begins the set-up. Returns the key for the app, in Base32. */
export const beginSecondFactor = async (): Promise<string> => {
  const { SecretCode } = (await callDirectory('AssociateSoftwareToken')) as { SecretCode: string };
  return SecretCode;
};

/** Ends the set-up with a code of the app. From then on, each sign-in asks for a code. */
export const confirmSecondFactor = async (code: string): Promise<'confirmed' | 'wrong code'> => {
  try {
    await callDirectory('VerifySoftwareToken', { UserCode: code });
  } catch (error) {
    if (error instanceof DirectoryError && wrongCodes.has(error.message)) return 'wrong code';
    throw error;
  }
  await callDirectory('SetUserMFAPreference', { SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } });
  // Only the next access token says that there is a second factor.
  if ((await renewSession()) === undefined) endSession();
  return 'confirmed';
};

const wrongCodes = new Set(['CodeMismatchException', 'EnableSoftwareTokenMFAException', 'InvalidParameterException']);

/** A refusal by the user directory. Its message is the name of the exception. */
class DirectoryError extends Error {}

/** The issuer is at the address of Cognito's API. */
const address = `${new URL(readSettings().issuer).origin}/`;

/** The field of an error that names the exception, after the name of the service and a `#`. */
const typeField = '__type';

const callDirectory = async (operation: string, parameters: object = {}): Promise<unknown> => {
  const response = await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify({ AccessToken: accessToken(), ...parameters }),
  });
  const answer = (await response.json()) as { [typeField]?: string };
  if (!response.ok) throw new DirectoryError(answer[typeField]?.split('#').at(-1) ?? '');
  return answer;
};
