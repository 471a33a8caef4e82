import { setTimeout } from 'node:timers/promises';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ScanCommand,
  type AttributeValue,
  type DynamoDBClient,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { dynamodbBatchGetKeysMax, dynamodbBatchWriteItemsMax } from '../../shared/limits.ts';

type Item = Record<string, AttributeValue>;

/** Milliseconds until throttled items are requested again. */
const pause = 200;

export interface Copied {
  /** Items written from the restored table. */
  written: number;
  /** Items that were created after the point in time, and are deleted. */
  erased: number;
}

/** Makes one table equal to another, item by item. Nothing else may write to it meanwhile. After a failure, it can be repeated. */
export const copyBack = async (client: DynamoDBClient, from: string, into: string): Promise<Copied> => {
  const copied: Copied = { written: 0, erased: 0 };
  for await (const items of scan(client, into)) {
    const keys = items.map(keyOf);
    const kept = new Set((await readAll(client, from, keys)).map((item) => idOf(item)));
    const gone = keys.filter((key) => !kept.has(idOf(key)));
    await writeAll(
      client,
      into,
      gone.map((Key) => ({ DeleteRequest: { Key } })),
    );
    copied.erased += gone.length;
  }
  for await (const items of scan(client, from)) {
    await writeAll(
      client,
      into,
      items.map((Item) => ({ PutRequest: { Item } })),
    );
    copied.written += items.length;
  }
  return copied;
};

const keyOf = ({ pk, sk }: Item): Item => ({ pk, sk }) as Item;
const idOf = ({ pk, sk }: Item): string => JSON.stringify([pk?.S, sk?.S]);

const pieces = <T>(all: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));

const scan = async function* (client: DynamoDBClient, table: string): AsyncGenerator<Item[]> {
  let position: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ExclusiveStartKey: position }),
    );
    yield Items;
    position = LastEvaluatedKey;
  } while (position);
};

const readAll = async (client: DynamoDBClient, table: string, keys: Item[]): Promise<Item[]> => {
  const found: Item[] = [];
  for (const piece of pieces(keys, dynamodbBatchGetKeysMax)) {
    let wanted = piece;
    while (wanted.length > 0) {
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys: wanted, ConsistentRead: true } } }),
      );
      found.push(...(Responses?.[table] ?? []));
      wanted = UnprocessedKeys?.[table]?.Keys ?? [];
      if (wanted.length > 0) await setTimeout(pause);
    }
  }
  return found;
};

const writeAll = async (client: DynamoDBClient, table: string, requests: WriteRequest[]): Promise<void> => {
  for (const piece of pieces(requests, dynamodbBatchWriteItemsMax)) {
    let wanted = piece;
    while (wanted.length > 0) {
      const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: wanted } }));
      wanted = UnprocessedItems?.[table] ?? [];
      if (wanted.length > 0) await setTimeout(pause);
    }
  }
};
