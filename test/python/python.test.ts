import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patience } from '../../infra/local/patience.ts';
import { routes } from '../../shared/api/routes.ts';
import { newEmail, newestToken, newOrganization, newPool, take } from '../support/organization.ts';
import { runCommand } from '../support/program.ts';
import { bound } from '../support/service-accounts.ts';
import { password, useStack } from '../support/stack.ts';
import { openApiFile } from '../support/write-openapi.ts';

const root = path.resolve(import.meta.dirname, '../..');
const wheels = path.join(root, '.local/clients/python/dist');

const stack = useStack();
let folder: string;

const run = async (command: string, given: string[], environment: Record<string, string> = {}): Promise<string> => {
  const ended = await runCommand(command, given, { cwd: folder, environment, limit: patience.programs });
  if (ended.code !== 0) throw new Error(shortened(`${command} ${given.join(' ')}\n${ended.said}${ended.complained}`));
  return ended.said.trim();
};

/** Cuts long lines, because generated requests can be thousands of characters long. */
const shortened = (text: string): string => text.replaceAll(/^(.{500}).+$/gm, '$1…');

/** A program of the virtual environment in which the tests install what they need. */
const installed = (program: string): string => path.join(folder, 'environment/bin', program);

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'roster-python-'));
  await run('python3', ['-m', 'venv', 'environment']);
  const wheel = existsSync(wheels) ? readdirSync(wheels).find((file) => file.endsWith('.whl')) : undefined;
  if (!wheel) throw new Error('npm run clients has built no wheel here.');
  const requirements = path.join(import.meta.dirname, 'requirements.txt');
  await run(installed('pip'), ['install', '--quiet', '-r', requirements, path.join(wheels, wheel)]);
}, patience.programs);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the Python client', () => {
  test('runs the example of the documentation: it invites from a CSV file, waits, and lists who has access', async () => {
    const organization = await newOrganization(stack);
    const pool = await newPool(organization, 'Web', organization.rootPoolId);
    const machine = await stack.machine();
    await bound(organization, machine, [{ role: 'organization_manager' }]);
    const { tokenEndpoint, machines } = stack.endpoints.cognito;
    const { clientId, clientSecret } =
      machines.find((each) => each.clientId === machine.personId) ?? expect.unreachable('It is a machine of the stage');
    const [ada, ben] = [newEmail('ada'), newEmail('ben')];
    writeFileSync(
      path.join(folder, 'people.csv'),
      `\ufeffname,email\r\nAda,${ada}\r\nBen,${ben}\r\nBen again,${ben}\r\n`,
    );

    const printed = run(
      installed('python'),
      [path.join(root, 'functions/console/app/docs/invite-from-csv.py'), 'people.csv'],
      {
        ROSTER_URL: stack.endpoints.api,
        ROSTER_TOKEN_URL: tokenEndpoint,
        ROSTER_CLIENT_ID: clientId,
        ROSTER_CLIENT_SECRET: clientSecret,
        ROSTER_ORGANIZATION: organization.id,
        ROSTER_POOL: pool,
      },
    );
    for (const email of [ada, ben]) {
      await expect.poll(async () => (await stack.mailsTo(email)).length).toBe(1);
      const token = await newestToken(stack, email);
      take(await stack.anybody.acceptInvite({ body: { token, name: 'Invited Person', password } }));
    }
    const lines = (await printed).split('\n');
    expect(lines.slice(0, 3)).toEqual([`${ada}: created`, `${ben}: created`, `${ben}: duplicate`]);
    expect(lines.slice(3).toSorted()).toEqual(
      [`${ada} engineer`, `${ben} engineer`, `${organization.manager.email} organization_manager`].toSorted(),
    );
  });
});

describe('the OpenAPI document', () => {
  test('describes every response to the requests that schemathesis derives from it', async () => {
    const { id, manager, rootPoolId } = await newOrganization(stack);
    // Ids of existing objects. Without them, almost every generated request would end with 404.
    const parameters = { organizationId: id, poolId: rootPoolId };
    writeFileSync(
      path.join(folder, 'schemathesis.toml'),
      ['[parameters]', ...Object.entries(parameters).map(([name, value]) => `${name} = "${value}"`)].join('\n'),
    );
    const checks = [
      'not_a_server_error',
      'status_code_conformance',
      'content_type_conformance',
      'response_schema_conformance',
    ];
    const ended = await run(installed('schemathesis'), [
      'run',
      openApiFile,
      '--url',
      stack.endpoints.api,
      '--header',
      `Authorization: Bearer ${manager.accessToken}`,
      '--checks',
      checks.join(),
      '--phases',
      'examples,coverage,fuzzing',
      '--max-examples',
      '5',
      '--seed',
      '7',
      '--generation-database',
      'none',
      '--no-color',
    ]);
    const operations = Object.keys(routes).length;
    expect(ended).toContain(`Selected: ${operations}/${operations}`);
    expect(ended).toContain(`Tested: ${operations}`);
    expect(ended).toMatch(/(\d+) generated, \1 passed/);
  });
});
