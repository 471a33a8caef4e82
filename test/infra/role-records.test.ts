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

const check = (run: { ran?: string[]; failed?: number; named?: RegExp } = {}): Promise<void> =>
  requireAllUsed(
    {
      state: {
        getFiles: () => (run.ran ?? files).map((filepath) => ({ filepath })),
        getCountOfFailedTests: () => run.failed ?? 0,
      },
      projects: [
        {
          name: 'main',
          config: { ...(run.named && { testNamePattern: run.named }) },
          globTestFiles: async () => ({ testFiles: files }),
        },
      ],
    } as unknown as Vitest,
    records,
  );

test('roles are used up by all files together', async () => {
  record(files[0], [read]);
  record(files[1], [write]);
  await expect(check()).resolves.toBeUndefined();
});

test('what no file used is named, with its function', async () => {
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
  for (const file of files) record(file, [read]);
  await expect(check(run())).resolves.toBeUndefined();
});
