import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
  type CancellationReason,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { Unavailable } from '../../shared/errors.ts';
import { dynamodbBatchGetKeysMax, transactionAttemptsMax, transactionPauseMilliseconds } from '../../shared/limits.ts';
import { holds } from '../../shared/table/condition.ts';
import { tableSchema } from '../../shared/table/schema.ts';
import type { Lost, Pausing, Query, Table, TransactResult } from '../../shared/table/table.ts';
import { keyId, mergeWrites, type Item, type Key, type Write } from '../../shared/table/write.ts';
import { compareUtf8 } from '../../shared/text.ts';
import { asMaps } from './as-maps.ts';
import { Placeholders, conditionExpression, updateExpression } from './expressions.ts';

/**
 * The table, restricted to the partitions of the given roots: organization ids and platform partitions. Any other key
 * throws before a request is sent, so that no operation can reach the data of another tenant.
 */
export const dynamoTable = (
  client: DynamoDBDocumentClient,
  tableName: string,
  roots: readonly string[],
  schema = tableSchema,
): Table => {
  const guarded = (pk: string): void => {
    if (!roots.some((root) => pk === root || pk.startsWith(`${root}#`)))
      throw new Error(`A key of another tenant was refused: ${pk.split('#', 1)[0]}`);
  };

  const getEach: Table['getEach'] = (keys) => {
    for (const { pk } of keys) guarded(pk);
    const wanted = new Map(keys.map(({ pk, sk }) => [keyId({ pk, sk }), pendingItem({ pk, sk })]));
    const all = [...wanted.values()];
    for (let start = 0; start < all.length; start += dynamodbBatchGetKeysMax)
      void batchGet(client, tableName, all.slice(start, start + dynamodbBatchGetKeysMax));
    return keys.map((key) => wanted.get(keyId(key))?.promise ?? Promise.resolve(undefined));
  };

  return {
    async get(key) {
      guarded(key.pk);
      const { Item: item } = await reach(() =>
        client.send(new GetCommand({ TableName: tableName, Key: { pk: key.pk, sk: key.sk }, ConsistentRead: true })),
      );
      return item as Item | undefined;
    },

    getEach,

    async batchGet(keys) {
      return Promise.all(getEach(keys));
    },

    async query(query) {
      guarded(query.pk);
      const { after, prefix = '', descending = false } = query;
      if (after !== undefined && !after.startsWith(prefix)) return { items: [] };
      // Only a forged cursor lies past the prefix. DynamoDB would reject the range, which ends before it begins.
      if (after !== undefined && !descending && isPast(after, prefix)) return { items: [] };
      const { Items = [], LastEvaluatedKey } = await reach(() =>
        client.send(new QueryCommand({ TableName: tableName, ...queryInput(query, schema) })),
      );
      const items = Items.slice(0, query.limit) as Item[];
      const last = items.at(-1)?.[keyAttributes(query, schema).sk];
      const more = Items.length > query.limit || LastEvaluatedKey !== undefined;
      return { items, ...(more && typeof last === 'string' && { next: last }) };
    },

    async count(query) {
      guarded(query.pk);
      const { Limit: _, ...input } = queryInput({ ...query, limit: 0 }, schema);
      const { Count = 0, LastEvaluatedKey } = await reach(() =>
        client.send(new QueryCommand({ TableName: tableName, ...input, Select: 'COUNT' })),
      );
      const last: unknown = LastEvaluatedKey?.[keyAttributes({ ...query, limit: 0 }, schema).sk];
      return { count: Count, ...(typeof last === 'string' && { next: last }) };
    },

    async transact(writes, pausing) {
      const merged = mergeWrites(writes);
      for (const { key } of merged) guarded(key.pk);
      return persist(merged, () => tryTransaction(client, tableName, merged), pausing);
    },

    async update(write) {
      guarded(write.key.pk);
      return persist([write], () => tryUpdate(client, tableName, write));
    },
  };
};

/** Tries to write until the guards decide. Conflicts with other transactions are tried again, up to `transactionAttemptsMax` times. */
const persist = async <F>(
  writes: Write<F>[],
  attemptWrites: () => Promise<CancellationReason[] | undefined>,
  pausing: Pausing = (wait) => wait(),
): Promise<TransactResult<F>> => {
  for (let attempt = 1; ; attempt += 1) {
    const reasons = await reach(attemptWrites);
    if (!reasons) return { ok: true };
    const fault = reasons.find(({ Code }) => Code === 'ValidationError');
    if (fault) throw new Error(`DynamoDB refuses the item: ${fault.Message}`);
    const lost = writes.flatMap((write, index) => lostGuards(write, reasons[index]));
    const [first] = lost;
    if (first) return { ok: false, error: first.failure, lost };
    if (attempt === transactionAttemptsMax)
      throw new Unavailable('The table', new Error(JSON.stringify(reasons.map(({ Code }) => Code))));
    await pausing(() => setTimeout(pause(attempt)));
  }
};

/** The pause before the next attempt in milliseconds: exponential backoff with full jitter. */
const pause = (attempt: number): number => Math.random() * transactionPauseMilliseconds * 2 ** attempt;

interface PendingItem extends PromiseWithResolvers<Item | undefined> {
  key: Key;
}

const pendingItem = (key: Key): PendingItem => {
  const pending = { key, ...Promise.withResolvers<Item | undefined>() };
  // The caller may not await this promise, and an unhandled rejection would end the process.
  pending.promise.catch(() => undefined);
  return pending;
};

/** Resolves each item as soon as a response contains it, and requests the keys that DynamoDB left unprocessed again. */
const batchGet = async (client: DynamoDBDocumentClient, tableName: string, items: PendingItem[]): Promise<void> => {
  let wanted = new Map(items.map((item) => [keyId(item.key), item]));
  try {
    for (let attempt = 1; wanted.size > 0; attempt += 1) {
      if (attempt > 1) await setTimeout(pause(attempt));
      if (attempt > transactionAttemptsMax) throw new Unavailable('The table', new Error('Keys stay unprocessed'));
      const Keys = [...wanted.values()].map(({ key: { pk, sk } }) => ({ pk, sk }));
      const { Responses, UnprocessedKeys } = await reach(() =>
        client.send(new BatchGetCommand({ RequestItems: { [tableName]: { Keys, ConsistentRead: true } } })),
      );
      for (const item of (Responses?.[tableName] ?? []) as Item[]) wanted.get(keyId(item))?.resolve(item);
      const left = new Set((UnprocessedKeys?.[tableName]?.Keys ?? []).map((key) => keyId(key as unknown as Key)));
      // The remaining items do not exist. The items found above keep their value, because a promise resolves only once.
      for (const [id, { resolve }] of wanted) if (!left.has(id)) resolve(undefined);
      wanted = new Map([...wanted].filter(([id]) => left.has(id)));
    }
  } catch (error) {
    for (const { reject } of wanted.values()) reject(error);
  }
};

/** A prefix followed by this character sorts after every text with the prefix, and before every greater text without it. */
const last = '\u{10FFFF}';

/** Sorts after the text itself, and before every key that continues the text. */
const beyond = (text: string): string => `${text}\u0001`;

const isPast = (position: string, prefix: string): boolean => compareUtf8(beyond(position), prefix + last) > 0;

const keyAttributes = ({ index }: Query, schema: typeof tableSchema) => (index ? schema.indexes[index] : schema);

const queryInput = (query: Query, schema: typeof tableSchema) => {
  const { index, pk, prefix = '', through, after, descending = false, limit } = query;
  const placeholders = new Placeholders();
  const attributes = keyAttributes(query, schema);
  const partition = `${placeholders.name(attributes.pk)} = ${placeholders.value(pk)}`;
  const position = placeholders.name(attributes.sk);
  const between = (low: string, high: string) =>
    `${position} BETWEEN ${placeholders.value(low)} AND ${placeholders.value(high)}`;
  const range = descending
    ? after !== undefined && `${position} < ${placeholders.value(after)}`
    : through !== undefined
      ? `${position} <= ${placeholders.value(through)}`
      : // No sort key continues another one with a control character, so a range from `beyond(after)` skips no item.
        (prefix || after !== undefined) && between(after === undefined ? prefix : beyond(after), prefix + last);
  if (!range) delete placeholders.names[position];
  return {
    KeyConditionExpression: range ? `${partition} AND ${range}` : partition,
    ...placeholders.parameters(),
    ...(index ? { IndexName: index } : { ConsistentRead: true }),
    ScanIndexForward: !descending,
    // The additional item reveals whether there is a next page.
    Limit: limit + 1,
  };
};

/** Returns undefined if the transaction succeeded, and otherwise the reason why each write was refused. */
const tryTransaction = async <F>(
  client: DynamoDBDocumentClient,
  tableName: string,
  writes: Write<F>[],
): Promise<CancellationReason[] | undefined> => {
  if (writes.length === 0) return undefined;
  try {
    await client.send(
      new TransactWriteCommand({
        TransactItems: writes.map((write) => transactItem(tableName, write)),
        // Makes retries of the SDK idempotent: if a response is lost, the repeated request does not write again.
        ClientRequestToken: randomUUID(),
      }),
    );
    return undefined;
  } catch (error) {
    if (error instanceof TransactionCanceledException) return error.CancellationReasons ?? [];
    throw error;
  }
};

/** Returns undefined if the update succeeded, and otherwise the reason why it was refused, as a transaction would give it. */
const tryUpdate = async <F>(
  client: DynamoDBDocumentClient,
  tableName: string,
  write: Write<F>,
): Promise<CancellationReason[] | undefined> => {
  const { Update } = transactItem(tableName, write);
  if (!Update) throw new Error(`Not an update: ${write.key.pk}`);
  try {
    await client.send(new UpdateCommand({ ...Update, Key: write.key }));
    return undefined;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException)
      return [{ Code: 'ConditionalCheckFailed', ...(error.Item && { Item: error.Item }) }];
    if (error instanceof TransactionConflictException) return [{ Code: 'TransactionConflict' }];
    throw error;
  }
};

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

const transactItem = <F>(TableName: string, { key, effect, guards }: Write<F>): TransactItem => {
  const placeholders = new Placeholders();
  const update = effect.kind === 'update' ? updateExpression(effect.changes, placeholders) : '';
  const condition = guards.map(({ when }) => `(${conditionExpression(when, placeholders)})`).join(' AND ');
  const parameters = {
    TableName,
    ...(condition && { ConditionExpression: condition, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const }),
    ...placeholders.parameters(),
  };
  switch (effect.kind) {
    case 'put':
      return { Put: { ...parameters, Item: attributesAsMaps(effect.item) } };
    case 'update':
      return { Update: { ...parameters, Key: key, UpdateExpression: update } };
    case 'delete':
      return { Delete: { ...parameters, Key: key } };
    case 'none':
      return { ConditionCheck: { ...parameters, Key: key, ConditionExpression: condition } };
  }
};

const attributesAsMaps = (item: Item): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, asMaps(value)]));

const lostGuards = <F>({ guards }: Write<F>, reason: CancellationReason | undefined): Lost<F>[] => {
  if (reason?.Code !== 'ConditionalCheckFailed') return [];
  const old = reason.Item && (unmarshall(reason.Item) as Item);
  const failed = guards.filter(({ when }) => !holds(when, old));
  return (failed.length > 0 ? failed : guards).map(({ otherwise }) => ({ failure: otherwise, ...(old && { old }) }));
};

const passing = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'InternalServerError',
  'ServiceUnavailable',
  'TransactionInProgressException',
  'TimeoutError',
]);

/** Throws `Unavailable` for transient errors that outlast the SDK's own retries. All other errors are bugs and pass unchanged. */
const reach = async <T>(send: () => Promise<T>): Promise<T> => {
  try {
    return await send();
  } catch (error) {
    if (error instanceof Error && (passing.has(error.name) || 'errno' in error || '$responseless' in error))
      throw new Unavailable('The table', error);
    throw error;
  }
};
