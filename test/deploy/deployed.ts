import { setTimeout } from 'node:timers/promises';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createClient, type Client } from '../../shared/api/client.ts';
import type { Deployment } from './cdk.ts';
import { localFetch } from './local-fetch.ts';
import type { Emulator } from './ministack.ts';
import { postForm, signInByPage } from './sign-in.ts';
import { account } from './places.ts';
import { wrong } from './steps.ts';

/** Of everybody in a run. */
export const password = 'Deployed-password-2026';

/**
 * How long what follows by itself may take. The stream wakes the worker within seconds; but the emulator kills a run that a
 * deployment meets, whose lease then ends after 75 seconds, and the schedule of the next minute finds the work. Milliseconds.
 */
const patience = 150_000;

const link = /#(\S+)/;

/** The application, as it was deployed, and what people do with it. */
export interface Deployed {
  /** Without a slash at the end. */
  url: string;
  anybody: Client;
  emulator: Emulator;
  /** An account that an administrator made. */
  makeAccount(email: string, name: string): Promise<void>;
  /** Through the page that the console sends people to. */
  signIn(email: string): Promise<Client>;
  /** Signed in with the credentials of the stage's machine. */
  machine(): Promise<{ clientId: string; client: Client }>;
  /** The text of the newest mail to the address that says so. Waits for it. */
  mailTo(email: string, says: RegExp): Promise<string>;
  /** What follows the # of the link in the newest mail to the address. */
  tokenFor(email: string): Promise<string>;
}

export const findDeployed = async (emulator: Emulator, { outputs }: Deployment): Promise<Deployed> => {
  const { endpoint } = emulator;
  const output = (matches: RegExp): string =>
    Object.values(outputs)
      .flatMap((each) => Object.entries(each))
      .find(([name]) => matches.test(name))?.[1] ?? wrong(`No stack has an output like ${String(matches)}.`);
  const url = output(/^Url$/);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const cognito = new CognitoIdentityProviderClient({ endpoint, region: account.region, credentials });
  const { UserPools: [pool] = [] } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }));
  const UserPoolId = pool?.Id ?? wrong('There is no user pool.');
  const clientFor = (token?: string): Client => createClient({ baseUrl: url, token: () => token, fetch: localFetch });
  const appClient = async (ClientId: string) =>
    (await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }))).UserPoolClient ?? {};

  const mailTo = async (email: string, says: RegExp): Promise<string> => {
    const end = Date.now() + patience;
    while (Date.now() < end) {
      const mail = (await mailsOf(emulator)).findLast(({ To, BodyText }) => To.includes(email) && says.test(BodyText));
      if (mail) return mail.BodyText;
      await setTimeout(200);
    }
    return wrong(`No mail that says ${String(says)} came to ${email} within ${patience / 1000} seconds.`);
  };

  return {
    url,
    anybody: clientFor(),
    emulator,
    makeAccount: async (email, name) => {
      const user = { UserPoolId, Username: email };
      const attributes = { email, email_verified: 'true', name };
      const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
      await cognito.send(new AdminCreateUserCommand({ ...user, MessageAction: 'SUPPRESS', UserAttributes }));
      await cognito.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }));
    },
    signIn: async (email) => {
      const clientId = output(/^AppClientId$/);
      const { CallbackURLs: [redirectUri = ''] = [] } = await appClient(clientId);
      return clientFor(await signInByPage(endpoint, { clientId, redirectUri, email, password }));
    },
    machine: async () => {
      const clientId = output(/^MachineClientId/);
      const { ClientSecret = '' } = await appClient(clientId);
      const authorization = `Basic ${btoa(`${clientId}:${ClientSecret}`)}`;
      const response = await postForm(
        `${endpoint}/oauth2/token`,
        { grant_type: 'client_credentials' },
        { authorization },
      );
      const { access_token: token } = (await response.json()) as { access_token?: string };
      return { clientId, client: clientFor(token ?? wrong('The machine gets no token.')) };
    },
    mailTo,
    tokenFor: async (email) => link.exec(await mailTo(email, link))?.[1] ?? '',
  };
};

interface KeptMail {
  To: string[];
  BodyText: string;
}

/** What SES took, oldest first. */
const mailsOf = async ({ endpoint }: Emulator): Promise<KeptMail[]> => {
  const response = await fetch(`${endpoint}/_ministack/ses/messages`);
  const { messages } = (await response.json()) as { messages: Record<string, KeptMail[]> };
  return messages[account.id] ?? [];
};

/** What was asked for; a refusal is wrong. */
export const take = <T>(reply: { ok: true; value: T } | { ok: false; problem: object }): T =>
  reply.ok ? reply.value : wrong(`The API refused: ${JSON.stringify(reply.problem)}`);

/** Asks until the answer is as it should come to be. */
export const eventually = async <T>(what: string, ask: () => Promise<T>, holds: (answer: T) => boolean): Promise<T> => {
  const end = Date.now() + patience;
  let answer = await ask();
  while (!holds(answer)) {
    if (Date.now() > end) wrong(`After ${patience / 1000} seconds still not ${what}: ${JSON.stringify(answer)}`);
    await setTimeout(200);
    answer = await ask();
  }
  return answer;
};
