import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { signInLocally } from '../../infra/local/sign-in.ts';
import { holdPort } from '../../infra/local/network.ts';
import { patience } from '../../infra/local/patience.ts';
import type { UserPoolEndpoints } from '../../infra/local/user-pool.ts';
import { createClient, type Client } from '../../shared/api/client.ts';
import { runCommand } from '../support/program.ts';
import { take } from '../support/organization.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** A checkout of its own, so that the tests leave the developer's .local alone. */
let checkout: string;
let running: ChildProcess[];
/** The folder for temporary files of the started programs. It must be empty after each test. */
let temporary: string;

beforeEach(() => {
  checkout = mkdtempSync(path.join(tmpdir(), 'roster-start-'));
  for (const name of ['shared', 'functions', 'infra', 'package.json', 'cdk.json'])
    cpSync(path.join(root, name), path.join(checkout, name), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(checkout, 'node_modules'));
  temporary = mkdtempSync(path.join(tmpdir(), 'roster-temporary-'));
  running = [];
});

afterEach(async () => {
  await Promise.all(
    running.map(async (child) => child.exitCode === null && child.signalCode === null && kill(child, 'SIGKILL')),
  );
  rmSync(checkout, { recursive: true, force: true });
  const left = readdirSync(temporary);
  rmSync(temporary, { recursive: true });
  // The programs must leave no temporary file, however they ended.
  expect(left).toEqual([]);
});

const kill = (child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> =>
  new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill(signal);
  });

/** Runs the start program until it prints the text, or ends. */
const start = (
  port: number,
  until: string,
  environment: Record<string, string> = {},
): Promise<{ child: ChildProcess; output: string; code: number | null }> => {
  const child = spawn(process.execPath, ['infra/local/start.ts', '--port', String(port)], {
    cwd: checkout,
    env: { ...process.env, TMPDIR: temporary, ...environment },
  });
  running.push(child);
  return new Promise((resolve) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes(until)) resolve({ child, output, code: null });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => resolve({ child, output, code }));
  });
};

const ready = 'Next: npm run demo';

interface Endpoints {
  api: string;
  organizationId: string;
  manager: { email: string; password: string };
  cognito: UserPoolEndpoints;
}

const readEndpoints = (): Endpoints =>
  JSON.parse(readFileSync(path.join(checkout, '.local/endpoints.json'), 'utf8')) as Endpoints;

const signIn = async (): Promise<{ client: Client; params: { organizationId: string } }> => {
  const { api, organizationId, manager, cognito } = readEndpoints();
  const { accessToken } = await signInLocally(cognito, manager.email, manager.password);
  return {
    client: createClient({ baseUrl: api, token: () => accessToken }),
    params: { organizationId },
  };
};

const answers = (port: number) =>
  fetch(`http://localhost:${port}`).then(
    () => true,
    () => false,
  );

/** Ports below the range that the system assigns by itself, so that the stack of another test takes none of the four. */
const fourFreePorts = async (): Promise<number> => {
  const port = 10_000 + 4 * Math.floor(Math.random() * 5_000);
  try {
    for (let each = port; each < port + 4; each += 1) await (await holdPort(each)).close();
    return port;
  } catch {
    return fourFreePorts();
  }
};

describe('npm start', { timeout: patience.programs }, () => {
  test('seeds an example organization, loses no acknowledged write on kill -9, and leaves no process after Ctrl-C', async () => {
    const port = await fourFreePorts();
    const first = await start(port, ready);
    expect(first.code).toBeNull();
    const { client, params } = await signIn();
    expect(take(await client.listUsers({ params, query: { limit: 100 } })).items).toHaveLength(25);
    expect(take(await client.listPools({ params })).items).toHaveLength(12);
    const statuses = take(await client.listInvites({ params, query: { limit: 100 } })).items.map(
      ({ status }) => status,
    );
    expect(new Set(statuses)).toEqual(new Set(['accepted', 'pending', 'declined', 'revoked', 'expired']));

    const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
    const tour = [...readme.matchAll(/```sh\n(# [\s\S]*?)```/g)].map(([, block]) => block).join('\n');
    const toured = await runCommand('bash', ['-euo', 'pipefail', '-c', tour], {
      cwd: checkout,
      limit: patience.programs,
    });
    expect(toured).toMatchObject({ code: 0, complained: '' });
    expect(toured.said).toContain('"outcome":"created"');
    expect(toured.said).toContain('"takenOver":{"pools":0}');
    expect(toured.said).toContain('"name":"web-1"');

    const { results } = take(
      await client.inviteUsers({ params, body: { emails: ['kept@acme.example'], roles: [{ role: 'member' }] } }),
    );
    const { machines } = readEndpoints().cognito;
    expect(machines.map(({ name }) => name)).toEqual(['pipeline', 'canary']);
    await kill(first.child, 'SIGKILL');

    const second = await start(port, ready);
    expect(second.output).toContain(ready);
    const again = await signIn();
    expect(readEndpoints().cognito.machines).toEqual(machines);
    const inviteId = results[0]?.invite?.id ?? '';
    expect(take(await again.client.getInvite({ params: { ...params, inviteId } })).email).toBe('kept@acme.example');
    expect(take(await again.client.listUsers({ params, query: { limit: 100 } })).items).toHaveLength(25);

    expect(await kill(second.child, 'SIGINT')).toBe(0);
    for (let offset = 0; offset < 4; offset += 1) expect(await answers(port + offset)).toBe(false);
  });

  test('exits with code 0 on SIGTERM, as on Ctrl-C', async () => {
    const { child } = await start(await fourFreePorts(), ready);
    expect(await kill(child, 'SIGTERM')).toBe(0);
  });

  test('reports that a port is taken, and what to do', async () => {
    const port = await fourFreePorts();
    const other = await holdPort(port + 1);
    const { output, code } = await start(port, ready);
    expect(code).toBe(1);
    expect(output).toBe(`Port ${port + 1} is taken.\nStop what listens there, or start with --port and another one.\n`);
    await other.close();
  });

  test('reports that no DynamoDB engine is available', async () => {
    rmSync(path.join(checkout, 'node_modules'));
    mkdirSync(path.join(checkout, 'node_modules'));
    for (const name of readdirSync(path.join(root, 'node_modules')).filter((each) => each !== '@dynoxide'))
      symlinkSync(path.join(root, 'node_modules', name), path.join(checkout, 'node_modules', name));
    const { output, code } = await start(await fourFreePorts(), ready, { JAVA_HOME: path.join(checkout, 'nowhere') });
    expect(code).toBe(1);
    expect(output).toContain('No DynamoDB engine is to be had');
    expect(output).toContain('Java 17');
  });

  test('reports that the data folder cannot be written', async () => {
    // A file in place of the folder, because not even root can write into it.
    writeFileSync(path.join(checkout, '.local'), '');
    const { output, code } = await start(await fourFreePorts(), ready);
    expect(code).toBe(1);
    expect(output).toContain('cannot be written');
    expect(output).toContain('Make it writable for you, or remove it.');
  });

  test('refuses an unknown option', async () => {
    const child = spawn(process.execPath, ['infra/local/start.ts', '--prot', '1'], { cwd: checkout });
    running.push(child);
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(1);
    expect(output).toContain('--prot');
    expect(output).toContain('Options: --fresh');
  });
});
