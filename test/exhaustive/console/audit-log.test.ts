import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { sentences } from '../../../functions/console/app/audit/sentences.ts';
import { auditActions } from '../../../shared/audit/audit-event.ts';
import { expectReadable } from '../../support/browser.ts';
import { choose, startAction, useConsole } from '../../support/console.ts';
import {
  inviteByMail,
  invitedMember,
  newPool,
  newResource,
  take,
  type TestMember,
} from '../../support/organization.ts';
import { bound, deleteServiceAccount } from '../../support/service-accounts.ts';

const { stack, organization, open } = useConsole();
let [ada, ben] = [] as unknown as [TestMember, TestMember];
let web: string;

beforeAll(async () => {
  const { params, manager, rootPoolId } = organization;
  const { client } = manager;
  web = await newPool(organization, 'Web', rootPoolId);
  ada = await invitedMember(stack, organization, [{ role: 'engineer', poolId: web }], 'Ada Lovelace');
  ben = await invitedMember(stack, organization);
  const { inviteId } = await inviteByMail(stack, organization, 'guest@example.com');
  take(await client.revokeInvite({ params: { ...params, inviteId } }));
  const roles = [{ role: 'manager' as const, poolId: web }];
  take(await client.changeRoles({ params: { ...params, userId: ada.userId }, body: { roles } }));
  const shop = { params: { ...params, poolId: await newPool(organization, 'Shop', web) } };
  take(await client.updatePool({ ...shop, body: { name: 'Store', monthlyLimit: 10 } }));
  take(await client.deletePool(shop));
  const source = take(
    await client.createDataSource({ params, body: { type: 'aws', name: 'Main', accountId: '1' } }),
  ).id;
  take(await client.updateDataSource({ params: { ...params, dataSourceId: source }, body: { name: 'First' } }));
  const { id: resourceId } = await newResource(organization, web, { name: 'Server' });
  take(await ada.client.updateResource({ params: { ...params, resourceId }, body: { tags: { env: 'test' } } }));
  take(await client.deleteResource({ params: { ...params, resourceId } }));
  const policyId = take(await client.createPolicy({ params, body: { type: 'budget', name: 'Little', amount: 1 } })).id;
  take(await client.updatePolicy({ params: { ...params, policyId }, body: { amount: 2 } }));
  take(await client.deletePolicy({ params: { ...params, policyId } }));
  const machine = await stack.machine();
  const serviceAccountId = await bound(organization, machine, roles);
  const items = ['a', 'b'].map((externalId) => ({
    name: 'Disk',
    type: 'vm',
    poolId: web,
    dataSourceId: source,
    externalId,
  }));
  take(await machine.client.ingestResources({ params, body: { items } }));
  take(await deleteServiceAccount(organization, serviceAccountId));
  const gone = { params: { ...params, userId: ben.userId } };
  take(await client.removeUser({ ...gone, query: { successorId: ada.userId } }));
  take(await client.restoreUser(gone));
  take(await client.updateOrganization({ params, body: { inviteExpiryDays: 3 } }));
});

/** Waits until the page shows these sentences, in this order. */
const tells = (page: Page, ...wanted: string[]) =>
  expect
    .poll(async () =>
      (await page.locator('tbody tr td:last-child').allTextContents()).map((text) => text.replace(/Details.*/, '')),
    )
    .toEqual(wanted);

const newest = [
  'Mara Manager changed the organization settings.',
  'Mara Manager restored Ben Member, with everything Ada Lovelace had taken over.',
  'Mara Manager deleted Ben Member. Ada Lovelace took over everything.',
  'Mara Manager deleted the service account Pipeline.',
  'Pipeline sent new data for 2 resources.',
  'Mara Manager created the service account Pipeline.',
  'Mara Manager deleted the policy Little.',
  'Mara Manager changed the policy Little.',
  'Mara Manager created the policy Little.',
  'Mara Manager deleted the resource Server.',
  'Ada Lovelace changed the resource Server.',
  'Mara Manager added the resource Server.',
  'Mara Manager changed the data source First.',
  'Mara Manager connected the data source Main.',
  'Mara Manager deleted the pool Store. Its resources are now in Web.',
  'Mara Manager changed the pool Store.',
  'Mara Manager created the pool Shop.',
  'Mara Manager changed the roles of Ada Lovelace.',
  'Mara Manager revoked the invitation to guest@example.com.',
  'Mara Manager invited guest@example.com.',
];

const oldest = () => [
  `Ben Member accepted the invitation to ${ben.email}.`,
  `Mara Manager invited ${ben.email}.`,
  `Ada Lovelace accepted the invitation to ${ada.email}.`,
  `Mara Manager invited ${ada.email}.`,
  'Mara Manager created the pool Web.',
  'Mara Manager created the organization.',
];

test('every action that the code can record has a sentence', () => {
  expect(Object.keys(sentences).toSorted()).toEqual([...auditActions].toSorted());
});

test('the log shows who did what to whom, newest first, page by page', async () => {
  const page = await open('/settings/audit-log');
  await tells(page, ...newest);
  await expectReadable(page);
  await page.getByRole('button', { name: 'Next page' }).click();
  await tells(page, ...oldest());
  expect(await page.locator('tbody tr td').first().textContent()).toMatch(/^\d+\s\w+\s\d{4},\s\d\d:\d\d:\d\d\sUTC$/);
  await page.getByRole('row', { name: 'created the pool Web' }).getByRole('link', { name: 'Mara Manager' }).click();
  await page.waitForURL(`**/users/${organization.manager.userId}`);
});

test('the details of an event show the values before and after, and the request', async () => {
  const page = await open('/settings/audit-log');
  const details = async (sentence: string) => {
    const row = page.getByRole('row', { name: sentence });
    await row.getByRole('button', { name: /^Details/ }).click();
    return row;
  };
  const roles = await details('changed the roles of Ada Lovelace');
  await roles.getByText('was Engineer · Web, now Manager · Web').waitFor();
  await roles.getByText(ada.userId).waitFor();
  await roles.getByText(/^[0-9a-f-]{36}$/).waitFor();
  await (await details('changed the pool Store')).getByText('was Shop, now Store').waitFor();
  await (await details('changed the policy Little')).getByText('was 1, now 2').waitFor();
  await (await details('changed the organization settings')).getByText('was 7, now 3').waitFor();
  await expectReadable(page);
});

test('the log is filtered by actor and target, and the address of the page contains the filters', async () => {
  const page = await open('/settings/audit-log');
  await tells(page, ...newest);
  await page.getByRole('button', { name: /^Changed by/ }).click();
  await page.keyboard.type('ada');
  await page.getByRole('option', { name: 'Ada Lovelace' }).click();
  // The pool was deleted, but the event still contains its name.
  const changed = 'Ada Lovelace changed the resource Server.';
  await tells(page, changed, `Ada Lovelace accepted the invitation to ${ada.email}.`);
  const sent = await open(`/settings/audit-log${new URL(page.url()).search}`);
  await tells(sent, changed, `Ada Lovelace accepted the invitation to ${ada.email}.`);
  await sent.getByRole('button', { name: 'Changed by Ada Lovelace' }).waitFor();

  await choose(page, /^User affected/, 'Ben Member');
  await page.getByText('No matching events').waitFor();
  await expectReadable(page);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await tells(page, ...newest);
  await page.getByLabel('Other object affected').fill(web);
  await tells(
    page,
    'Mara Manager deleted the pool Store. Its resources are now in Web.',
    'Mara Manager created the pool Web.',
  );
});

test('a change in the console appears in the log immediately', async () => {
  const page = await open('/settings/audit-log');
  await tells(page, ...newest);
  await page.getByRole('tab', { name: 'Data sources' }).click();
  await startAction(page, 'First', 'Delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Deleted the data source First.').waitFor();
  await page.getByRole('tab', { name: 'Audit log' }).click();
  await tells(page, 'Mara Manager deleted the data source First.', ...newest.slice(0, -1));
});

test('a user who cannot read the log sees that it exists, and why it is unavailable', async () => {
  const page = await open('/settings/audit-log', ada);
  await page.getByText('Only organization managers can read the audit log.').waitFor();
  await expectReadable(page);
});
