import { isDeepStrictEqual } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { localAws } from '../../infra/local/table.ts';
import type { Item } from '../../shared/table/write.ts';
import type { TestStack } from './stack.ts';

/**
 * Every item of the table, by its key: to see what a call changed, or that it changed nothing. Token buckets are left out, because
 * every costly call changes them, whatever becomes of it.
 */
export const everyItem = async (stack: TestStack): Promise<Record<string, Item>> => {
  const { endpoint, tableName } = stack.endpoints.dynamodb;
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, ...localAws }));
  const items: Record<string, Item> = {};
  let position: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({ TableName: tableName, ConsistentRead: true, ExclusiveStartKey: position }),
    );
    for (const item of Items as Item[]) if (item.sk !== 'bucket') items[`${item.pk} ${item.sk}`] = item;
    position = LastEvaluatedKey;
  } while (position);
  client.destroy();
  return items;
};

/** Keys of the items that differ. */
export const changesOf = (before: Record<string, Item>, after: Record<string, Item>): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => !isDeepStrictEqual(before[key], after[key]))
    .toSorted();
