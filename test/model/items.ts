import { BatchWriteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '../../functions/adapters/services.ts';
import type { Engine, World } from './world.ts';

type Items = Record<string, unknown>[];

/** All that a small table holds. */
export const itemsOf = async ({ client }: Engine, { tableName }: World): Promise<Items> => {
  const { Items: items = [], LastEvaluatedKey } = await documentClient(client).send(
    new ScanCommand({ TableName: tableName }),
  );
  if (LastEvaluatedKey) throw new Error('A history begins with more than a page');
  return items;
};

/** DynamoDB's own: items a BatchWriteItem. */
const itemsPerWrite = 25;

/** Writes items as they are. No engine leaves any of them unprocessed. */
export const fill = async (
  { client }: Engine,
  { tableName }: Pick<World, 'tableName'>,
  items: Items,
): Promise<void> => {
  const documents = documentClient(client);
  const starts = Array.from({ length: Math.ceil(items.length / itemsPerWrite) }, (_, index) => index * itemsPerWrite);
  await Promise.all(
    starts.map((start) => {
      const some = items.slice(start, start + itemsPerWrite).map((Item) => ({ PutRequest: { Item } }));
      return documents.send(new BatchWriteCommand({ RequestItems: { [tableName]: some } }));
    }),
  );
};
