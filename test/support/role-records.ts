import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Vitest } from 'vitest/node';
import type { RoleUse } from '../../infra/local/function-host.ts';
import type { LocalStack } from '../../infra/local/stack.ts';

/** What functions used of their roles, in one test file. */
interface RoleRecord {
  /** The test file. */
  file: string;
  roles: Record<string, RoleUse>;
}

/** What a function's role has for Lambda, which reads stream and queue, keeps what failed, and writes logs and traces in the function's name. */
const usedByLambda = new RegExp(
  `^(${[
    'dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams)',
    'sqs:(SendMessage|ReceiveMessage|DeleteMessage|ChangeMessageVisibility|GetQueueAttributes|GetQueueUrl)',
    'logs:(CreateLogStream|PutLogEvents)',
    'xray:(PutTraceSegments|PutTelemetryRecords)',
  ].join('|')}) `,
);

const startsApplication = /^const stack = useStack\(\);$/m;

/** What functions asked for beyond their roles. For the end of any suite. */
export const refusalsOf = (stack: LocalStack): string[] =>
  Object.entries(stack.roles()).flatMap(([name, { refused }]) => refused.map((call) => `${name}: ${call}`));

/** Writes down what the functions of a stack used. */
export const recordRoles = (stack: LocalStack, directory: string, file: string): void => {
  const record: RoleRecord = { file, roles: stack.roles() };
  const { tableName } = stack.endpoints.dynamodb;
  writeFileSync(path.join(directory, randomUUID()), JSON.stringify(record).replaceAll(tableName, 'people'));
};

/** What functions are granted and nobody used in any of the records. */
export const unusedGrants = (records: readonly RoleRecord[]): string[] => {
  const grants = (kind: 'granted' | 'used') =>
    new Set(
      records.flatMap(({ roles }) =>
        Object.entries(roles).flatMap(([name, role]) => role[kind].map((grant) => `${name}: ${grant}`)),
      ),
    );
  const used = grants('used');
  return [...grants('granted')].filter((grant) => !used.has(grant) && !usedByLambda.test(grant.split(': ')[1] ?? ''));
};

/**
 * After a run of all exhaustive tests that went well: throws when a role allows what neither they nor the main tests before them
 * used, or when a file that starts the application left no record. After a run of all main tests it only keeps their records in the
 * file `recordsOfMain`, and a run of some of the tests says nothing about that.
 */
export const requireAllUsed = async (
  vitest: Vitest,
  directory: string,
  recordsOfMain = path.resolve(import.meta.dirname, '../../.local/role-records.json'),
): Promise<void> => {
  const [project, ...others] = vitest.projects;
  if (!project || others.length > 0 || (project.name !== 'main' && project.name !== 'exhaustive')) return;
  const isMain = project.name === 'main';
  if (isMain) rmSync(recordsOfMain, { force: true });
  const { testFiles } = await project.globTestFiles();
  const ran = new Set(vitest.state.getFiles().map(({ filepath }) => filepath));
  const isPart = project.config.testNamePattern !== undefined || testFiles.some((file) => !ran.has(file));
  if (isPart || vitest.state.getCountOfFailedTests() > 0) return;
  const records = readdirSync(directory).map(
    (name) => JSON.parse(readFileSync(path.join(directory, name), 'utf8')) as RoleRecord,
  );
  const recorded = new Set(records.map(({ file }) => file));
  const silent = testFiles.filter((file) => !recorded.has(file) && startsApplication.test(readFileSync(file, 'utf8')));
  if (silent.length > 0) throw new Error(`No record of what functions used in ${silent.join(', ')}`);
  if (isMain) {
    mkdirSync(path.dirname(recordsOfMain), { recursive: true });
    return writeFileSync(recordsOfMain, JSON.stringify(records));
  }
  if (!existsSync(recordsOfMain)) return;
  const unused = unusedGrants([...(JSON.parse(readFileSync(recordsOfMain, 'utf8')) as RoleRecord[]), ...records]);
  if (unused.length > 0)
    throw new Error(
      `Roles allow what no test used: take it out of infra/permissions.ts, or test it.\n${unused.join('\n')}`,
    );
};
