import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createEventBus } from './event-bus.ts';
import { startFunctions, type RoleUse } from './function-host.ts';
import { WarmInstances, type Invocation } from './function-instance.ts';
import { createGateway } from './gateway.ts';
import { startInbox } from './inbox.ts';
import type { MailEvent } from './mail-event.ts';
import { createLambdaEndpoint } from './lambda-endpoint.ts';
import { createMailEvents } from './mail-events.ts';
import { closeServer, listen, type HeldPort } from './network.ts';
import { createTable } from './table.ts';
import { Template } from './template.ts';
import { createTriggers } from './triggers.ts';
import { startUserPool, type UserPoolEndpoints } from './user-pool.ts';

export interface StackOptions {
  /** A synthesized app: `cdk.out`. */
  assembly: string;
  dynamoDbEndpoint: string;
  tableName: string;
  /** The API, the inbox and the user directory listen here. */
  ports: { api: HeldPort; inbox: HeldPort; cognito: HeldPort };
  /** Where the user directory, the inbox and the functions' log are kept. */
  directory: string;
  /** Whether mails outlive the process. */
  keepMails?: boolean;
  /** What functions print. */
  onOutput?: (text: string) => void;
  /** Instances of functions that outlive the stack, for whoever starts one after the other. */
  warm?: WarmInstances;
  /** How many times longer than on AWS a function may take. Absent: as long as on AWS. */
  slowness?: number;
}

/** Where a running stack is reached. */
export interface Endpoints {
  api: string;
  inbox: string;
  cognito: UserPoolEndpoints;
  dynamodb: { endpoint: string; tableName: string };
  /** Lambda’s API: programs for operators invoke functions by the names of their entries. */
  lambda: string;
}

export interface LocalStack {
  endpoints: Endpoints;
  /** The environment that functions get: for running operations beside them. */
  environment: Record<string, string>;
  /** Hands on what the table's stream and the event bus have until nothing new comes of it. */
  drain(): Promise<void>;
  /** One turn of the schedules, and what follows from it. */
  tick(): Promise<void>;
  /** Puts the functions' clock ahead. Milliseconds. */
  advanceClock(duration: number): void;
  /** The functions' time. Milliseconds since 1970. */
  now(): number;
  /**
   * From now on every event of a mail goes through `change` before it is put on the bus: to hold it back, drop it, double it
   * or tell something else of the mail (`mailEvent` and mail-outcomes.ts). What comes back ends it.
   */
  interceptMailEvents(change: (event: MailEvent) => MailEvent[]): () => void;
  /** Puts any event on the bus: one that was held back, one of another application. `drain` hands it on. */
  putEvent(event: object): void;
  /** Invokes a function by the name of its entry, as an operator who may. */
  invoke(entry: string, event: unknown): Promise<Invocation>;
  /** What each function's role allows and what it asked for, by the name of its entry. */
  roles(): Record<string, RoleUse>;
  /** From now on stream, schedules and events run by themselves. */
  run(): void;
  /** Takes an emulator down; what comes back brings it up again. */
  outage(of: 'mail' | 'directory'): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

/** The application on this machine, as its template says. */
export const startStack = async (options: StackOptions): Promise<LocalStack> => {
  const { dynamoDbEndpoint, tableName, ports, directory } = options;
  mkdirSync(directory, { recursive: true });
  const template = await Template.read(options.assembly);
  const api = ports.api.endpoint;
  for (const [type, ref] of [
    ['AWS::Lambda::Function', 'function'],
    ['AWS::ApiGatewayV2::Integration', 'integration'],
  ] as const)
    placeByLogicalId(template, type, ref);
  // Its `Ref` is what it identifies.
  for (const { id, properties } of template.ofType('AWS::SES::EmailIdentity'))
    template.place(id, { ref: String(properties.EmailIdentity) });
  template.place(template.single('AWS::ApiGatewayV2::Api').id, { ref: 'local', attributes: { ApiEndpoint: api } });

  const streamArn = await createTable(template, dynamoDbEndpoint, tableName);
  const startDirectory = () => startUserPool(template, ports.cognito, path.join(directory, 'cognito'));
  let userPool = await startDirectory();
  const { warm = new WarmInstances() } = options;
  const ahead = new BigInt64Array(warm.clockAhead);
  Atomics.store(ahead, 0, 0n);
  const now = () => Date.now() + Number(Atomics.load(ahead, 0));
  const environment = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDbEndpoint,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: userPool.endpoints.endpoint,
    AWS_ENDPOINT_URL_SESV2: ports.inbox.endpoint,
  };
  const functions = startFunctions(template, {
    environment,
    warm,
    logFile: path.join(directory, 'functions.log'),
    ...(options.onOutput && { onOutput: options.onOutput }),
    ...(options.slowness !== undefined && { slowness: options.slowness }),
  });
  const bus = createEventBus(template, functions);
  const mailEvents = createMailEvents(template, bus, now);
  const startMail = () =>
    startInbox({
      port: ports.inbox,
      ...(options.keepMails && { directory: path.join(directory, 'inbox') }),
      onTaken: mailEvents.taken,
    });
  let inbox = await startMail();
  const triggers = await createTriggers(template, functions, bus, dynamoDbEndpoint, streamArn);
  const stopGateway = ports.api.serve(createGateway(template, functions));
  const invoke = (entry: string, event: unknown) => functions.invoke(functionOf(template, entry), event);
  const lambdaEndpoint = createLambdaEndpoint(invoke);
  // Programs are told where: nobody types it.
  const lambdaPort = await listen(lambdaEndpoint, 0);

  return {
    endpoints: {
      api,
      inbox: inbox.endpoint,
      cognito: userPool.endpoints,
      dynamodb: { endpoint: dynamoDbEndpoint, tableName },
      lambda: `http://localhost:${lambdaPort}`,
    },
    environment: { ...environment, ...functionVariables(template) },
    drain: triggers.drain,
    tick: async () => {
      await triggers.tick();
      await triggers.drain();
    },
    advanceClock: (duration) => void Atomics.add(ahead, 0, BigInt(duration)),
    now,
    interceptMailEvents: mailEvents.intercept,
    putEvent: (event) => bus.put([event]),
    invoke,
    roles: () => Object.fromEntries(Object.entries(functions.roles()).map(([id, use]) => [entryOf(id), use])),
    run: triggers.run,
    outage: async (of) => {
      const port = of === 'mail' ? ports.inbox : ports.cognito;
      await (of === 'mail' ? inbox : userPool).stop();
      await port.close();
      return async () => {
        await port.reopen();
        if (of === 'mail') inbox = await startMail();
        else userPool = await startDirectory();
      };
    },
    stop: async () => {
      stopGateway();
      await closeServer(lambdaEndpoint);
      await triggers.stop();
      await functions.stop();
      if (!options.warm) await warm.stop();
      await inbox.stop();
      userPool.stop();
    },
  };
};

const placeByLogicalId = (template: Template, type: string, service: string): void => {
  for (const id of template.idsOf(type)) {
    const [, logicalId = ''] = id.split('/');
    template.place(id, { ref: logicalId, attributes: { Arn: `arn:aws:local:${service}:${logicalId}` } });
  }
};

/** The entry of a function, by the logical id that CDK gives it: the entry's name and a hash. */
const entryOf = (logicalId: string): string => logicalId.slice(0, -8);

const functionOf = (template: Template, entry: string): string => {
  const id = template.idsOf('AWS::Lambda::Function').find((each) => entryOf(each.split('/')[1] ?? '') === entry);
  return id?.split('/')[1] ?? entry;
};

/** The variables of all functions together. */
const functionVariables = (template: Template): Record<string, string> => {
  const environments = template
    .ofType('AWS::Lambda::Function')
    .map(({ properties }) => properties.Environment as { Variables: Record<string, string> });
  return Object.assign({}, ...environments.map(({ Variables }) => Variables)) as Record<string, string>;
};
