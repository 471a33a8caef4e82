/**
 * Records the requests that a run sends to DynamoDB, and sends the same requests again without the code that made them. The
 * table they are sent to again holds the same items, so the engine does the same work.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
  type BatchGetCommandInput,
  type DynamoDBDocumentClient,
  type GetCommandInput,
  type QueryCommandInput,
  type TransactWriteCommandInput,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';

/** A request to DynamoDB, by the name of its low-level command. */
type Request =
  | { name: 'GetItemCommand'; input: GetCommandInput }
  | { name: 'BatchGetItemCommand'; input: BatchGetCommandInput }
  | { name: 'QueryCommand'; input: QueryCommandInput }
  | { name: 'TransactWriteItemsCommand'; input: TransactWriteCommandInput }
  | { name: 'UpdateItemCommand'; input: UpdateCommandInput };

export type Call = Request & {
  /** The number of earlier calls of the same run that had been answered before this one was sent. */
  answeredBefore: number;
  answer?: Answer;
};

/** What a call was answered, as far as it is compared. */
export interface Answer {
  items: number;
  /** DynamoDB refused the transaction. */
  cancelled: boolean;
}

const runs = new AsyncLocalStorage<{ calls: Call[]; answered: number }>();

/** Records the calls of this client whenever they belong to a run of `record`. */
export const recordCalls = (client: DynamoDBDocumentClient): void =>
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (handed) => {
        const run = runs.getStore();
        if (!run) return next(handed);
        const request = { name: commandName, input: handed.input } as Request;
        const call: Call = { ...request, answeredBefore: run.answered };
        run.calls.push(call);
        try {
          const result = await next(handed);
          call.answer = answerOf(result.output);
          return result;
        } catch (error) {
          call.answer = refusalOf(error);
          throw error;
        } finally {
          run.answered += 1;
        }
      },
    { step: 'initialize', priority: 'high', name: 'recordCalls' },
  );

/** Runs something, and returns its calls in the order in which they were sent. */
export const record = async (run: () => Promise<void>): Promise<Call[]> => {
  const recording = { calls: [], answered: 0 };
  await runs.run(recording, run);
  return recording.calls;
};

/** The calls as they are sent again, to the table `to`. The names of both tables must have the same length. */
export const redirect = (calls: readonly Call[], from: string, to: string): Call[] => {
  if (from.length !== to.length) throw new Error('A name of another length changes the size of each request');
  return calls.map((call) => redirectCall(call, to));
};

const redirectCall = (call: Call, TableName: string): Call => {
  switch (call.name) {
    case 'BatchGetItemCommand': {
      const [keys = { Keys: [] }] = Object.values(call.input.RequestItems ?? {});
      return { ...call, input: { ...call.input, RequestItems: { [TableName]: keys } } };
    }
    case 'TransactWriteItemsCommand': {
      const TransactItems = call.input.TransactItems?.map((item) =>
        Object.fromEntries(Object.entries(item).map(([kind, write]) => [kind, { ...write, TableName }])),
      );
      // DynamoDB would not write again under the old token.
      return { ...call, input: { ...call.input, TransactItems, ClientRequestToken: randomUUID() } };
    }
    case 'GetItemCommand':
      return { ...call, input: { ...call.input, TableName } };
    case 'QueryCommand':
      return { ...call, input: { ...call.input, TableName } };
    case 'UpdateItemCommand':
      return { ...call, input: { ...call.input, TableName } };
  }
};

/** Sends calls again. Each one waits until as many have been answered as in the recorded run: just as many are under way. */
export const replay = async (client: DynamoDBDocumentClient, calls: readonly Call[]): Promise<Answer[]> => {
  const answers: Answer[] = [];
  const pending = new Set<Promise<void>>();
  let answered = 0;
  for (const [index, call] of calls.entries()) {
    while (answered < call.answeredBefore) await Promise.race(pending);
    const answering = send(client, call)
      .then((answer) => void (answers[index] = answer))
      .finally(() => {
        answered += 1;
        pending.delete(answering);
      });
    pending.add(answering);
  }
  await Promise.all(pending);
  return answers;
};

const send = (client: DynamoDBDocumentClient, call: Call): Promise<Answer> =>
  sendCommand(client, call).then(answerOf, refusalOf);

const sendCommand = (client: DynamoDBDocumentClient, { name, input }: Call): Promise<object> => {
  switch (name) {
    case 'GetItemCommand':
      return client.send(new GetCommand(input));
    case 'BatchGetItemCommand':
      return client.send(new BatchGetCommand(input));
    case 'QueryCommand':
      return client.send(new QueryCommand(input));
    case 'TransactWriteItemsCommand':
      return client.send(new TransactWriteCommand(input));
    case 'UpdateItemCommand':
      return client.send(new UpdateCommand(input));
  }
};

const answerOf = (output: object): Answer => {
  const { Item, Items = [], Responses = {} } = output as { Item?: object; Items?: object[]; Responses?: object };
  const found = Array.isArray(Responses) ? [] : Object.values(Responses as Record<string, object[]>).flat();
  return { items: (Item ? 1 : 0) + Items.length + found.length, cancelled: false };
};

const refusalOf = (error: unknown): Answer => {
  if (error instanceof TransactionCanceledException) return { items: 0, cancelled: true };
  throw error;
};

/** Whether calls that were sent again were answered like the recorded ones, which shows that the engine did the same work. */
export const sameAnswers = (calls: readonly Call[], answers: readonly Answer[]): boolean =>
  calls.length === answers.length &&
  calls.every(
    ({ answer }, index) => answer?.items === answers[index]?.items && answer?.cancelled === answers[index]?.cancelled,
  );
