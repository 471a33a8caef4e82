import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  type CreateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { arn } from './arn.ts';
import type { Template } from './template.ts';

/** The emulators accept any credentials. */
export const localAws = { region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

interface TableProperties {
  KeySchema: CreateTableCommandInput['KeySchema'];
  AttributeDefinitions: CreateTableCommandInput['AttributeDefinitions'];
  GlobalSecondaryIndexes: CreateTableCommandInput['GlobalSecondaryIndexes'];
  StreamSpecification: { StreamViewType: 'NEW_IMAGE' };
}

/** Creates the template's table unless it exists. Returns the ARN of its stream. */
export const createTable = async (template: Template, endpoint: string, tableName: string): Promise<string> => {
  const resource = template.single('AWS::DynamoDB::GlobalTable');
  const properties = resource.properties as unknown as TableProperties;
  const client = new DynamoDBClient({ endpoint, ...localAws });
  const existing = await client.send(new DescribeTableCommand({ TableName: tableName })).catch((error: unknown) => {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  });
  const table =
    existing?.Table ??
    (
      await client.send(
        new CreateTableCommand({
          TableName: tableName,
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: properties.KeySchema,
          AttributeDefinitions: properties.AttributeDefinitions,
          GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
            IndexName,
            KeySchema,
            Projection,
          })),
          StreamSpecification: { StreamEnabled: true, ...properties.StreamSpecification },
        }),
      )
    ).TableDescription;
  client.destroy();
  const streamArn = table?.LatestStreamArn ?? '';
  template.place(resource.id, {
    ref: tableName,
    attributes: { Arn: arn('dynamodb', `table/${tableName}`), StreamArn: streamArn },
  });
  return streamArn;
};
