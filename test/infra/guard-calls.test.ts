import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CallReport, Rights } from '../../infra/local/guard-calls.ts';
import { closeServer, listen } from '../../infra/local/network.ts';

const table = 'arn:aws:dynamodb:eu-west-1:000000000000:table/people';

const rights: Rights = {
  hashKeys: { table: 'pk' },
  identities: [],
  statements: [
    {
      Effect: 'Allow',
      Action: 'dynamodb:GetItem',
      Resource: table,
      Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': '*#users' } },
    },
  ],
};

let directory: string;
let bundle: string;
let server: Server;
let endpoint: string;
let asked: number;
let worker: Worker;
let reports: CallReport[];

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'roster-guard-'));
  bundle = path.join(directory, 'asking', 'index.mjs');
  await build({
    entryPoints: [path.resolve(import.meta.dirname, '../support/asking-function.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);" },
  });
  server = createServer((_, response) => {
    asked += 1;
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
  });
  const port = await listen(server, 0);
  endpoint = `http://localhost:${port}`;
});

afterAll(async () => {
  await closeServer(server);
  rmSync(directory, { recursive: true });
});

beforeEach(() => {
  asked = 0;
  reports = [];
  worker = new Worker(new URL('../../infra/local/function-worker.ts', import.meta.url), {
    env: {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    },
    workerData: { bundle, rights, clockAhead: new SharedArrayBuffer(8) },
    execArgv: [],
  });
});

afterEach(async () => void (await worker.terminate()));

const ask = (partition: string): Promise<unknown> =>
  new Promise((resolve) => {
    worker.removeAllListeners('message');
    worker.on('message', (message: { calls: CallReport } | { value: unknown }) => {
      if ('calls' in message) reports.push(message.calls);
      else resolve(message.value);
    });
    worker.postMessage({ event: partition, timeout: 1_000 });
  });

test('what a role allows is asked, and reported the first time', async () => {
  expect(await ask('a#users')).toBe('answered');
  expect(await ask('b#users')).toBe('answered');
  expect(asked).toBe(2);
  expect(reports).toEqual([{ used: [`dynamodb:GetItem ${table} *#users`] }]);
});

test('what it does not allow is refused as AWS refuses it, and nobody is asked', async () => {
  const refused = `dynamodb:GetItem on ${table} a#audit`;
  expect(await ask('a#audit')).toBe(`AccessDeniedException: Not authorized to perform: ${refused}`);
  expect(asked).toBe(0);
  expect(reports).toEqual([{ used: [], refused }]);
});
