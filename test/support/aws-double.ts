import { Template } from 'aws-cdk-lib/assertions';
import { stackNames, type StackName } from '../../infra/operators/aws-stage.ts';
import { findStage, type Stage } from '../../infra/stages.ts';
import { AwsFault, startAwsServer, type Members } from './aws-protocols.ts';
import { appOf } from './templates.ts';

/**
 * A double of the AWS endpoints that the commands of operators use, because no emulator that `npm test` can start has them.
 * `npm run test:deploy` runs the commands against MiniStack as well. The double answers for the stage prod, whose stacks have
 * the resources and outputs of the synthesized templates. Where the commands depend on it, it behaves as AWS does:
 * - ListStackResources returns a page of resources and a NextToken for the next page. AWS's pages have 100 resources.
 *   (CloudFormation API Reference, ListStackResources: "A string that identifies the next page of stack resources".)
 * - UpdateEventSourceMapping fails with ResourceInUseException while the mapping changes. (Lambda API Reference,
 *   UpdateEventSourceMapping, Errors.)
 * - FilterLogEvents returns a page of events and a nextToken. (CloudWatch Logs API Reference, FilterLogEvents.)
 */
export interface AwsDouble {
  endpoint: string;
  /** Everything that tests look at or change. */
  state: State;
  /** The operations that were called, in order, each with its parameters. */
  calls: { operation: string; input: Members }[];
  /** The names of all functions, by the name of their entry. */
  functionNames: Record<string, string>;
  stop(): Promise<void>;
}

interface State {
  account: string;
  /** Reserved concurrency, by function. */
  concurrency: Map<string, number>;
  /** Functions whose concurrency AWS refuses to change. */
  refused: Set<string>;
  mapping: { state: string; transitions: string[] };
  /** Messages, by the URL of the queue. Those that fail stay there when they are redriven. */
  queues: Record<string, { messages: number; failing: number }>;
  /** The verification status of the sender. Undefined: SES does not know it. */
  identity: string | undefined;
  sending: boolean;
  sandbox: boolean;
  suppressed: Set<string>;
  confirmed: boolean;
  accounts: Map<string, boolean>;
  secrets: string[];
  log: string[];
  terminationProtection: boolean;
}

const resourcesPerPage = 100;
const eventsPerPage = 2;
/** Cognito API Reference, ListUsers: "Valid Range: Minimum value of 0. Maximum value of 60." */
const accountsPerPage = 60;

interface Options {
  /** The settings that the stage prod was deployed with, where they differ from infra/stages.ts. */
  stage?: Partial<Stage>;
  /** The entry of a function that the stacks do not have. */
  without?: string;
  /** Values of outputs, by name, where they differ from the id of the resource. */
  outputs?: Record<string, string>;
  /** Answers the requests to DynamoDB. By default there is one table, and nothing in it. */
  dynamodb?: (operation: string, input: Members) => Promise<Members>;
}

export const startAwsDouble = async ({
  stage = {},
  without,
  outputs: given = {},
  dynamodb,
}: Options = {}): Promise<AwsDouble> => {
  const stacks = stacksOf({ ...findStage('prod'), ...stage });
  const idOf = (stack: StackName, logicalId: string) => `prod-${stack}-${logicalId}`;
  const functionNames = Object.fromEntries(
    stackNames.flatMap((stack) =>
      Object.entries(stacks[stack].Resources).flatMap(([id, { Type }]) =>
        Type === 'AWS::Lambda::Function' ? [[id.replace(/[0-9A-F]{8}$/, ''), idOf(stack, id)]] : [],
      ),
    ),
  );
  const state: State = {
    account: '000000000000',
    concurrency: new Map(),
    refused: new Set(),
    mapping: { state: 'Disabled', transitions: [] },
    queues: {},
    identity: 'SUCCESS',
    sending: true,
    sandbox: false,
    suppressed: new Set(),
    confirmed: true,
    accounts: new Map(),
    secrets: ['first'],
    log: [],
    terminationProtection: true,
  };

  const stackOf = ({ StackName: name }: Members): StackName => {
    const found = stackNames.find((stack) => `Roster-prod-${stack}` === name);
    if (!found) throw new AwsFault('ValidationError', `Stack with id ${String(name)} does not exist`);
    return found;
  };
  const functionOf = ({ FunctionName: name }: Members): string => {
    if (!Object.values(functionNames).includes(String(name)))
      throw new AwsFault('ResourceNotFoundException', `Function not found: ${String(name)}`);
    return String(name);
  };
  const queueOf = ({ QueueUrl: url }: Members) => (state.queues[String(url)] ??= { messages: 0, failing: 0 });
  const accountOf = ({ Username: name }: Members): string => {
    if (!state.accounts.has(String(name))) throw new AwsFault('UserNotFoundException', 'User does not exist.');
    return String(name);
  };
  const mappingState = (UUID: unknown): Members => {
    const now = state.mapping.state;
    state.mapping.state = state.mapping.transitions.shift() ?? now;
    return { UUID, EventSourceArn: 'arn:dead-letters', State: now };
  };

  const operations: Record<string, (input: Members) => Members> = {
    GetCallerIdentity: () => ({ Account: state.account }),
    DescribeStacks: (input) => {
      const stack = stackOf(input);
      const Outputs = Object.entries(stacks[stack].Outputs).map(([OutputKey, { Value }]) => ({
        OutputKey,
        OutputValue: given[OutputKey] ?? outputOf(Value, (id) => idOf(stack, id)),
      }));
      return { Stacks: [{ Outputs }] };
    },
    ListStackResources: (input) => {
      const stack = stackOf(input);
      const resources = Object.entries(stacks[stack].Resources).filter(
        ([id, { Type }]) => Type !== 'AWS::Lambda::Function' || id.slice(0, -8) !== without,
      );
      const all = resources.map(([LogicalResourceId, { Type }]) => ({
        LogicalResourceId,
        PhysicalResourceId: idOf(stack, LogicalResourceId),
        ResourceType: Type,
      }));
      const from = Number(input.NextToken ?? 0);
      const to = from + resourcesPerPage;
      return { StackResourceSummaries: all.slice(from, to), ...(to < all.length && { NextToken: String(to) }) };
    },
    GetTemplate: (input) => ({ TemplateBody: JSON.stringify(stacks[stackOf(input)]) }),
    UpdateTerminationProtection: ({ EnableTerminationProtection, ...input }) => {
      state.terminationProtection = EnableTerminationProtection === 'true';
      return { StackId: stackOf(input) };
    },
    ListSubscriptionsByTopic: () => ({
      Subscriptions: [
        { Endpoint: 'operations@example.com', SubscriptionArn: state.confirmed ? 'arn:x' : 'PendingConfirmation' },
      ],
    }),

    GetFunctionConcurrency: (input) => ({ ReservedConcurrentExecutions: state.concurrency.get(functionOf(input)) }),
    PutFunctionConcurrency: (input) => {
      const name = functionOf(input);
      if (state.refused.has(name)) throw new AwsFault('AccessDeniedException', 'You may not.');
      state.concurrency.set(name, Number(input.ReservedConcurrentExecutions));
      return {};
    },
    DeleteFunctionConcurrency: (input) => {
      state.concurrency.delete(functionOf(input));
      return {};
    },
    GetFunctionConfiguration: (input) => {
      const name = functionOf(input);
      const stack = stackNames.find((each) => name.startsWith(`prod-${each}-`)) ?? 'Api';
      const { Environment } = stacks[stack].Resources[name.slice(`prod-${stack}-`.length)]?.Properties ?? {};
      const { SEND_FENCE } = (Environment as { Variables: Record<string, string> }).Variables;
      return {
        LoggingConfig: { LogGroup: `/logs/${name}` },
        Environment: { Variables: { ...(SEND_FENCE !== undefined && { SEND_FENCE }) } },
      };
    },
    Invoke: (input) => ({ invoked: functionOf(input) }),
    // The other mapping is that from the table's stream to the worker.
    GetEventSourceMapping: ({ UUID }) =>
      String(UUID).includes('Sqs') ? mappingState(UUID) : { UUID, EventSourceArn: 'arn:stream', State: 'Enabled' },
    UpdateEventSourceMapping: ({ UUID, Enabled }) => {
      if (state.mapping.transitions.length > 0)
        throw new AwsFault('ResourceInUseException', 'The mapping is being updated.');
      state.mapping = Enabled
        ? { state: 'Enabling', transitions: ['Enabling', 'Enabled'] }
        : { state: 'Disabling', transitions: ['Disabling', 'Disabled'] };
      return mappingState(UUID);
    },

    GetQueueAttributes: (input) => {
      const queue = queueOf(input);
      if (state.mapping.state === 'Enabled' && queue.messages > queue.failing) queue.messages -= 1;
      return {
        Attributes: {
          QueueArn: 'arn:dead-letters',
          VisibilityTimeout: '60',
          ApproximateNumberOfMessages: String(queue.messages),
          ApproximateNumberOfMessagesNotVisible: '0',
        },
      };
    },
    PurgeQueue: (input) => {
      queueOf(input).messages = 0;
      return {};
    },
    FilterLogEvents: ({ nextToken }) => {
      const from = Number(nextToken ?? 0);
      const to = from + eventsPerPage;
      const events = state.log.slice(from, to).map((message) => ({ message }));
      return { events, ...(to < state.log.length && { nextToken: String(to) }) };
    },

    GetAccount: () => ({
      SendingEnabled: true,
      EnforcementStatus: 'HEALTHY',
      ProductionAccessEnabled: !state.sandbox,
      SendQuota: { Max24HourSend: 50_000, SentLast24Hours: 12, MaxSendRate: 14 },
    }),
    PutAccountDetails: () => ({}),
    GetEmailIdentity: () => {
      if (!state.identity) throw new AwsFault('NotFoundException', 'The identity does not exist.');
      return { VerificationStatus: state.identity };
    },
    GetConfigurationSet: () => ({ SendingOptions: { SendingEnabled: state.sending } }),
    PutConfigurationSetSendingOptions: ({ SendingEnabled }) => {
      state.sending = SendingEnabled === true;
      return {};
    },
    DeleteSuppressedDestination: ({ EmailAddress }) => {
      if (!state.suppressed.delete(String(EmailAddress))) throw new AwsFault('NotFoundException', 'Not there.');
      return {};
    },

    ListUsers: ({ PaginationToken }) => {
      const from = Number(PaginationToken ?? 0);
      const to = from + accountsPerPage;
      const all = [...state.accounts].map(([Username, Enabled]) => ({ Username, Enabled }));
      return { Users: all.slice(from, to), ...(to < all.length && { PaginationToken: String(to) }) };
    },
    AdminGetUser: (input) => ({ Username: input.Username, Enabled: state.accounts.get(accountOf(input)) }),
    AdminDisableUser: (input) => {
      state.accounts.set(accountOf(input), false);
      return {};
    },
    AdminEnableUser: (input) => {
      state.accounts.set(accountOf(input), true);
      return {};
    },
    AdminUserGlobalSignOut: (input) => ({ ...(accountOf(input) && {}) }),
    AdminDeleteUser: (input) => {
      state.accounts.delete(accountOf(input));
      return {};
    },
    ListUserPoolClientSecrets: () => ({ ClientSecrets: state.secrets.map((ClientSecretId) => ({ ClientSecretId })) }),
    AddUserPoolClientSecret: () => {
      state.secrets.push('second');
      return { ClientSecretDescriptor: { ClientSecretId: 'second', ClientSecretValue: 'the value' } };
    },
    DeleteUserPoolClientSecret: ({ ClientSecretId }) => {
      state.secrets = state.secrets.filter((each) => each !== ClientSecretId);
      return {};
    },

    DescribeTable: () => ({ Table: { TableStatus: 'ACTIVE' } }),
    DescribeContinuousBackups: () => ({
      ContinuousBackupsDescription: {
        PointInTimeRecoveryDescription: {
          PointInTimeRecoveryStatus: 'ENABLED',
          EarliestRestorableDateTime: 1_790_000_000,
          LatestRestorableDateTime: 1_795_000_000,
        },
      },
    }),
  };

  const calls: AwsDouble['calls'] = [];
  const answer: Parameters<typeof startAwsServer>[0] = async ({ service, operation, input }) => {
    calls.push({ operation, input });
    if (dynamodb && service.startsWith('DynamoDB')) return dynamodb(operation, input);
    const run = operations[operation];
    if (!run) throw new AwsFault('UnknownOperationException', `The double does not have ${operation}`);
    return run(input);
  };
  const { endpoint, stop } = await startAwsServer(answer);
  return { endpoint, state, calls, functionNames, stop };
};

interface StackTemplate {
  Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>;
  Outputs: Record<string, { Value: unknown }>;
}

const stacksOf = (stage: Stage): Record<StackName, StackTemplate> => {
  const app = appOf(stage);
  const templateOf = (stack: StackName) =>
    Template.fromStack(app.node.findChild(`Roster-${stage.name}-${stack}`) as never).toJSON() as StackTemplate;
  return Object.fromEntries(stackNames.map((stack) => [stack, templateOf(stack)])) as Record<StackName, StackTemplate>;
};

/** The value of an output: the id of the resource that it refers to, or else a text that contains the expression. */
const outputOf = (value: unknown, idOf: (logicalId: string) => string): string => {
  if (typeof value === 'string') return value;
  const { Ref } = value as { Ref?: string };
  return Ref === undefined ? JSON.stringify(value) : idOf(Ref);
};
