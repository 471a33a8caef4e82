import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startDynamoDb, type EngineName } from '../../infra/local/dynamodb-engine.ts';
import { freePort } from '../../infra/local/network.ts';
import { synthesizeLocal } from '../../infra/local/synthesize.ts';
import { findChromium } from './chromium.ts';
import { requireAllUsed } from './role-records.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The synthesized app of the `local` stage. */
    assembly: string;
    dynamoDbEndpoint: string;
    dynamoDbEngine: EngineName;
    /** Where each test file leaves what functions used of their roles. */
    roleRecords: string;
  }
}

/** Once a run: the app synthesized and bundled, and a DynamoDB engine. `DYNAMODB_ENGINE` chooses which. At its end no role allows what nobody used. */
export default async (project: TestProject) => {
  const { provide } = project;
  const directory = await mkdtemp(path.join(tmpdir(), 'roster-tests-'));
  // Once, and before anything else: the first time it is unpacked, for which the directory for temporary files is another.
  await findChromium();
  const wanted = process.env.DYNAMODB_ENGINE as EngineName | undefined;
  const [engine, assembly] = await Promise.all([
    startDynamoDb({ port: await freePort(), ...(wanted && { engine: wanted }) }),
    synthesizeLocal(directory),
  ]);
  const roleRecords = path.join(directory, 'roles');
  await mkdir(roleRecords);
  provide('roleRecords', roleRecords);
  provide('assembly', assembly);
  provide('dynamoDbEndpoint', engine.endpoint);
  provide('dynamoDbEngine', engine.name);
  return async () => {
    await engine.stop();
    try {
      await requireAllUsed(project, roleRecords);
    } finally {
      await rm(directory, { recursive: true });
    }
  };
};
