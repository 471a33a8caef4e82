import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Vitest } from 'vitest/node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { requireAllUsed } from '../support/role-records.ts';

const [read, write] = ['dynamodb:GetItem people *#users', 'dynamodb:PutItem people *#users'];
const stream = 'dynamodb:GetRecords people/stream';

let directory: string;
let records: string;
let files: string[];

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'roster-records-'));
  records = path.join(directory, 'records');
  mkdirSync(records);
  files = ['a', 'b'].map((name) => path.join(directory, `${name}.test.ts`));
  for (const file of files) writeFileSync(file, 'const stack = useStack();');
});

afterEach(() => rmSync(directory, { recursive: true }));

/** A test file's record of one function that is allowed to read and write, and whose stream Lambda reads. */
const record = (file: string | undefined, used: string[]): void =>
  writeFileSync(
    path.join(records, path.basename(file ?? '')),
    JSON.stringify({ file, roles: { users: { granted: [read, write, stream], used, refused: [] } } }),
  );

const check = (
  run: { name?: 'main' | 'exhaustive'; ran?: string[]; failed?: number; named?: RegExp } = {},
): Promise<void> =>
  requireAllUsed(
    {
      state: {
        getFiles: () => (run.ran ?? files).map((filepath) => ({ filepath })),
        getCountOfFailedTests: () => run.failed ?? 0,
      },
      projects: [
        {
          name: run.name ?? 'exhaustive',
          config: { ...(run.named && { testNamePattern: run.named }) },
          globTestFiles: async () => ({ testFiles: files }),
        },
      ],
    } as unknown as Vitest,
    records,
    path.join(directory, 'main.json'),
  );

/** Simulates a complete run of the main tests in which the function used these permissions. */
const runMain = async (used: string[]): Promise<void> => {
  for (const file of files) record(file, used);
  await check({ name: 'main' });
  for (const file of files) rmSync(path.join(records, path.basename(file)));
};

test('the main and the exhaustive tests together must use every permission', async () => {
  await runMain([write]);
  for (const file of files) record(file, [read]);
  await expect(check()).resolves.toBeUndefined();
});

test('neither the main tests alone nor the exhaustive tests alone report unused permissions', async () => {
  for (const file of files) record(file, [read]);
  await expect(check()).resolves.toBeUndefined();
  await expect(check({ name: 'main' })).resolves.toBeUndefined();
});

test('a run of some of the main tests leaves no earlier records', async () => {
  await runMain([write]);
  await check({ name: 'main', ran: files.slice(1) });
  for (const file of files) record(file, [read]);
  await expect(check()).resolves.toBeUndefined();
  await runMain([read]);
  for (const file of files) record(file, [read]);
  await expect(check()).rejects.toThrow(/^Roles allow/);
});

test('all test files together must use every permission', async () => {
  await runMain([]);
  record(files[0], [read]);
  record(files[1], [write]);
  await expect(check()).resolves.toBeUndefined();
});

test('a permission that no test file used is reported with its function', async () => {
  await runMain([]);
  for (const file of files) record(file, [read]);
  await expect(check()).rejects.toThrow(/^Roles allow what no test used.*\nusers: dynamodb:PutItem people \*#users$/);
});

test('a test file that starts the application without leaving a record is reported', async () => {
  record(files[0], [read, write]);
  await expect(check()).rejects.toThrow(/^No record of what functions used in .*b\.test\.ts$/);
});

test.each([
  ['some files', () => ({ ran: files.slice(1) })],
  ['tests of some name', () => ({ named: /once/ })],
  ['tests that failed', () => ({ failed: 1 })],
])('a run of %s does not report unused permissions', async (_, run) => {
  await runMain([]);
  for (const file of files) record(file, [read]);
  await expect(check(run())).resolves.toBeUndefined();
});
