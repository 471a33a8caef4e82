import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { patience } from '../../infra/local/patience.ts';
import { runCommand, type Ended } from '../support/program.ts';

/**
 * Each test runs a program in its own checkout and with its own folder for temporary files, which must be empty when the
 * program has ended. local-start.test.ts shows the same for `npm start`.
 */
const root = path.resolve(import.meta.dirname, '../..');

let directory: string;
let checkout: string;
let temporary: string;
let environment: Record<string, string>;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'left-'));
  checkout = path.join(directory, 'checkout');
  temporary = path.join(directory, 'tmp');
  for (const each of [checkout, temporary]) mkdirSync(each);
  for (const name of ['shared', 'functions', 'infra', 'test', 'package.json', 'cdk.json', 'tsconfig.json'])
    cpSync(path.join(root, name), path.join(checkout, name), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(checkout, 'node_modules'));
  const programs = path.join(checkout, 'node_modules/.bin');
  environment = { TMPDIR: temporary, PATH: `${programs}${path.delimiter}${process.env.PATH ?? ''}` };
});

afterEach(() => rmSync(directory, { recursive: true }));

const run = (command: string, ...given: string[]): Promise<Ended> =>
  runCommand(command, given, { cwd: checkout, environment, limit: patience.programs });

const left = (): string[] => readdirSync(temporary);

const runProject = (project: string, ...given: string[]): Promise<Ended> =>
  run('vitest', 'run', '--config', 'test/vitest.config.ts', '--project', project, ...given);
const runTests = (...given: string[]): Promise<Ended> => runProject('main', ...given);

describe('npm run synth leaves no temporary file', { timeout: patience.programs }, () => {
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    scripts: Record<'synth', string>;
  };

  test('when it succeeds', async () => {
    expect(await run('sh', '-c', scripts.synth)).toMatchObject({ code: 0 });
    expect(readdirSync(path.join(checkout, 'cdk.out'))).toContain('Roster-dev-Api.template.json');
    expect(left()).toEqual([]);
  });

  test('when it fails', async () => {
    expect(await run('sh', '-c', `${scripts.synth} --context stage=nowhere`)).toMatchObject({ code: 1 });
    expect(left()).toEqual([]);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('when %s stops it midway', async (signal) => {
    const begun = once(watch(temporary), 'change');
    const child = spawn(process.execPath, ['infra/app.ts'], { cwd: checkout, env: { ...process.env, ...environment } });
    await begun;
    expect(left()).toHaveLength(1);
    child.kill(signal);
    await once(child, 'close');
    expect(left()).toEqual([]);
  });
});

/** npm forwards a signal to its script that the terminal has already sent to both. */
test(
  'a program removes its temporary files when the signal that stops it arrives twice',
  { timeout: patience.programs },
  async () => {
    writeFileSync(
      path.join(checkout, 'infra/stopped-twice.ts'),
      `import { mkdirSync, writeFileSync } from 'node:fs';
     import { useScratchFolder } from './local/scratch-folder.ts';
     const folder = useScratchFolder();
     for (let count = 0; count < 5000; count += 1) {
       mkdirSync(\`\${folder}/\${count}\`);
       writeFileSync(\`\${folder}/\${count}/file\`, '');
     }
     process.send('ready');
     setInterval(() => undefined, 1000);`,
    );
    const child = fork('infra/stopped-twice.ts', { cwd: checkout, env: { ...process.env, ...environment } });
    await once(child, 'message');
    const folder = path.join(temporary, left()[0] ?? '');
    const removing = once(watch(folder), 'change');
    child.kill('SIGTERM');
    await removing;
    child.kill('SIGTERM');
    await once(child, 'close');
    expect(left()).toEqual([]);
  },
);

describe('a test run leaves no temporary file', { timeout: patience.programs }, () => {
  /** A test file that uses everything that creates temporary files: the application, a browser, and CDK. */
  beforeEach(() =>
    writeFileSync(
      path.join(checkout, 'test/small.test.ts'),
      `import { expect, test } from 'vitest';
       import { useBrowser } from './support/browser.ts';
       import { useStack } from './support/stack.ts';
       import { templatesOf } from './support/templates.ts';
       const stack = useStack();
       const browser = useBrowser();
       test('passes', async () => {
         const page = await browser.newPage();
         await page.goto(stack.endpoints.api);
         templatesOf('dev');
       });
       test('fails', async () => {
         await browser.newPage({ reused: true });
         expect(1).toBe(2);
       });`,
    ),
  );

  test('when all tests pass', async () => {
    expect(await runTests('test/small.test.ts', '-t', 'passes')).toMatchObject({
      code: 0,
      said: expect.stringContaining('1 passed'),
    });
    expect(left()).toEqual([]);
  });

  test('when a test fails', async () => {
    const { code, said } = await runTests('test/small.test.ts');
    expect(code).toBe(1);
    expect(said).toContain('1 failed');
    expect(said).toContain('1 passed');
    expect(left()).toEqual([]);
  });

  test('when its set-up fails, and the error names the step, the command, the exit code and the last lines of its output', async () => {
    mkdirSync(path.join(directory, 'java/bin'), { recursive: true });
    writeFileSync(path.join(directory, 'java/bin/java'), '#!/bin/sh\necho "This JVM is too old."\nexit 3\n', {
      mode: 0o755,
    });
    Object.assign(environment, { DYNAMODB_ENGINE: 'dynamodb-local', JAVA_HOME: path.join(directory, 'java') });
    const { code, complained } = await runTests('test/small.test.ts');
    expect(code).toBe(1);
    expect(complained).toMatch(
      /Starting the DynamoDB engine failed\. The DynamoDB engine stopped with exit code 3: \S+java\/bin\/java .*\nThis JVM is too old\./,
    );
    expect(left()).toEqual([]);
  });
});

test(
  'a run of the exhaustive tests fails if a role grants a permission that neither they nor the main tests used',
  { timeout: patience.programs },
  async () => {
    for (const name of readdirSync(path.join(checkout, 'test')))
      if (name !== 'support' && name !== 'vitest.config.ts')
        rmSync(path.join(checkout, 'test', name), { recursive: true });
    // These are the only remaining tests, so that most permissions are unused.
    const source = (support: string) =>
      `import { expect, test } from 'vitest';
       import { useStack } from '${support}/stack.ts';
       const stack = useStack();
       test('passes', () => expect(stack.endpoints.api).toContain('localhost'));`;
    writeFileSync(path.join(checkout, 'test/small.test.ts'), source('./support'));
    mkdirSync(path.join(checkout, 'test/exhaustive'));
    writeFileSync(path.join(checkout, 'test/exhaustive/small.test.ts'), source('../support'));
    expect(await runTests()).toMatchObject({ code: 0 });
    const { code, said, complained } = await runProject('exhaustive');
    expect(code).toBe(1);
    expect(said).toContain('1 passed');
    expect(complained).toMatch(/Roles allow what no test used.*\n.*dynamodb:/);
  },
);
