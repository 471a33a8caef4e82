import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Services, WorkServices } from '../../shared/ports.ts';
import { partitions } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import { admittedMembers } from './admitted-members.ts';
import { cognitoDirectory } from './cognito-directory.ts';
import { countedTable } from './counted-table.ts';
import { dynamoTable } from './dynamo-table.ts';
import type { Environment } from './environment.ts';
import { poolTreeCache } from './pool-tree-cache.ts';
import { sesMailer } from './ses-mailer.ts';
import { tableBuckets } from './table-buckets.ts';
import { systemClock, systemIds, systemSecrets } from './system.ts';

export type ServicesFor = (organizationId: string | undefined) => Services;

/** The clients and caches that all requests share. Created once, at cold start. */
const shared = (environment: Environment, documents = documentClient()) => {
  const table = (...roots: string[]): Table => countedTable(dynamoTable(documents, environment.tableName, roots));
  return {
    table,
    tenantTable: table,
    personTable: (personId: string, ...organizationIds: string[]) =>
      table(partitions.person(personId), ...organizationIds),
    ...poolTreeCache(),
    admitted: admittedMembers(),
    buckets: tableBuckets(table, environment.fairUse),
    clock: systemClock,
    ids: systemIds,
    secrets: systemSecrets,
    directory: cognitoDirectory(new CognitoIdentityProviderClient({}), environment.userPoolId),
    settings: {
      baseUrl: environment.baseUrl,
      inviteSubject: environment.inviteSubject,
      inviteQuota: environment.inviteQuota,
      inviteQuotaStart: environment.inviteQuotaStart,
      requestsPerSource: environment.requestsPerSource,
      sendFence: environment.sendFence,
    },
  };
};

export const documentClient = (client = new DynamoDBClient({})): DynamoDBDocumentClient => {
  // This middleware prepares the input and output of every call for logging, although no logger is set. That took 3 to 5 % of the
  // time of a request.
  client.middlewareStack.remove('loggerMiddleware');
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
};

/** Services for requests. Without an organization, the table can reach no partition of a tenant. */
export const requestServices = (environment: Environment, documents?: DynamoDBDocumentClient): ServicesFor => {
  const { table, ...common } = shared(environment, documents);
  return (organizationId) => ({ ...common, table: organizationId === undefined ? table() : table(organizationId) });
};

/** Services for the worker. */
export const workServices = (environment: Environment, documents?: DynamoDBDocumentClient) => {
  const { table, ...common } = shared(environment, documents);
  const mailer = sesMailer(
    // Sends are not retried, so never reuse a keep-alive connection that may have gone stale while Lambda was frozen.
    new SESv2Client({
      maxAttempts: 1,
      requestHandler: { httpAgent: { keepAlive: false }, httpsAgent: { keepAlive: false } },
    }),
    environment.mailSender,
    environment.mailConfigurationSet,
    systemClock,
  );
  return (run: Pick<WorkServices, 'runId' | 'timeLeft'>): WorkServices => ({
    ...common,
    ...run,
    mailer,
    workTable: table(partitions.work, partitions.due),
  });
};
