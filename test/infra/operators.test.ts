import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idOfSortKey, keys, partitions } from '../../shared/table/keys.ts';
import { entryVersion } from '../../shared/table/schema.ts';
import { put, update } from '../../shared/table/write.ts';
import { startAwsDouble, type AwsDouble } from '../support/aws-double.ts';
import { newEmail, newestToken, newOrganization, take } from '../support/organization.ts';
import { aUser, plantPools, plantPreviousUsers, plantUsers, tableFor } from '../support/planted.ts';
import { runCommand } from '../support/program.ts';
import { password, useStack } from '../support/stack.ts';

const stack = useStack();
const root = path.resolve(import.meta.dirname, '../..');

/** A checkout of its own, beside which the stack runs. */
let checkout: string;
/** The endpoints of AWS, except that functions run on the stack. */
let aws: AwsDouble;

beforeAll(async () => {
  checkout = mkdtempSync(path.join(tmpdir(), 'roster-operators-'));
  for (const name of ['shared', 'infra/operators', 'infra/stages.ts', 'infra/mail-sender.ts', 'package.json'])
    cpSync(path.join(root, name), path.join(checkout, name), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(checkout, 'node_modules'));
  mkdirSync(path.join(checkout, '.local'));
  writeFileSync(path.join(checkout, '.local/endpoints.json'), JSON.stringify(stack.endpoints));
  aws = await startAwsDouble({ outputs: { OperateFunction: 'operate' } });
});

afterAll(async () => {
  await aws.stop();
  rmSync(checkout, { recursive: true });
});

const run = (program: 'bootstrap' | 'operate', given: string[], environment: Record<string, string> = {}) =>
  runCommand(process.execPath, [`infra/operators/${program}.ts`, ...given], { cwd: checkout, environment });

/** The environment of an operator of a deployed stage. */
const deployed = () => ({ AWS_ENDPOINT_URL: aws.endpoint, AWS_ENDPOINT_URL_LAMBDA: stack.endpoints.lambda });

const organizationIn = (said: string): string => /org_[0-9A-Z]{26}/.exec(said)?.[0] ?? '';

test('bootstrap makes an organization on the running stack, once, and its first manager gets in', async () => {
  const email = newEmail('first');
  const given = ['--stage', 'local', '--organization', 'Acme', '--email', email];
  const first = await run('bootstrap', given);
  expect(first).toMatchObject({ code: 0, complained: '' });
  expect(first.said).toMatch(
    /^Made the organization “Acme”, org_\w+, and invited \S+ as its first organization manager, until \S+\.\n$/,
  );
  expect(await run('bootstrap', given)).toEqual(first);
  const organizationId = organizationIn(first.said);
  take(await stack.anybody.acceptInvite({ body: { token: await newestToken(stack, email), password } }));
  const { client } = await stack.signIn(email);
  expect(take(await client.getOrganization({ params: { organizationId } })).name).toBe('Acme');

  const next = await run('bootstrap', [...given, '--idempotency-key', 'the second']);
  expect(organizationIn(next.said)).not.toBe(organizationId);
});

test('renew_entries brings the rows of all organizations up to date, page by page, and passes over what is done', async () => {
  const organizations = [await newOrganization(stack), await newOrganization(stack)];
  const [large] = organizations;
  await plantUsers(
    large?.id ?? '',
    Array.from({ length: 30 }, (_, number) =>
      aUser({
        name: `Ada ${number}`,
        assignments: [{ role: 'engineer', poolId: large?.rootPoolId ?? '' }],
      }),
    ),
  );
  const roles = [{ role: 'engineer' as const, poolId: large?.rootPoolId ?? '' }];
  await plantPreviousUsers(large?.id ?? '', [aUser({ name: 'Łukasz', assignments: roles })]);
  for (const { id } of organizations)
    await tableFor(id).transact([update(keys.organization(id), { remove: ['entryVersion'] })]);
  const [row] = (await tableFor(large?.id ?? '').query({ pk: partitions.users(large?.id ?? ''), limit: 1 })).items;
  const { pk = '', sk = '' } = row ?? {};
  await tableFor(large?.id ?? '').transact([put({ pk, sk, userId: idOfSortKey(sk) })]);
  const leftBehind = { pk, sk: 'gone\tusr_gone' };
  const gone = aUser({ id: 'usr_gone', status: 'removed' });
  await tableFor(large?.id ?? '').transact([
    put(leftBehind),
    put({ ...keys.user(large?.id ?? '', gone.id), ...gone, assignments: [] }),
  ]);
  const renew = ['--stage', 'local', 'renew_entries', '--per-second', '1000'];
  const reply = (users: number, count: number) => ({
    code: 0,
    said: `Renewed ${users} users of ${count} organizations.\n`,
    complained: '',
  });
  const holderId = large?.manager.userId ?? '';
  const place = { parentId: large?.rootPoolId, holderId };
  const [data] = await plantPools(large?.id ?? '', ['Data'], place);
  await plantPools(large?.id ?? '', ['Data\u3164'], place);
  const first = await run('operate', renew);
  expect(first).toMatchObject({ code: 0, complained: '' });
  expect(first.said).toMatch(/^Renewed 3 users of 2 organizations\.\nThese pools share a name with a sibling\./);
  expect(first.said).toContain(`\n  ${large?.id}: Acme / Data (${data})\n`);
  expect(await tableFor(large?.id ?? '').get({ pk, sk })).toMatchObject({ ev: entryVersion });
  expect(await run('operate', renew)).toEqual(reply(0, 0));
});

test('on a deployed stage they find the function through the output of its stack', async () => {
  const made = await run(
    'bootstrap',
    ['--stage', 'prod', '--organization', 'Globex', '--email', newEmail()],
    deployed(),
  );
  expect(made).toMatchObject({ code: 0, complained: '' });
  const organizationId = organizationIn(made.said);
  const rescue = ['--stage', 'prod', 'invite_manager', '--organization-id', organizationId, '--email', newEmail()];
  const invited = await run('operate', rescue, deployed());
  expect(invited.said).toContain(`to be an organization manager of “Globex”, ${organizationId}`);
});

test('with credentials of another account they do nothing', async () => {
  aws.state.account = '123456789012';
  aws.calls.length = 0;
  const bootstrap = ['--stage', 'prod', '--organization', 'Globex', '--email', newEmail()];
  expect(await run('bootstrap', bootstrap, deployed())).toEqual({
    code: 1,
    said: '',
    complained:
      'The credentials belong to the account 123456789012, but the stage prod belongs to 000000000000 (infra/stages.ts). Nothing was done.\n',
  });
  expect(aws.calls.map(({ operation }) => operation)).toEqual(['GetCallerIdentity']);
});

test.each<[string, 'bootstrap' | 'operate', string[], number, string]>([
  [
    'why the function refused',
    'operate',
    ['lift_suppression', '--email', 'a@example.com'],
    1,
    'organization_not_found',
  ],
  ['that no address is none', 'operate', ['lift_suppression', '--email', 'nobody'], 1, 'invalid_email'],
  ['what is missing', 'operate', ['lift_suppression'], 2, 'email: '],
  ['that there is no such command', 'operate', ['delete_everything'], 2, 'command: '],
  ['that there is no such option', 'operate', ['resume_sending', '--force'], 2, "Unknown option '--force'"],
  ['what is wrong with a rate', 'operate', ['renew_entries', '--per-second', 'fast'], 2, '--per-second fast'],
  ['how it is used', 'operate', [], 2, 'npm run operate -- --stage <stage> <command>'],
])('%s is said', async (_, program, given, code, why) => {
  const reply = await run(program, ['--stage', 'local', '--organization-id', `org_${'0'.repeat(26)}`, ...given]);
  expect(reply).toMatchObject({ code, said: '' });
  expect(reply.complained).toContain(why);
});

test('how bootstrap is used is said', async () => {
  const reply = await run('bootstrap', ['--stage', 'local', '--organization', 'Acme']);
  expect(reply).toMatchObject({ code: 2, said: '' });
  expect(reply.complained).toContain('npm run bootstrap -- --stage <stage>');
});

test('that nothing runs here is said', async () => {
  rmSync(path.join(checkout, '.local/endpoints.json'));
  const reply = await run('operate', [
    '--stage',
    'local',
    'resume_sending',
    '--organization-id',
    `org_${'0'.repeat(26)}`,
  ]);
  expect(reply).toEqual({
    code: 1,
    said: '',
    complained: 'Nothing is running here: start it with npm start, in another terminal.\n',
  });
});
