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

/** The password of every account in a run. */
export const password = 'Deployed-password-2026';

/**
 * How long asynchronous work may take, in milliseconds. The stream starts the worker within seconds. But if a deployment
 * happens during a run, the emulator kills the run: its lease ends after 75 seconds, and the next schedule finds the work.
 */
const patience = 150_000;

const link = /#(\S+)/;

/** The deployed application, and what its users do with it. */
export interface Deployed {
  /** Without a slash at the end. */
  url: string;
  anybody: Client;
  emulator: Emulator;
  /** Creates an account as an administrator does. */
  makeAccount(email: string, name: string): Promise<void>;
  /** Signs in on the page to which the console redirects people. */
  signIn(email: string): Promise<Client>;
  /** A client that is signed in with the credentials of the stage's machine. */
  machine(): Promise<{ clientId: string; client: Client }>;
  /** Waits for a mail to the address whose text matches `says`, and returns the text of the newest one. */
  mailTo(email: string, says: RegExp): Promise<string>;
  /** The token after the # of the link in the newest mail to the address. */
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

/** The mails that SES accepted, oldest first. */
const mailsOf = async ({ endpoint }: Emulator): Promise<KeptMail[]> => {
  const response = await fetch(`${endpoint}/_ministack/ses/messages`);
  const { messages } = (await response.json()) as { messages: Record<string, KeptMail[]> };
  return messages[account.id] ?? [];
};

/** The value of a successful response. A refusal fails the run. */
export const take = <T>(reply: { ok: true; value: T } | { ok: false; problem: object }): T =>
  reply.ok ? reply.value : wrong(`The API refused: ${JSON.stringify(reply.problem)}`);

/** Calls `ask` repeatedly until its result fulfils the condition. */
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
