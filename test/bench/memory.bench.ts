/**
 * `npm run bench:memory` measures the heaviest call of each function in its own process: its memory compared with the function's
 * configured memory, and its processor time. Lambda's processor share grows with the memory, so the time shows what more memory
 * would save. Exits with 1 if a function comes near its memory.
 */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { startDynamoDb } from '../../infra/local/dynamodb-engine.ts';
import { holdPort } from '../../infra/local/network.ts';
import { seed } from '../../infra/local/seed.ts';
import { signInLocally } from '../../infra/local/sign-in.ts';
import { startStack } from '../../infra/local/stack.ts';
import { useScratchFolder } from '../../infra/local/scratch-folder.ts';
import { synthesizeLocal } from '../../infra/local/synthesize.ts';
import { Template } from '../../infra/local/template.ts';
import { columns } from './figures.ts';
import type { Taken } from './memory-child.ts';

/** The largest share of its memory that a function may use. */
const memoryLimit = 0.6;
/** The megabytes with which a function gets one whole processor. Source: AWS Lambda developer guide, “Configure Lambda function memory”. */
const wholeProcessor = 1769;

const run = promisify(execFile);
const directory = useScratchFolder();
const ports = { api: await holdPort(), inbox: await holdPort(), cognito: await holdPort() };
const engine = await startDynamoDb();
try {
  const assembly = await synthesizeLocal(directory);
  const stack = await startStack({
    variables: { FAIR_USE: '1000' },
    assembly,
    dynamoDbEndpoint: engine.endpoint,
    tableName: 'memory',
    ports,
    directory: path.join(directory, 'stack'),
  });
  Object.assign(process.env, stack.environment);
  const { organizationId, manager } = await seed(Date.now());
  const { accessToken } = await signInLocally(stack.endpoints.cognito, manager.email, manager.password);
  const claims = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()) as object;
  const template = await Template.read(assembly);
  const memory = Number(template.ofType('AWS::Lambda::Function')[0]?.properties.MemorySize);

  const inOrganization = `/v1/organizations/{organizationId}`;
  const emails = Array.from({ length: 1_000 }, (_, index) => `person.${index}@example.com`);
  const members = [{ role: 'member' }];
  const heaviest: Record<string, { routeKey: string; body?: object } | undefined> = {
    users: { routeKey: `GET ${inOrganization}/users` },
    pools: { routeKey: `GET ${inOrganization}/pools` },
    invites: { routeKey: `POST ${inOrganization}/invites`, body: { emails, roles: members } },
    resources: { routeKey: `GET ${inOrganization}/resources` },
    organizations: { routeKey: `GET ${inOrganization}/audit-events` },
    accept: { routeKey: 'POST /v1/invites/lookup', body: { token: 'x' } },
    platform: { routeKey: 'GET /openapi.json' },
    // Sends the emails of the invites above.
    work: undefined,
  };

  const rows = [];
  for (const [name, call] of Object.entries(heaviest)) {
    const event = call && {
      version: '2.0',
      routeKey: call.routeKey,
      rawPath: call.routeKey.split(' ')[1]?.replace('{organizationId}', organizationId),
      rawQueryString: '',
      headers: { 'content-type': 'application/json' },
      pathParameters: { organizationId },
      requestContext: { requestId: 'bench', http: { sourceIp: '127.0.0.1' }, authorizer: { jwt: { claims } } },
      ...(call.body && { body: JSON.stringify(call.body) }),
      isBase64Encoded: false,
    };
    const { stdout } = await run(process.execPath, [
      path.join(import.meta.dirname, 'memory-child.ts'),
      path.join(directory, 'bundles', name, 'index.mjs'),
      JSON.stringify(event ?? {}),
    ]);
    const taken = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Taken;
    rows.push({ name, ...taken, share: taken.megabytes / memory });
  }
  await stack.stop();

  const onLambda = (milliseconds: number): string => `${((milliseconds * wholeProcessor) / memory).toFixed(0)} ms`;
  const sound = rows.every(({ share }) => share <= memoryLimit);
  console.log(`Functions have ${memory} MB, and with it ${(memory / wholeProcessor).toFixed(2)} of a processor.\n`);
  console.log(
    columns([
      ['function', 'memory', 'of its own', 'start', 'first call', 'later call'],
      ...rows.map(({ name, megabytes, share, start, first, later }) => [
        name,
        `${megabytes.toFixed(0)} MB`,
        share.toFixed(2),
        onLambda(start),
        onLambda(first),
        onLambda(later),
      ]),
    ]),
  );
  console.log(
    `\nTimes are processor time here, stretched to that share. Memory is at most ${memoryLimit} of a function's own: ${sound ? 'kept' : 'BROKEN'}.`,
  );
  process.exitCode = sound ? 0 : 1;
} finally {
  await engine.stop();
  await Promise.all(Object.values(ports).map((port) => port.close()));
}
