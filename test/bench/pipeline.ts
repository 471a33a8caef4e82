/** The HTTP pipeline of the functions in this process, on a table of its own and with a user directory in memory. */
import { randomUUID } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { Environment } from '../../functions/adapters/environment.ts';
import { requestServices } from '../../functions/adapters/services.ts';
import { lambda } from '../../functions/http/lambda.ts';
import { acceptInvite } from '../../shared/invites/accept-invite.ts';
import { acceptanceRoutes } from '../../shared/invites/acceptance-routes.ts';
import { inviteRoutes } from '../../shared/invites/invite-routes.ts';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import { listInvites } from '../../shared/invites/list-invites.ts';
import { auditRoutes } from '../../shared/organizations/audit-routes.ts';
import { listAuditEvents } from '../../shared/organizations/list-audit-events.ts';
import type { Account, Directory, Services } from '../../shared/ports.ts';
import { removeUser } from '../../shared/handover/remove-user.ts';
import { ingestResources } from '../../shared/resources/ingest-resources.ts';
import { listResources } from '../../shared/resources/list-resources.ts';
import { resourceRoutes } from '../../shared/resources/resource-routes.ts';
import { changeRoles } from '../../shared/users/change-roles.ts';
import { getUser } from '../../shared/users/get-user.ts';
import { listUsers } from '../../shared/users/list-users.ts';
import { userRoutes } from '../../shared/users/user-routes.ts';
import { unlimitedBuckets } from '../support/unlimited-buckets.ts';

const routes = {
  listUsers: userRoutes.listUsers,
  getUser: userRoutes.getUser,
  changeRoles: userRoutes.changeRoles,
  removeUser: userRoutes.removeUser,
  inviteUsers: inviteRoutes.inviteUsers,
  listInvites: inviteRoutes.listInvites,
  acceptInvite: acceptanceRoutes.acceptInvite,
  listResources: resourceRoutes.listResources,
  ingestResources: resourceRoutes.ingestResources,
  listAuditEvents: auditRoutes.listAuditEvents,
};

const operations = {
  listUsers,
  getUser,
  changeRoles,
  removeUser,
  inviteUsers,
  listInvites,
  acceptInvite,
  listResources,
  ingestResources,
  listAuditEvents,
};

/** A request to the API. */
export interface ApiRequest {
  operation: keyof typeof routes;
  /** The `sub` of the caller's access token. Public routes need none. */
  personId?: string;
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: object;
}

/** Answers a request as the Lambda functions do. Throws unless it succeeds. Returns the body of the answer. */
export type Pipeline = (event: APIGatewayProxyEventV2) => Promise<string>;

/** `change` is applied to the table of each request. */
export const pipelineOn = (
  environment: Environment,
  documents: DynamoDBDocumentClient,
  change: (table: Services['table']) => Services['table'] = (table) => table,
): Pipeline => {
  const servicesFor = requestServices(environment, documents);
  const directory = memoryDirectory();
  const handler = lambda(routes, operations, { environment }, (organizationId) => {
    const services = servicesFor(organizationId);
    return { ...services, table: change(services.table), directory, buckets: unlimitedBuckets };
  });
  return async (event) => {
    const { statusCode = 500, body = '' } = await handler(event, context);
    if (statusCode >= 300) throw new Error(`${event.routeKey} was refused: ${statusCode} ${body}`);
    return body;
  };
};

/** Lambda would end a bulk call of which 16 share a processor. */
const timeLeft = 600_000;

const context = { awsRequestId: 'bench', getRemainingTimeInMillis: () => timeLeft } as Context;

/** The functions log a line for each request. The line is made, as on Lambda, but not printed. */
export const withoutLog = async <T>(run: () => Promise<T>): Promise<T> => {
  const { write } = process.stdout;
  process.stdout.write = () => true;
  try {
    return await run();
  } finally {
    process.stdout.write = write;
  }
};

/** The event of API Gateway for a request. */
export const eventOf = ({ operation, personId, params = {}, query = {}, body }: ApiRequest): APIGatewayProxyEventV2 => {
  const { method, path } = routes[operation];
  const requestId = randomUUID();
  const authorizer = personId === undefined ? {} : { jwt: { claims: { sub: personId, token_use: 'access' } } };
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? ''),
    rawQueryString: new URLSearchParams(query).toString(),
    headers: { 'content-type': 'application/json' },
    pathParameters: params,
    queryStringParameters: query,
    requestContext: { requestId, http: { method, sourceIp: '127.0.0.1' }, authorizer },
    ...(body && { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
};

/** A user directory that responds from memory. The people whom the benchmark writes to the table have accounts that can sign in. */
const memoryDirectory = (): Directory => {
  /** By the address and by the person. */
  const accounts = new Map<string, Account>();
  return {
    findByEmail: async (email) => accounts.get(email),
    findByPersonId: async (personId) =>
      accounts.get(personId) ?? { personId, email: '', emailVerified: false, enabled: true, temporary: false },
    findMachine: async () => undefined,
    create: async (given) => {
      const account = { ...given, personId: randomUUID(), emailVerified: true, enabled: true, temporary: true };
      accounts.set(account.email, account).set(account.personId, account);
      return account;
    },
    setPassword: async (personId) => {
      const account = accounts.get(personId);
      if (account) account.temporary = false;
      return 'set';
    },
    rename: async () => undefined,
    signOut: async () => undefined,
  };
};
