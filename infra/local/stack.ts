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
  /** The path of a synthesized app: `cdk.out`. */
  assembly: string;
  dynamoDbEndpoint: string;
  tableName: string;
  /** The API, the inbox and the user directory listen here. */
  ports: { api: HeldPort; inbox: HeldPort; cognito: HeldPort };
  /** The directory for the data of the user directory and the inbox, and for the log of the functions. */
  directory: string;
  /** Whether mails are kept on disk, so that they survive a restart. */
  keepMails?: boolean;
  /** Called with the output of functions. */
  onOutput?: (text: string) => void;
  /** Function instances that the next stack can reuse, for processes that start several stacks in succession. */
  warm?: WarmInstances;
  /** Variables of the functions that replace those of the template. */
  variables?: Record<string, string>;
  /** The factor by which the timeouts of functions are longer than on AWS. Absent: the same as on AWS. */
  slowness?: number;
}

/** The addresses of a running stack. */
export interface Endpoints {
  api: string;
  inbox: string;
  cognito: UserPoolEndpoints;
  dynamodb: { endpoint: string; tableName: string };
  /** The Lambda API, where programs for operators invoke functions by the names of their entries. */
  lambda: string;
}

export interface LocalStack {
  endpoints: Endpoints;
  /** The environment variables of the functions, for running operations outside them. */
  environment: Record<string, string>;
  /** Delivers the records of the table's stream and the events of the bus until there are no new ones. */
  drain(): Promise<void>;
  /** Triggers each schedule once, then delivers the resulting records and events. */
  tick(): Promise<void>;
  /** Advances the functions' clock by this number of milliseconds. */
  advanceClock(duration: number): void;
  /** The time on the functions' clock, in milliseconds since 1970. */
  now(): number;
  /**
   * Passes every mail event through `change` before it is put on the bus, which can delay, drop, duplicate or replace the
   * event (see `mailEvent` and mail-outcomes.ts). The returned function ends the interception.
   */
  interceptMailEvents(change: (event: MailEvent) => MailEvent[]): () => void;
  /** Puts an event on the bus, such as a delayed event or one of another application. `drain` delivers it. */
  putEvent(event: object): void;
  /** Invokes a function by the name of its entry, like an operator with the permission to do so. */
  invoke(entry: string, event: unknown): Promise<Invocation>;
  /** The grants of each function's role and the calls of the function, by the name of its entry. */
  roles(): Record<string, RoleUse>;
  /** Processes the stream, the schedules and the events automatically from now on. */
  run(): void;
  /** Stops an emulator. The returned function starts it again. */
  outage(of: 'mail' | 'directory'): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

/** Starts the application on this machine from its CloudFormation template. */
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
  // The `Ref` of an email identity is the address or domain that it identifies.
  for (const { id, properties } of template.ofType('AWS::SES::EmailIdentity'))
    template.place(id, { ref: String(properties.EmailIdentity) });
  template.place(template.single('AWS::ApiGatewayV2::Api').id, { ref: 'local', attributes: { ApiEndpoint: api } });

  const streamArn = await createTable(template, dynamoDbEndpoint, tableName);
  const { warm = new WarmInstances() } = options;
  const now = () => warm.now();
  const startDirectory = () =>
    startUserPool(
      template,
      ports.cognito,
      path.join(directory, 'cognito'),
      (functionId, event) => functions.invoke(functionId, event),
      now,
    );
  let userPool = await startDirectory();
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
    ...(options.variables && { variables: options.variables }),
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
  // Any free port will do, because programs get the address from `endpoints`.
  const lambdaPort = await listen(lambdaEndpoint, 0);

  return {
    endpoints: {
      api,
      inbox: inbox.endpoint,
      cognito: userPool.endpoints,
      dynamodb: { endpoint: dynamoDbEndpoint, tableName },
      lambda: `http://localhost:${lambdaPort}`,
    },
    environment: { ...environment, ...functionVariables(template), ...options.variables },
    drain: triggers.drain,
    tick: async () => {
      await triggers.tick();
      await triggers.drain();
    },
    advanceClock: (duration) => warm.advanceClock(duration),
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

/** The name of a function's entry. CDK makes the logical id of that name and a hash of eight characters. */
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
