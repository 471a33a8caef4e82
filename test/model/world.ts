import { DeleteTableCommand, DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { readEnvironment, type Environment } from '../../functions/adapters/environment.ts';
import { documentClient, requestServices, workServices } from '../../functions/adapters/services.ts';
import { createTable, localAws } from '../../infra/local/table.ts';
import { Template } from '../../infra/local/template.ts';
import type { Mail, Services, WorkServices } from '../../shared/ports.ts';
import { clockAt } from '../support/clock.ts';
import { Persons } from './persons.ts';
import { unlimitedBuckets } from '../support/unlimited-buckets.ts';

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
  /** The user directory. */
  persons: Persons;
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
  const clock = clockAt(() => new Date(now).toISOString());
  const mails: Mail[] = [];
  let signedOut: string[] = [];
  const persons = new Persons();
  const doubles = { clock, directory: persons.directory((personId) => signedOut.push(personId)) };
  const environment = { ...engine.environment, tableName, fairUse: 1e9 };
  const documents = documentClient(client);
  const servicesFor = requestServices(environment, documents);
  return {
    tableName,
    servicesFor: (organizationId) => ({ ...servicesFor(organizationId), ...doubles, buckets: unlimitedBuckets }),
    work: {
      ...workServices(environment, documents)({ runId: 'model', timeLeft: () => 60_000 }),
      ...doubles,
      mailer: {
        send: async (mail) => {
          mails.push(mail);
          return { kind: 'sent', messageId: String(mails.length) };
        },
        rate: async () => 1_000,
        quotaUsed: () => undefined,
      },
    },
    advance: (duration) => void (now += duration),
    mails,
    persons,
    takeSignedOut: () => {
      const taken = signedOut;
      signedOut = [];
      return taken;
    },
  };
};

export const endWorld = async ({ client }: Engine, { tableName }: Pick<World, 'tableName'>): Promise<void> =>
  void (await client.send(new DeleteTableCommand({ TableName: tableName })));
