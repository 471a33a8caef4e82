/** The tables of the benchmark, and what calls them. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '../../functions/adapters/services.ts';
import { localAws } from '../../infra/local/table.ts';
import { fill } from '../model/items.ts';
import { newWorld, type Engine } from '../model/world.ts';
import { meter } from '../support/measure.ts';
import { pipelineOn, type Pipeline } from './pipeline.ts';
import { recordCalls } from './recorded-calls.ts';

/** A table, and the pipeline whose requests to it are recorded. */
export interface Site {
  engine: Engine;
  tableName: string;
  pipeline: Pipeline;
  /** The read units of what a pipeline does, whose functions have read before what they keep in memory. */
  readUnitsOf(run: (pipeline: Pipeline) => Promise<unknown>): Promise<number>;
}

export interface Sites {
  /** For requests that change nothing. Their calls are sent again to the same table. */
  reading: Site;
  /** For requests that change the table. Their calls are sent again to its twin. */
  changing: Site;
  twin: string;
  /** Sends calls again. It runs none of our code. */
  bare: DynamoDBDocumentClient;
  /** Copies the table `changing`, so that its recorded calls do the same work on the twin. */
  fillTwin(): Promise<void>;
  close(): void;
}

export const openSites = async (engine: Engine): Promise<Sites> => {
  const openClient = () => new DynamoDBClient({ endpoint: engine.endpoint, ...localAws });
  const recorded = documentClient(openClient());
  // A client with the SDK's default settings.
  const bare = DynamoDBDocumentClient.from(openClient(), { marshallOptions: { removeUndefinedValues: true } });
  // Both, so that recording takes the same time on both sides.
  for (const client of [recorded, bare]) recordCalls(client);
  const openSite = async (): Promise<Site> => {
    const { tableName } = await newWorld(engine);
    // What one organization or source address may request is not what is measured.
    const environment = {
      ...engine.environment,
      tableName,
      inviteQuota: 1e9,
      inviteQuotaStart: 1e9,
      requestsPerSource: 1e9,
      fairUse: 1e9,
    };
    return {
      engine,
      tableName,
      pipeline: pipelineOn(environment, recorded),
      readUnitsOf: async (run) => {
        const { cost, measured, reset } = meter();
        const metered = pipelineOn(environment, recorded, measured);
        await run(metered);
        reset();
        await run(metered);
        return cost.readUnits;
      },
    };
  };
  const [reading, changing] = [await openSite(), await openSite()];
  const { tableName: twin } = await newWorld(engine);
  return {
    reading,
    changing,
    twin,
    bare,
    fillTwin: async () => {
      for await (const items of pagesOf(bare, changing.tableName)) await fill(engine, { tableName: twin }, items);
    },
    close: () => [recorded, bare].forEach((client) => client.destroy()),
  };
};

/** All items of a table, in pages. */
export async function* pagesOf(client: DynamoDBDocumentClient, TableName: string) {
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(new ScanCommand({ TableName, ExclusiveStartKey }));
    yield Items;
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey);
}
