import { DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { localAws } from '../../infra/local/table.ts';
import type { TestStack } from './stack.ts';

/** For tests that write much and wake nobody: the engine gets slower with every record of a stream. From then on nothing settles. */
export const stopStream = async ({ endpoints: { dynamodb } }: TestStack): Promise<void> => {
  const client = new DynamoDBClient({ endpoint: dynamodb.endpoint, ...localAws });
  await client.send(
    new UpdateTableCommand({ TableName: dynamodb.tableName, StreamSpecification: { StreamEnabled: false } }),
  );
  client.destroy();
};
