/** A function that reads one item, for tests of what a role lets it. */
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

export const handler = async (partition: string): Promise<string> => {
  try {
    await client.send(new GetItemCommand({ TableName: 'people', Key: { pk: { S: partition }, sk: { S: 'x' } } }));
    return 'answered';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
};
