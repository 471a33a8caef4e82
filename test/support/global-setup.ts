import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startDynamoDb, type EngineName } from '../../infra/local/dynamodb-engine.ts';
import { useScratchFolder } from '../../infra/local/scratch-folder.ts';
import { synthesizeLocal } from '../../infra/local/synthesize.ts';
import { findChromium } from './chromium.ts';
import { requireAllUsed } from './role-records.ts';
import { step } from './step.ts';

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
export default async ({ provide, vitest }: TestProject) => {
  // The workers are started later: they inherit it for their temporary files.
  const directory = useScratchFolder();
  // Once, and before anything else: the first time it is unpacked, for which the directory for temporary files is another.
  await step('Unpacking Chromium', findChromium);
  const wanted = process.env.DYNAMODB_ENGINE as EngineName | undefined;
  // One after the other: synthesizing occupies this process, which could not see meanwhile that the engine has started.
  const engine = await step('Starting the DynamoDB engine', () => startDynamoDb(wanted && { engine: wanted }));
  const assembly = await step('Synthesizing the stage local', () => synthesizeLocal(directory));
  const roleRecords = path.join(directory, 'roles');
  await mkdir(roleRecords);
  provide('roleRecords', roleRecords);
  provide('assembly', assembly);
  provide('dynamoDbEndpoint', engine.endpoint);
  provide('dynamoDbEngine', engine.name);
  return async () => {
    await engine.stop();
    await requireAllUsed(vitest, roleRecords);
  };
};
