import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildTypeScript } from '../../infra/clients/build-typescript.ts';
import { newEmail, newMember, newOrganization, newPool } from '../support/organization.ts';
import { runCommand } from '../support/program.ts';
import { useStack } from '../support/stack.ts';

/** A script that uses the published package for the main workflow, without any other part of this project. */
const workflow = `
import { createClient, RosterError, type RosterClient, type User } from 'roster-client';

const [baseUrl, token, organizationId, poolId, email] = process.argv.slice(2) as [string, string, string, string, string];
const roster: RosterClient = createClient({ baseUrl, token: () => token });
const params = { organizationId };

const { results } = await roster.inviteUsers({
  params,
  body: { emails: [email], roles: [{ role: 'engineer', poolId }] },
});
const inviteId = results[0]?.invite?.id;
if (inviteId === undefined) throw new Error('There is no invite.');
console.log('invite', (await roster.getInvite({ params: { ...params, inviteId } })).status);

const names: string[] = [];
for await (const user of roster.listUsers.all({ params, query: { limit: 1 } })) {
  const { name }: Pick<User, 'name'> = user;
  names.push(name);
}
console.log('users', names.join());

const { id, version } = await roster.createPool({ params, body: { name: 'Made', parentId: poolId } });
const pool = { params: { ...params, poolId: id } };
await roster.updatePool({ ...pool, body: { name: 'Changed' } }, { ifMatch: version });
const stale = await roster
  .updatePool({ ...pool, body: { name: 'Again' } }, { ifMatch: version })
  .catch((error: unknown) => error);
if (!(stale instanceof RosterError)) throw new Error('Nothing was refused.');
console.log('refused', stale.status, stale.code);
await roster.deletePool(pool);
`;

const stack = useStack();
let folder: string;

const runIn = async (command: string, given: string[]): Promise<string> => {
  const { code, said, complained } = await runCommand(command, given, { cwd: folder });
  if (code !== 0) throw new Error(`${said}${complained}`);
  return said.trim();
};

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'roster-client-'));
  const packed = await buildTypeScript(path.join(folder, 'build'));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  await runIn('npm', ['install', '--offline', '--no-audit', '--no-fund', packed]);
  writeFileSync(path.join(folder, 'workflow.ts'), workflow);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package of the TypeScript client', () => {
  test('has types that compile in a strict project and reject an invalid call', async () => {
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      module: 'nodenext',
      target: 'es2022',
      lib: ['es2024', 'dom'],
      types: ['node'],
      typeRoots: [path.resolve('node_modules/@types')],
      noEmit: true,
    };
    const compile = async (source: string) => {
      writeFileSync(path.join(folder, 'compiled.ts'), source);
      writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['compiled.ts'] }));
      return runCommand(process.execPath, [path.resolve('node_modules/typescript/bin/tsc'), '-p', folder]);
    };
    expect(await compile(workflow)).toEqual({ code: 0, said: '', complained: '' });
    expect((await compile(workflow.replace("role: 'engineer'", "role: 'captain'"))).said).toContain('\'"captain"\'');
  });

  test('has no dependencies', async () => {
    expect((await runIn('npm', ['ls', '--all', '--parseable'])).split('\n')).toHaveLength(2);
  });

  test('supports the main workflow: invite, read, list, change, and learn why a request is refused', async () => {
    const organization = await newOrganization(stack);
    await newMember(stack, organization, undefined, 'Ada Lovelace');
    const poolId = await newPool(organization, 'Web', organization.rootPoolId);
    const { id, manager } = organization;
    const given = [stack.endpoints.api, manager.accessToken, id, poolId, newEmail()];
    expect((await runIn(process.execPath, ['workflow.ts', ...given])).split('\n')).toEqual([
      'invite pending',
      'users Ada Lovelace,Mara Manager',
      'refused 412 stale_version',
    ]);
  });
});
