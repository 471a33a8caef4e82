import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, TransactionCanceledException, type BatchGetItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { cognitoDirectory } from '../../functions/adapters/cognito-directory.ts';
import { documentClient } from '../../functions/adapters/services.ts';
import { localAws } from '../../infra/local/table.ts';
import type { Directory } from '../../shared/ports.ts';
import type { TestStack } from './stack.ts';

/** Ends a run as a dead process does: from then on nothing is done any more. */
export class Died extends Error {}

type How =
  | 'is refused'
  | 'takes effect and its answer is lost'
  | 'conflicts, for ever'
  | 'is throttled once'
  | 'takes effect and its answer is lost once'
  | 'conflicts once'
  | 'leaves its keys unread once';

/** What can happen to a call. The process `dies` right before it is made, or right after it took effect. */
export type Fault = How | 'dies before' | 'dies after';

/** Faults that a run gets over by itself, and faults that end it. */
export const passing: readonly Fault[] = [
  'is throttled once',
  'takes effect and its answer is lost once',
  'conflicts once',
  'leaves its keys unread once',
];
export const lasting: readonly Fault[] = [
  'is refused',
  'takes effect and its answer is lost',
  'conflicts, for ever',
  'dies before',
  'dies after',
];

const reads = new Set(['GetItem', 'BatchGetItem', 'Query']);

/** Only transactions meet others, only reads of many keys are answered in part, and a read has no effect that could be had before. */
const suits = (fault: Fault, command: string): boolean => {
  if (fault.startsWith('conflicts')) return command === 'TransactWriteItems';
  if (fault === 'leaves its keys unread once') return command === 'BatchGetItem';
  return !(reads.has(command) && (fault.startsWith('takes effect') || fault === 'dies after'));
};

export const faultsOf = (command: string, faults: readonly Fault[]): Fault[] =>
  faults.filter((fault) => suits(fault, command));

interface Attempt {
  input: object;
  send: () => Promise<unknown>;
}

/** What comes of one attempt of the disturbed call. */
const disturb = async (fault: Fault, command: string, first: boolean, { input, send }: Attempt): Promise<unknown> => {
  switch (fault) {
    case 'is refused':
      throw outage();
    case 'takes effect and its answer is lost':
      await send();
      throw timeout();
    case 'takes effect and its answer is lost once': {
      const answer = await send();
      if (first) throw timeout();
      return answer;
    }
    case 'is throttled once':
      if (first) throw throttle(command);
      return send();
    case 'conflicts once':
      if (first) throw cancelled('TransactionConflict');
      return send();
    case 'conflicts, for ever':
      throw cancelled('TransactionConflict');
    case 'leaves its keys unread once':
      return first ? { response: {}, output: { $metadata: {}, Responses: {}, UnprocessedKeys: asked(input) } } : send();
    case 'dies before':
      throw new Died();
    case 'dies after':
      await send();
      throw new Died();
  }
};

/** The keys of a BatchGetItem, as its answer gives them back. */
const asked = (input: object): object => {
  const { RequestItems } = input as BatchGetItemCommandInput;
  return Object.fromEntries(
    Object.entries(RequestItems ?? {}).map(([name, { Keys = [] }]) => [
      name,
      { Keys: Keys.map((key) => unmarshall(key)) },
    ]),
  );
};

const named = (name: string, more: object) => Object.assign(new Error(name), { name, ...more });
const outage = () => named('InternalServerError', { $fault: 'server', $metadata: { httpStatusCode: 500 } });
const timeout = () => named('TimeoutError', { $metadata: {} });
const cancelled = (Code: string) =>
  new TransactionCanceledException({ message: Code, $metadata: {}, CancellationReasons: [{ Code }] });
const throttle = (command: string) =>
  command === 'TransactWriteItems'
    ? cancelled('ThrottlingError')
    : named('ThrottlingException', { $fault: 'client', $metadata: { httpStatusCode: 400 } });

/** Real clients, of which one call can be made to meet a fault. */
export interface Disturbable {
  documents: DynamoDBDocumentClient;
  directory: Directory;
  /** Runs something that makes its calls one after another; the calls that it made, `BatchGetItem`, in order. */
  during(run: () => Promise<void>, met?: { call: number; fault: Fault }): Promise<string[]>;
}

export const disturbable = ({ endpoints: { dynamodb, cognito } }: TestStack, maxAttempts: number): Disturbable => {
  let met: { call: number; fault: Fault } | undefined;
  let calls: string[] = [];
  let attempts = 0;
  let dead = false;
  /** The number of each call by its context, because calls can be made at the same time. */
  const numbers = new WeakMap<object, number>();
  const attempt = async (call: number, input: object, send: () => Promise<unknown>): Promise<unknown> => {
    if (dead) throw new Died();
    if (!met || !(met.fault === 'conflicts, for ever' ? call >= met.call : call === met.call)) return send();
    dead = met.fault.startsWith('dies');
    attempts += 1;
    return disturb(met.fault, calls[call - 1] ?? '', attempts === 1, { input, send });
  };

  const client = new DynamoDBClient({ ...localAws, endpoint: dynamodb.endpoint, maxAttempts });
  const people = new CognitoIdentityProviderClient({ ...localAws, endpoint: cognito.endpoint, maxAttempts });
  for (const { middlewareStack } of [client, people] as DynamoDBClient[]) {
    middlewareStack.add(
      (next, context) => (request) => {
        numbers.set(context, calls.push((context.commandName ?? '').replace(/Command$/, '')));
        return next(request);
      },
      { step: 'initialize', priority: 'high' },
    );
    middlewareStack.add(
      (next, context) => async (request) =>
        (await attempt(numbers.get(context) ?? 0, request.input, () => next(request))) as Awaited<
          ReturnType<typeof next>
        >,
      { step: 'deserialize', priority: 'high' },
    );
  }
  return {
    documents: documentClient(client),
    directory: cognitoDirectory(people, cognito.userPoolId),
    during: async (run, disturbance) => {
      [met, calls, attempts, dead] = [disturbance, [], 0, false];
      try {
        await run();
        return calls;
      } finally {
        [met, dead] = [undefined, false];
      }
    },
  };
};
