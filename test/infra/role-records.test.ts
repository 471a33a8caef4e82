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

/** A file's record: of one function, that may read and write, and whose stream Lambda reads. */
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

test('roles are used up by the main and the exhaustive tests together', async () => {
  await runMain([write]);
  for (const file of files) record(file, [read]);
  await expect(check()).resolves.toBeUndefined();
});

test('a run of the main tests says nothing about what is unused, nor do the exhaustive tests without one', async () => {
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

test('roles are used up by all files together', async () => {
  await runMain([]);
  record(files[0], [read]);
  record(files[1], [write]);
  await expect(check()).resolves.toBeUndefined();
});

test('what no file used is named, with its function', async () => {
  await runMain([]);
  for (const file of files) record(file, [read]);
  await expect(check()).rejects.toThrow(/^Roles allow what no test used.*\nusers: dynamodb:PutItem people \*#users$/);
});

test('a file that starts the application and leaves no record is named', async () => {
  record(files[0], [read, write]);
  await expect(check()).rejects.toThrow(/^No record of what functions used in .*b\.test\.ts$/);
});

test.each([
  ['some files', () => ({ ran: files.slice(1) })],
  ['tests of some name', () => ({ named: /once/ })],
  ['tests that failed', () => ({ failed: 1 })],
])('a run of %s says nothing about what is unused', async (_, run) => {
  await runMain([]);
  for (const file of files) record(file, [read]);
  await expect(check(run())).resolves.toBeUndefined();
});
