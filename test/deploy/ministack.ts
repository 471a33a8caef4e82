import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, open, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { freePort } from '../../infra/local/network.ts';
import { account, hostedZone, root } from './places.ts';
import { lastLines, run } from './program.ts';
import { wrong } from './steps.ts';

/** How long it may take to start, and to stop. Milliseconds. */
const patience = 30_000;

/** Milliseconds between two looks at whether it has printed something. A function starts within them. */
const quietPause = 2_000;

/** A call of AWS: service, operation, parameters. */
export type AwsCall = readonly [service: string, operation: string, parameters?: object];

export interface Emulator {
  endpoint: string;
  port: number;
  /** For programs that are to believe that it is AWS. */
  environment: NodeJS.ProcessEnv;
  /** Gone when it stops. */
  directory: string;
  /** The answers, in order. */
  call(...calls: AwsCall[]): Promise<Record<string, unknown>[]>;
  /** The end of what it printed. */
  lastWords(): Promise<string>;
  /** Returns when it has printed nothing for a while, because it has handled all events. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
}

/** AWS, as MiniStack emulates it, on a free port. It holds everybody to the IAM policies of their roles. */
export const startEmulator = async (python: string): Promise<Emulator> => {
  const port = await freePort();
  const endpoint = `http://localhost:${port}`;
  const directory = await mkdtemp(path.join(tmpdir(), 'roster-deploy-'));
  const logFile = path.join(root, '.local', 'ministack.log');
  await mkdir(path.dirname(logFile), { recursive: true });
  const log = await open(logFile, 'w');
  const environment = { ...awsEnvironment(endpoint), TMPDIR: directory };
  const child = spawn(python, [path.join(import.meta.dirname, 'mended_ministack.py')], {
    cwd: directory,
    // The leader of a group: what runs the functions ends with it.
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: {
      ...environment,
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      MINISTACK_ACCOUNT_ID: account.id,
      MINISTACK_REGION: account.region,
      HOSTED_ZONE: `${hostedZone.id}=${hostedZone.name}`,
      AUTH: 'true',
      STATE_DIR: path.join(directory, 'state'),
      S3_DATA_DIR: path.join(directory, 's3'),
      IOT_MTLS_ENABLED: '0',
    },
  });
  await log.close();

  let stopped: Promise<void> | undefined;
  const emulator: Emulator = {
    endpoint,
    port,
    environment,
    directory,
    call: async (...calls) => {
      const input = JSON.stringify(
        calls.map(([service, operation, parameters = {}]) => [service, operation, parameters]),
      );
      const script = path.join(import.meta.dirname, 'aws.py');
      const { output } = await run({ command: python, arguments: [script], environment, input });
      return JSON.parse(output) as Record<string, unknown>[];
    },
    lastWords: async () => lastLines(await readFile(logFile, 'utf8')),
    quiet: async () => {
      let size = 0;
      while (size !== (size = (await stat(logFile)).size)) await setTimeout(quietPause);
    },
    stop: () => (stopped ??= stopAndRemove(child, directory)),
  };
  try {
    await answers(emulator, child);
    return emulator;
  } catch (error) {
    await emulator.stop();
    throw error;
  }
};

/** Nothing of the caller's own AWS: neither an account nor a profile of it can be met by mistake. */
const awsEnvironment = (endpoint: string): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|CDK|MINISTACK)_/.test(name))),
  // `node` is what runs this: the emulator runs functions with it, and CDK the app.
  PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH ?? ''}`,
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: account.region,
  AWS_DEFAULT_REGION: account.region,
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_CONFIG_FILE: path.join(import.meta.dirname, 'no-config'),
  AWS_SHARED_CREDENTIALS_FILE: path.join(import.meta.dirname, 'no-credentials'),
  AWS_EC2_METADATA_DISABLED: 'true',
  // The names of APIs and user pools lead to the emulator, in functions and in the programs of operators.
  NODE_OPTIONS: `--import ${pathToFileURL(path.join(import.meta.dirname, 'emulated-hosts.ts')).href}`,
  // Python leaves nothing beside its sources.
  PYTHONDONTWRITEBYTECODE: '1',
});

const answers = async ({ endpoint, lastWords }: Emulator, child: ChildProcess): Promise<void> => {
  const end = Date.now() + patience;
  while (child.exitCode === null && Date.now() < end) {
    if (
      await fetch(`${endpoint}/_ministack/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await setTimeout(100);
  }
  wrong(`MiniStack does not start:\n${await lastWords()}`);
};

const stopAndRemove = async (child: ChildProcess, directory: string): Promise<void> => {
  await stop(child);
  // CDK may still be writing there, so removal is tried again.
  await rm(directory, { recursive: true, force: true, maxRetries: 10 });
};

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.pid === undefined) return;
  const running = child.exitCode === null && child.signalCode === null;
  const ended = running ? once(child, 'exit') : Promise.resolve();
  signalGroup(child.pid, 'SIGTERM');
  await Promise.race([ended, setTimeout(patience, undefined, { ref: false })]);
  // Its functions, and itself if it did not listen.
  signalGroup(child.pid, 'SIGKILL');
};

const signalGroup = (leader: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-leader, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
};
