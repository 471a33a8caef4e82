import { CreateTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, test } from 'vitest';
import { localAws } from '../../infra/local/table.ts';
import { copyBack } from '../../infra/operators/copy-back.ts';
import { newEmail, newOrganization, take } from '../support/organization.ts';
import { runCommand } from '../support/program.ts';
import { stopStream } from '../support/stream.ts';
import { useStack } from '../support/stack.ts';
import { changesOf, everyItem } from '../support/table-items.ts';

const stack = useStack();

const restore = (...given: string[]) => runCommand(process.execPath, ['infra/operators/restore.ts', ...given]);

/** A table of its own, as a restore from a backup makes one. */
let restored: string;
const client = (): DynamoDBClient => new DynamoDBClient({ endpoint: stack.endpoints.dynamodb.endpoint, ...localAws });

beforeEach(async () => {
  restored = `restored-${crypto.randomUUID()}`;
  await client().send(
    new CreateTableCommand({
      TableName: restored,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
});

test('a stage’s table becomes what it was: what was changed, deleted and made since is as then', async () => {
  const { tableName } = stack.endpoints.dynamodb;
  const { params, manager } = await newOrganization(stack);
  const emails = Array.from({ length: 120 }, () => newEmail());
  take(await manager.client.inviteUsers({ params, body: { emails, roles: [{ role: 'member' }] } }));
  await stopStream(stack);
  const then = await everyItem(stack);
  expect(await copyBack(client(), tableName, restored)).toEqual({ written: Object.keys(then).length, erased: 0 });

  take(await manager.client.updateOrganization({ params, body: { name: 'Renamed' } }));
  take(await manager.client.inviteUsers({ params, body: { emails: [newEmail()], roles: [{ role: 'member' }] } }));
  const { items } = take(await manager.client.listInvites({ params, query: { limit: 1 } }));
  take(await manager.client.revokeInvite({ params: { ...params, inviteId: items[0]?.id ?? '' } }));
  const since = changesOf(then, await everyItem(stack));
  expect(since.length).toBeGreaterThan(5);

  const ran = await restore('--restored', restored, '--into', tableName);
  expect(ran).toMatchObject({ code: 0, complained: '' });
  expect(ran.said).toMatch(/ is as .+: \d+ items were written, \d+ newer ones deleted\.\n$/);
  expect(changesOf(then, await everyItem(stack))).toEqual([]);
  expect(take(await manager.client.getOrganization({ params })).name).toBe('Acme');
});

test('the restored table itself is only read', async () => {
  const { tableName } = stack.endpoints.dynamodb;
  await copyBack(client(), tableName, restored);
  await newOrganization(stack);
  const count = async () =>
    (await client().send(new ScanCommand({ TableName: restored, Select: 'COUNT', ConsistentRead: true }))).Count;
  const before = await count();
  await copyBack(client(), restored, tableName);
  expect(await count()).toBe(before);
});

test.each([[[]], [['--restored', 'a']], [['--restored', 'a', '--into', 'a']]])(
  'asked for with %j it says how',
  async (given) => {
    const ran = await restore(...given);
    expect(ran).toMatchObject({ code: 2, said: '' });
    expect(ran.complained).toContain('npm run restore -- --restored');
  },
);
