import { access, constants, mkdir, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startDynamoDb } from './dynamodb-engine.ts';
import { LocalStackError } from './local-error.ts';
import { holdPort } from './network.ts';
import { seed, type Seeded } from './seed.ts';
import { startStack, type Endpoints } from './stack.ts';
import { synthesizeLocal } from './synthesize.ts';

/** `npm start`: the whole application on this machine, until Ctrl-C. */
const root = path.resolve(import.meta.dirname, '../..');
const directory = path.join(root, '.local');
const endpointsFile = path.join(directory, 'endpoints.json');
const tableName = 'roster';
const defaultPort = 8400;

const main = async (): Promise<void> => {
  const { fresh, port } = readArguments();
  await requireWritable(directory, fresh);
  const ports = { api: await holdPort(port), inbox: await holdPort(port + 1), cognito: await holdPort(port + 2) };

  console.log('Starting Roster …');
  // The engine starts before the synthesis, which blocks this process: it could not notice that the engine listens.
  const engine = await startDynamoDb({ port: port + 3, directory: path.join(directory, 'dynamodb') });
  const assembly = await synthesizeLocal(path.join(directory, 'app'));
  const stack = await startStack({
    assembly,
    dynamoDbEndpoint: engine.endpoint,
    tableName,
    ports,
    directory,
    keepMails: true,
  });
  // The handlers are installed before the message below, because its reader may stop the application at once.
  let stopping = false;
  const stop = async (): Promise<void> => {
    // One Ctrl-C may cause two signals: one from the terminal and one from npm.
    if (stopping) return;
    stopping = true;
    console.log('\nStopping …');
    await stack.stop();
    await engine.stop();
    process.exit(0);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());

  Object.assign(process.env, stack.environment);
  const seeded = readSeeded() ?? (await seed(Date.now()));
  stack.run();
  await writeFile(
    endpointsFile,
    JSON.stringify({ console: `${stack.endpoints.api}/`, ...stack.endpoints, ...seeded }, undefined, 2),
  );
  console.log(welcome(stack.endpoints, seeded, engine.name));
};

const readArguments = (): { fresh: boolean; port: number } => {
  try {
    const { values } = parseArgs({ options: { fresh: { type: 'boolean', default: false }, port: { type: 'string' } } });
    const port = Number(values.port ?? defaultPort);
    if (!Number.isInteger(port) || port < 1 || port > 65_532)
      throw new LocalStackError(
        `--port ${values.port} is not a port.`,
        'Give a number from 1 to 65532; the next three are used too.',
      );
    return { fresh: values.fresh, port };
  } catch (error) {
    if (error instanceof LocalStackError) throw error;
    throw new LocalStackError(
      (error as Error).message,
      'Options: --fresh (start over), --port <number>. For example: npm start -- --fresh',
    );
  }
};

const requireWritable = async (folder: string, fresh: boolean): Promise<void> => {
  try {
    if (fresh) await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new LocalStackError(
      `The data folder ${folder} cannot be written: ${(error as Error).message}`,
      'Make it writable for you, or remove it.',
    );
  }
};

/** The data that an earlier start seeded and that is still in the table. */
const readSeeded = (): Seeded | undefined => {
  try {
    const { organizationId, manager } = JSON.parse(readFileSync(endpointsFile, 'utf8')) as Seeded;
    return { organizationId, manager };
  } catch {
    return undefined;
  }
};

const welcome = ({ api, inbox }: Endpoints, { manager, organizationId }: Seeded, engine: string): string => `
Roster is running (${engine}). Ctrl-C stops it; its data stays in .local/ (npm start -- --fresh starts over).

  Console   ${api}/
  API       ${api}       ${api}/openapi.json
  Inbox     ${inbox}       the mails that it sends
  Sign in   ${manager.email}   ${manager.password}
  Organization  ${organizationId}

All addresses, and what machines sign in with, are in .local/endpoints.json. Next: npm run demo
`;

main().catch((error: unknown) => {
  if (error instanceof LocalStackError) console.error(`${error.message}\n${error.remedy}`);
  else console.error(error);
  process.exit(1);
});
