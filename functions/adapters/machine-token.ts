import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod';
import { canaryTokenReserveSeconds } from '../../shared/limits.ts';
import type { Clock } from '../../shared/ports.ts';
import { after, second } from '../../shared/time.ts';

interface MachineSettings {
  userPoolId: string;
  /** The app client of the machine. */
  clientId: string;
  /** The domain of the user pool, without a slash at the end. */
  signInUrl: string;
  clock: Clock;
}

const tokenResponse = z.object({ access_token: z.string(), expires_in: z.number() });

/**
 * The access tokens of a machine that signs in with `client_credentials`. A token is reused until shortly before it expires,
 * because Cognito charges for each token. `renew` always requests a new one. Throws if the machine cannot sign in.
 */
export const machineToken = ({ userPoolId, clientId, signInUrl, clock }: MachineSettings) => {
  const client = new CognitoIdentityProviderClient({});
  let kept: { token: string; until: string } | undefined;

  const request = async () => {
    const described = await client.send(
      new DescribeUserPoolClientCommand({ UserPoolId: userPoolId, ClientId: clientId }),
    );
    const secret = described.UserPoolClient?.ClientSecret ?? '';
    const response = await fetch(`${signInUrl}/oauth2/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${clientId}:${secret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    if (!response.ok) throw new Error(`The canary cannot sign in: ${response.status} ${await response.text()}`);
    const { access_token: token, expires_in: seconds } = tokenResponse.parse(await response.json());
    return { token, until: after(clock.now(), (seconds - canaryTokenReserveSeconds) * second) };
  };

  return {
    get: async ({ renew }: { renew: boolean }): Promise<string> => {
      if (renew || !kept || kept.until <= clock.now()) kept = await request();
      return kept.token;
    },
  };
};
