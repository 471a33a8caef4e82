import { beforeAll, expect, test } from 'vitest';
import { keys } from '../../../shared/table/keys.ts';
import { startAction, useConsole } from '../../support/console.ts';
import { queueInvite, tableOf } from '../../support/deliveries.ts';
import { store, storeAssignments } from '../../support/newer-version.ts';
import { newMember, take, type TestMember } from '../../support/organization.ts';

/** Stores values that only a newer version of Roster knows directly in the table, and expects each page to show them as text. */
const { stack, organization, open } = useConsole();
let cleo: TestMember;
let hal: TestMember;

beforeAll(async () => {
  const { id, params, manager } = organization;
  const { client } = manager;
  cleo = await newMember(stack, organization, [{ role: 'member' }], 'Cleo Marsh');
  await storeAssignments(id, cleo, ['member', 'auditor']);
  hal = await newMember(stack, organization, [{ role: 'member' }], 'Hal Hale');
  await store(id, keys.user(id, hal.userId), { status: 'suspended' });
  const invite = await queueInvite(organization, 'held@example.com');
  await store(id, keys.invite(id, invite.id), { status: 'on_hold', delivery: 'scheduled', assignments: ['auditor'] });
  const policy = { type: 'budget' as const, name: 'Outlook', amount: 1 };
  const policyId = take(await client.createPolicy({ params, body: policy })).id;
  await store(id, keys.setting(id, 'policy', policyId), {
    content: { type: 'forecast', name: 'Outlook', horizonDays: 30 },
  });
  const source = { type: 'aws' as const, name: 'Ledger', accountId: 'acc-1' };
  const sourceId = take(await client.createDataSource({ params, body: source })).id;
  await store(id, keys.setting(id, 'data_source', sourceId), { type: 'oracle' });
  const { items } = take(await client.listAuditEvents({ params, query: { targetId: sourceId } }));
  const details = { before: 1, after: 2, toString: 'none' };
  await store(id, keys.auditEvent(id, items[0]?.id ?? ''), { action: 'data_source_synced', details });
});

test.each<[page: string, path: () => string, texts: string[]]>([
  ['the list of users', () => '/users', ['auditor']],
  ['a user', () => `/users/${cleo.userId}`, ['auditor']],
  ['a user of an unknown status', () => `/users/${hal.userId}`, ['suspended']],
  ['the list of invites', () => '/settings/invitations', ['on_hold', 'scheduled', 'auditor']],
  ['the list of policies', () => '/settings/policies', ['forecast', 'This version of Roster cannot show the rule.']],
  ['the list of data sources', () => '/settings/data-sources', ['oracle']],
])('%s shows the unknown values', async (_, path, texts) => {
  const page = await open(path());
  for (const text of texts) await page.getByText(text, { exact: true }).first().waitFor();
});

test('the audit log shows an event with an unknown action, and its details', async () => {
  const page = await open('/settings/audit-log');
  const row = page.getByRole('row').filter({ hasText: 'Mara Manager performed an action: data_source_synced.' });
  await row.getByRole('button', { name: /^Details/ }).click();
  await row.getByText('toString', { exact: true }).waitFor();
});

test('an unknown role is neither dropped silently nor granted again', async () => {
  const page = await open(`/users/${cleo.userId}`);
  await page.getByRole('button', { name: 'Change roles' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change roles of Cleo Marsh' });
  await dialog.getByText('auditor', { exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'Change roles' }).click();
  await dialog.getByText('This version of Roster cannot assign this role. Choose another, or remove it.').waitFor();
  const record = keys.user(organization.id, cleo.userId);
  expect(await tableOf(organization.id).get(record)).toMatchObject({ assignments: ['member', 'auditor'], version: 1 });
  await dialog.getByRole('button', { name: 'Remove role 2' }).click();
  await dialog.getByRole('button', { name: 'Change roles' }).click();
  await page.getByText('Changed the roles of Cleo Marsh.').waitFor();
  expect(await tableOf(organization.id).get(record)).toMatchObject({ assignments: ['member'], version: 2 });
});

test('a policy of an unknown type cannot be changed', async () => {
  const page = await open('/settings/policies');
  await startAction(page, 'Outlook', 'Edit');
  const dialog = page.getByRole('dialog', { name: 'Edit Outlook' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('This version of Roster cannot change a policy of this type.').waitFor();
});
