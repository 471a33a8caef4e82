/**
 * Bulk requests against the same requests to the table without the application: the same reads and transactions, of the same
 * sizes, as many at once, through the same SDK. The raw requests are those that the operation has just sent, with the id of
 * another organization of the same length.
 */
import { randomUUID } from 'node:crypto';
import { BatchGetCommand, TransactWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { documentClient, requestServices } from '../../functions/adapters/services.ts';
import { inParallel } from '../../shared/api/in-parallel.ts';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import { parallelPartsMax } from '../../shared/limits.ts';
import type { Services } from '../../shared/ports.ts';
import { createOrganization } from '../../shared/organizations/create-organization.ts';
import { ingestResources } from '../../shared/resources/ingest-resources.ts';
import { ok } from '../../shared/result.ts';
import { ask, callerOf } from '../model/asking.ts';
import { fill, itemsOf } from '../model/items.ts';
import { personIdOf } from '../model/persons.ts';
import { newWorld, type Engine } from '../model/world.ts';
import { median, shuffled } from './figures.ts';
import { unlimitedBuckets } from '../support/unlimited-buckets.ts';

export interface BulkRow {
  operation: string;
  /** Milliseconds, medians. */
  call: number;
  raw: number;
  /** The median of the ratios of each round, so that a machine that is busy for a while does not tell. */
  ratio: number;
}

/** A bulk call against its raw requests. Source: issue 13, deliverable 4. */
export const bulkLimit = 1.4;

const warmUp = 3;

type Command = BatchGetCommand | TransactWriteCommand;

/** A client that also records the commands that every bulk call sends, not those that fill caches. */
const recording = (client: DynamoDBDocumentClient) => {
  const commands: Command[] = [];
  const send = (command: Parameters<DynamoDBDocumentClient['send']>[0]) => {
    if (command instanceof BatchGetCommand || command instanceof TransactWriteCommand) commands.push(command);
    return client.send(command);
  };
  return { commands, client: { send } as unknown as DynamoDBDocumentClient };
};

const timed = async (run: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await run();
  return performance.now() - begun;
};

/** The same commands for the other organization, as new objects: the SDK must marshal them again. */
const copied = (commands: readonly Command[], from: string, to: string): Command[] =>
  commands.map((command) => {
    const input = JSON.parse(JSON.stringify(command.input).replaceAll(from, to)) as never;
    return command instanceof BatchGetCommand
      ? new BatchGetCommand(input)
      : new TransactWriteCommand({ ...(input as TransactWriteCommand['input']), ClientRequestToken: randomUUID() });
  });

/** Sends the commands as the operation does: the caller's rights, all other reads, what comes before the parts, and the parts. */
const sendRaw = async (client: DynamoDBDocumentClient, commands: readonly Command[], before: number): Promise<void> => {
  const reads = commands.filter((command) => command instanceof BatchGetCommand);
  const writes = commands.filter((command) => command instanceof TransactWriteCommand);
  const [rights, ...others] = reads;
  if (rights) await client.send(rights);
  await Promise.all(others.map((command) => client.send(command)));
  for (const command of writes.slice(0, before)) await client.send(command);
  await inParallel(writes.slice(before), parallelPartsMax, async (command) => ok(await client.send(command)));
};

/** Measures both bulk operations in a table of their own. */
export const measureBulk = async (engine: Engine, rounds: number): Promise<BulkRow[]> => {
  const world = await newWorld(engine);
  const personId = personIdOf('mara@example.com');
  const input = { params: {}, query: {}, body: { name: 'Acme' } };
  const made = await ask(world, undefined, personId, createOrganization, input);
  if (!made.ok) throw new Error(made.error.code);
  const { id: organizationId, rootPoolId } = made.value;
  const rawId = organizationId.replace(/.{4}$/, '0RAW');
  const params = { organizationId };

  const copies = JSON.stringify(await itemsOf(engine, world)).replaceAll(organizationId, rawId);
  await fill(engine, world, JSON.parse(copies) as Record<string, unknown>[]);

  const client = documentClient(engine.client);
  const { commands, client: recorder } = recording(client);
  const environment = { ...engine.environment, tableName: world.tableName };
  const { clock, directory } = world.servicesFor(organizationId);
  const recorded = requestServices(environment, recorder)(organizationId);
  const services: Services = {
    ...recorded,
    clock,
    directory,
    buckets: unlimitedBuckets,
    settings: { ...recorded.settings, inviteQuota: 1e9, inviteQuotaStart: 1e9 },
  };
  const invite = () =>
    inviteUsers(services)(callerOf(personId), {
      params,
      query: {},
      body: {
        emails: Array.from({ length: 1_000 }, () => `${randomUUID()}@example.com`),
        roles: [{ role: 'member' }],
        dryRun: false,
      },
    });
  const ingest = () =>
    ingestResources(services)(callerOf(personId), {
      params,
      query: {},
      body: {
        items: Array.from({ length: 100 }, (_, index) => ({
          name: `Server ${index}`,
          type: 'vm',
          poolId: rootPoolId,
          tags: {},
        })),
      },
    });
  const measure = async (operation: string, run: typeof invite | typeof ingest, before: number): Promise<BulkRow> => {
    const turns: { call: number; raw: number }[] = [];
    let earlier: Command[] = [];
    const turn = { call: 0, raw: 0 };
    const takeTurn = {
      call: async () => {
        commands.length = 0;
        const result = await run();
        if (!result.ok) throw new Error(result.error.code);
      },
      raw: () => sendRaw(client, earlier, before),
    };
    await takeTurn.call();
    for (let round = -warmUp; round < rounds; round += 1) {
      // Each turn of the raw requests repeats the call of the turn before, so the order within a round is free.
      earlier = copied(commands, organizationId, rawId);
      for (const which of shuffled(['call', 'raw'] as const)) turn[which] = await timed(takeTurn[which]);
      if (round >= 0) turns.push({ ...turn });
    }
    return {
      operation,
      call: median(turns.map(({ call }) => call)),
      raw: median(turns.map(({ raw }) => raw)),
      ratio: median(turns.map(({ call, raw }) => call / raw)),
    };
  };
  return [await measure('invite 1,000 addresses', invite, 1), await measure('add 100 resources', ingest, 0)];
};
