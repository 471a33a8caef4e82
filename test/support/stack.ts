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
import { WarmInstances } from '../../infra/local/function-instance.ts';
import { holdPort, PortTaken } from '../../infra/local/network.ts';
import { slowness } from '../../infra/local/patience.ts';
import { signInLocally } from '../../infra/local/sign-in.ts';
import { startStack, type LocalStack } from '../../infra/local/stack.ts';
import { localAws } from '../../infra/local/table.ts';
import { createClient, type Client } from '../../shared/api/client.ts';
import { conformingFetch } from './conformance.ts';
import { recordRoles, refusalsOf } from './role-records.ts';
import { leaksOf } from './secrets.ts';
import { step } from './step.ts';

export const password = 'Correct-horse-7';

export interface TestStack extends LocalStack {
  /** What the functions of this stack printed. */
  output: string[];
  /** A client that nobody signed in with. */
  anybody: Client;
  /** An account that belongs to no organization yet, signed in. */
  newPerson(email: string, name?: string): Promise<SignedIn>;
  signIn(email: string, secret?: string): Promise<SignedIn>;
  /** A machine of the stage, with a token of its own. */
  machine(name?: string): Promise<Caller>;
  /** Texts of the mails to an address, oldest first, once everything due was done. */
  mailsTo(email: string): Promise<ReceivedMail[]>;
}

/** Whoever calls the API with a token: a person, or a machine. */
export interface Caller {
  /** The `sub`; of a machine, its client id. */
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
 * Ports, names and warm functions, the same for all files that this process runs one after the other: the addresses are
 * in the environment of the warm functions.
 */
const place = {
  tableName: `roster-${randomUUID()}`,
  ports: { api: await holdPort(), inbox: await holdPort(), cognito: await holdPort() },
  /** Of the engine before, if there was one. */
  enginePort: undefined as number | undefined,
  warm: new WarmInstances(),
};

/** On the port of the engine before. If another process took that in between, on another: the functions then start anew. */
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

/** The whole application for one test file: its own table, user pool and inbox, on real engines. At its end no secret of a mail is in its log or table, and no function asked for what its role does not allow. */
export const useStack = (): TestStack => {
  const holder = {} as TestStack;
  let directory = '';
  let closeEngine = async (): Promise<void> => undefined;

  /** dynoxide starts in a moment and grows slow with the stream records of all its tables: each file has its own. */
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
        warm: place.warm,
        slowness,
        directory,
        onOutput: (text) => output.push(text),
      }),
    );
    // The emulator keeps mails as long as the process.
    await fetch(`${stack.endpoints.inbox}/clear-store`, { method: 'POST' });
    Object.assign(process.env, stack.environment);
    Object.assign(holder, stack, { output }, callers(stack));
  });
  afterAll(async () => {
    // Without an application there is nothing to say of it: the set-up has said why.
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

  return { anybody: clientFor(), newPerson, signIn, machine, mailsTo };
};
