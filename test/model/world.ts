import { DeleteTableCommand, DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { readEnvironment, type Environment } from '../../functions/adapters/environment.ts';
import { documentClient, requestServices, workServices } from '../../functions/adapters/services.ts';
import { findActor } from '../../functions/http/actor.ts';
import { createTable, localAws } from '../../infra/local/table.ts';
import { Template } from '../../infra/local/template.ts';
import type { Member } from '../../shared/actor.ts';
import type { Access, ActorOf, Input, Operation, Output, Route } from '../../shared/api/route.ts';
import type { Clock, Mail, Services, WorkServices } from '../../shared/ports.ts';
import { err, type Result } from '../../shared/result.ts';
import { everybody } from './persons.ts';

/** Where tables are made, of the schema that is deployed. */
export interface Engine {
  client: DynamoDBClient;
  endpoint: string;
  template: Template;
  environment: Environment;
}

/** `assembly`: the synthesized app. Close the client when done. */
export const openEngine = async (endpoint: string, assembly: string): Promise<Engine> => {
  const template = await Template.read(assembly);
  for (const { properties } of template.ofType('AWS::Lambda::Function'))
    Object.assign(process.env, (properties.Environment as { Variables: object }).Variables);
  process.env.BASE_URL = 'http://roster.example';
  return {
    client: new DynamoDBClient({ endpoint, ...localAws }),
    endpoint,
    template,
    environment: readEnvironment(),
  };
};

/** The application around one table: its operations, its worker, its clock, and what left it. */
export interface World {
  tableName: string;
  servicesFor: (organizationId: string | undefined) => Services;
  work: WorkServices;
  /** Milliseconds. */
  advance(duration: number): void;
  /** All that were sent, oldest first. */
  mails: Mail[];
  /** Persons whose sessions were ended, since last asked. */
  takeSignedOut(): string[];
}

const beginning = Date.parse('2026-11-24T06:00:00.000Z');

let tables = 0;

/** A table of its own, without a stream: the engine gets slower with every record of one, and nobody reads it here. */
export const newWorld = async ({ client, endpoint, template, ...engine }: Engine): Promise<World> => {
  const tableName = `model-${process.pid}-${(tables += 1)}`;
  await createTable(template, endpoint, tableName);
  await client.send(new UpdateTableCommand({ TableName: tableName, StreamSpecification: { StreamEnabled: false } }));

  let now = beginning;
  const clock: Clock = { now: () => new Date(now).toISOString(), wait: async () => undefined };
  const mails: Mail[] = [];
  let signedOut: string[] = [];
  const doubles = { clock, directory: everybody((personId) => signedOut.push(personId)) };
  const environment = { ...engine.environment, tableName };
  const documents = documentClient(client);
  const servicesFor = requestServices(environment, documents);
  return {
    tableName,
    servicesFor: (organizationId) => ({ ...servicesFor(organizationId), ...doubles }),
    work: {
      ...workServices(environment, documents)({ runId: 'model', timeLeft: () => 60_000 }),
      ...doubles,
      mailer: {
        send: async (mail) => {
          mails.push(mail);
          return { kind: 'sent', messageId: String(mails.length) };
        },
        rate: async () => 1_000,
      },
    },
    advance: (duration) => void (now += duration),
    mails,
    takeSignedOut: () => {
      const taken = signedOut;
      signedOut = [];
      return taken;
    },
  };
};

export const endWorld = async ({ client }: Engine, { tableName }: World): Promise<void> =>
  void (await client.send(new DeleteTableCommand({ TableName: tableName })));

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

export const fill = async ({ client }: Engine, { tableName }: World, items: Items): Promise<void> => {
  const documents = documentClient(client);
  const starts = Array.from({ length: Math.ceil(items.length / itemsPerWrite) }, (_, index) => index * itemsPerWrite);
  await Promise.all(
    starts.map((start) => {
      const some = items.slice(start, start + itemsPerWrite).map((Item) => ({ PutRequest: { Item } }));
      return documents.send(new BatchWriteCommand({ RequestItems: { [tableName]: some } }));
    }),
  );
};

/** A request as the pipeline makes it of a token: who asks is read from the table, and refused there where it may never. */
export const ask = async <R extends Route>(
  world: World,
  organizationId: string | undefined,
  { personId, access }: { personId: string; access: R['access'] },
  operation: Operation<R>,
  input: Input<R>,
): Promise<Result<Output<R>>> => {
  const services = world.servicesFor(organizationId);
  const actor = await findActor(access, eventOf(personId), 'model', services, organizationId);
  return actor.ok ? operation(services)(actor.value as ActorOf<R>, input) : err(actor.error);
};

/** Somebody who reads, by the rights of this moment. */
export const readerOf = async (world: World, organizationId: string, personId: string): Promise<Member> => {
  const access: Access = 'read';
  const services = world.servicesFor(organizationId);
  const actor = await findActor(access, eventOf(personId), 'model', services, organizationId);
  if (!actor.ok) throw new Error(`${personId} cannot read: ${actor.error.code}`);
  return actor.value as Member;
};

const eventOf = (personId: string): APIGatewayProxyEventV2 =>
  ({
    requestContext: { authorizer: { jwt: { claims: { token_use: 'access', sub: personId } } } },
  }) as unknown as APIGatewayProxyEventV2;
