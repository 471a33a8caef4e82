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
    /** The directory in which each test file records the permissions that its functions used. */
    roleRecords: string;
  }
}

/**
 * Runs once before all tests: synthesizes and bundles the app, and starts the DynamoDB engine that `DYNAMODB_ENGINE` names. After
 * the exhaustive tests it throws if a role grants a permission that neither they nor the main tests used.
 */
export default async ({ provide, vitest }: TestProject) => {
  // Before the test workers start, so that they inherit the folder for their temporary files.
  const directory = useScratchFolder();
  // Before anything else, because unpacking Chromium temporarily changes the process's directory for temporary files.
  await step('Unpacking Chromium', findChromium);
  const wanted = process.env.DYNAMODB_ENGINE as EngineName | undefined;
  // Not in parallel: synthesizing blocks this process, which then could not notice that the engine has started.
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
