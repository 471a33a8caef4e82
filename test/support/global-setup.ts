import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startDynamoDb, type EngineName } from '../../infra/local/dynamodb-engine.ts';
import { freePort } from '../../infra/local/network.ts';
import { synthesizeLocal } from '../../infra/local/synthesize.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The synthesized app of the `local` stage. */
    assembly: string;
    dynamoDbEndpoint: string;
    dynamoDbEngine: EngineName;
  }
}

/** Once a run: the app synthesized and bundled, and a DynamoDB engine. `DYNAMODB_ENGINE` chooses which. */
export default async ({ provide }: TestProject) => {
  const directory = await mkdtemp(path.join(tmpdir(), 'roster-tests-'));
  const wanted = process.env.DYNAMODB_ENGINE as EngineName | undefined;
  const [engine, assembly] = await Promise.all([
    startDynamoDb({ port: await freePort(), ...(wanted && { engine: wanted }) }),
    synthesizeLocal(directory),
  ]);
  provide('assembly', assembly);
  provide('dynamoDbEndpoint', engine.endpoint);
  provide('dynamoDbEngine', engine.name);
  return async () => {
    await engine.stop();
    await rm(directory, { recursive: true });
  };
};
