import { CognitoIdentityProviderClient, InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider';
import { localAws } from './table.ts';
import type { Endpoints } from './stack.ts';

/** Signs in to a local account with its password and returns the tokens. Throws the error of the user directory. */
export const signInLocally = async (
  { endpoint, clientId }: Pick<Endpoints['cognito'], 'endpoint' | 'clientId'>,
  email: string,
  password: string,
): Promise<{ accessToken: string; idToken: string }> => {
  const client = new CognitoIdentityProviderClient({ endpoint, ...localAws });
  const { AuthenticationResult } = await client.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: clientId,
      AuthParameters: { USERNAME: email, PASSWORD: password },
    }),
  );
  const { AccessToken: accessToken, IdToken: idToken } = AuthenticationResult ?? {};
  if (!accessToken || !idToken) throw new Error(`${email} has to do more than give a password to sign in`);
  return { accessToken, idToken };
};
