import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { startDynamoDb, type DynamoDbEngine } from '../../infra/local/dynamodb-engine.ts';
import { holdPort, PortTaken } from '../../infra/local/network.ts';
import { slowness } from '../../infra/local/patience.ts';
import { signInLocally } from '../../infra/local/sign-in.ts';
import { startStack, type LocalStack } from '../../infra/local/stack.ts';
import { localAws } from '../../infra/local/table.ts';
import { createClient, type Client } from '../../shared/api/client.ts';
import { noticeWindowSeconds } from '../../shared/limits.ts';
import { warm } from './clock.ts';
import { conformingFetch } from './conformance.ts';
import { recordRoles, refusalsOf } from './role-records.ts';
import { leaksOf } from './secrets.ts';
import { step } from './step.ts';

export const password = 'Correct-horse-7';

export interface TestStack extends LocalStack {
  /** What the functions of this stack printed. */
  output: string[];
  /** A client without an access token. */
  anybody: Client;
  /** Creates an account that belongs to no organization, and signs in. */
  newPerson(email: string, name?: string): Promise<SignedIn>;
  signIn(email: string, secret?: string): Promise<SignedIn>;
  /** A machine of the stage, with a token of its own. */
  machine(name?: string): Promise<Caller>;
  /** The mails to an address, oldest first, after all pending stream records and events have been handled. */
  mailsTo(email: string): Promise<ReceivedMail[]>;
  /** Like `mailsTo`, after the time for which notices wait for further ones. */
  noticesTo(email: string): Promise<ReceivedMail[]>;
}

/** A person or a machine that calls the API with an access token. */
export interface Caller {
  /** The `sub` of a person, or the client id of a machine. */
  personId: string;
  accessToken: string;
  client: Client;
}

export interface SignedIn extends Caller {
  email: string;
}

export interface ReceivedMail {
  subject: string;
  from: string;
  body: { text: string; html: string };
}

/**
 * The ports, table name and warm functions that all test files of this process share. A warm function has the addresses in its
 * environment, so it can be reused only while they stay the same.
 */
const place = {
  tableName: `roster-${randomUUID()}`,
  ports: { api: await holdPort(), inbox: await holdPort(), cognito: await holdPort() },
  /** The port of the previous test file's DynamoDB engine, if there was one. */
  enginePort: undefined as number | undefined,
};

/** Starts the engine on its previous port. If another process has taken that port, it gets a new one, and functions start cold. */
const startEngine = async (): Promise<DynamoDbEngine> => {
  const engine = await startDynamoDb({
    engine: 'dynoxide',
    ...(place.enginePort !== undefined && { port: place.enginePort }),
  }).catch((error: unknown) => {
    if (error instanceof PortTaken) return startDynamoDb({ engine: 'dynoxide' });
    throw error;
  });
  place.enginePort = engine.port;
  return engine;
};

/**
 * The whole application for one test file, on real engines, with its own table, user pool and inbox. After the tests it asserts
 * that neither log nor table contains a secret of a mail, and that no function made a call that its role does not allow.
 */
export const useStack = (): TestStack => {
  const holder = {} as TestStack;
  let directory = '';
  let closeEngine = async (): Promise<void> => undefined;

  /** Each file has its own dynoxide, which starts quickly and becomes slower with the stream records of all its tables. */
  const openEngine = async (): Promise<string> => {
    if (inject('dynamoDbEngine') !== 'dynoxide') return inject('dynamoDbEndpoint');
    const engine = await step('Starting the DynamoDB engine', startEngine);
    closeEngine = engine.stop;
    return engine.endpoint;
  };

  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'roster-stack-'));
    const output: string[] = [];
    const dynamoDbEndpoint = await openEngine();
    const stack = await step('Starting the application', () =>
      startStack({
        assembly: inject('assembly'),
        dynamoDbEndpoint,
        tableName: inject('dynamoDbEngine') === 'dynoxide' ? place.tableName : `roster-${randomUUID()}`,
        ports: place.ports,
        warm,
        slowness,
        // Tests make many calls at once in the name of one person. test/api/fair-use.test.ts tests the limits.
        variables: { FAIR_USE: '1000' },
        directory,
        onOutput: (text) => output.push(text),
      }),
    );
    // The emulator keeps mails until the process ends, so the mails of earlier test files are deleted.
    await fetch(`${stack.endpoints.inbox}/clear-store`, { method: 'POST' });
    Object.assign(process.env, stack.environment);
    Object.assign(holder, stack, { output }, callers(stack));
  });
  afterAll(async () => {
    // If the application did not start, there is nothing to check, and `beforeAll` has already reported why.
    if (!('stop' in holder)) {
      await closeEngine();
      return rmSync(directory, { recursive: true });
    }
    const leaks = await leaksOf(holder);
    const refusals = refusalsOf(holder);
    recordRoles(holder, inject('roleRecords'), expect.getState().testPath ?? '');
    await holder.stop();
    await closeEngine();
    rmSync(directory, { recursive: true });
    expect(leaks).toEqual([]);
    expect(refusals).toEqual([]);
  });
  return holder;
};

const callers = (stack: LocalStack) => {
  const { api, inbox, cognito } = stack.endpoints;
  const directory = new CognitoIdentityProviderClient({ endpoint: cognito.endpoint, ...localAws });
  const clientFor = (accessToken?: string): Client =>
    createClient({ baseUrl: api, token: () => accessToken, fetch: conformingFetch(api) });

  const signIn = async (email: string, secret = password): Promise<SignedIn> => {
    const { accessToken } = await signInLocally(cognito, email, secret);
    const { sub } = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()) as { sub: string };
    return { email, personId: sub, accessToken, client: clientFor(accessToken) };
  };

  const machine = async (name = 'pipeline'): Promise<Caller> => {
    const credentials = cognito.machines.find((each) => each.name === name);
    if (!credentials) throw new Error(`The stage has no machine "${name}"`);
    const { clientId, clientSecret } = credentials;
    const response = await fetch(cognito.tokenEndpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    if (!response.ok) throw new Error(`The machine "${name}" gets no token: ${await response.text()}`);
    const { access_token: accessToken } = (await response.json()) as { access_token: string };
    return { personId: clientId, accessToken, client: clientFor(accessToken) };
  };

  const newPerson = async (email: string, name = 'Ada Lovelace'): Promise<SignedIn> => {
    const user = { UserPoolId: cognito.userPoolId, Username: email };
    await directory.send(
      new AdminCreateUserCommand({
        ...user,
        MessageAction: 'SUPPRESS',
        UserAttributes: [
          { Name: 'email', Value: email },
          { Name: 'email_verified', Value: 'true' },
          { Name: 'name', Value: name },
        ],
      }),
    );
    await directory.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }));
    return signIn(email);
  };

  const mailsTo = async (email: string): Promise<ReceivedMail[]> => {
    await stack.drain();
    const { emails } = (await (await fetch(`${inbox}/store`)).json()) as {
      emails: (ReceivedMail & { destination: { to: string[] } })[];
    };
    return emails.filter(({ destination }) => destination.to.includes(email));
  };

  const noticesTo = async (email: string): Promise<ReceivedMail[]> => {
    stack.advanceClock(noticeWindowSeconds * 1_000);
    await stack.tick();
    return mailsTo(email);
  };

  return { anybody: clientFor(), newPerson, signIn, machine, mailsTo, noticesTo };
};
