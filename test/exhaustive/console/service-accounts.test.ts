import { beforeAll, expect, test } from 'vitest';
import { expectReadable } from '../../support/browser.ts';
import { choose, useConsole } from '../../support/console.ts';
import { newMember, newPool, take } from '../../support/organization.ts';

const { stack, organization, open } = useConsole();

beforeAll(async () => {
  await newPool(organization, 'Web', organization.rootPoolId);
});

const list = async () =>
  take(await organization.manager.client.listServiceAccounts({ params: organization.params })).items;

test('a manager adds a service account, sees its rights and last use, changes its roles, and deletes it', async () => {
  const machine = await stack.machine();
  const page = await open('/settings/service-accounts');
  await page.getByText('No service accounts').waitFor();
  await page.getByRole('button', { name: 'Add service account' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('How the machine gets access').waitFor();
  expect(await dialog.getByRole('link', { name: /^Read how to request a token/ }).getAttribute('href')).toBe('/docs');
  await dialog.getByRole('button', { name: 'Add service account' }).click();
  await dialog.getByText('Enter the client ID.').first().waitFor();
  await dialog.getByLabel('Name').fill('Pipeline');
  await dialog.getByLabel('Client ID').fill('nobody');
  await choose(page, /^Role 1/, 'Manager');
  await choose(page, /^Pool 1/, 'Web');
  await dialog.getByRole('row', { name: 'Create pools' }).getByText('Acme FinOps / Web and its sub-pools').waitFor();
  await expectReadable(page);
  await dialog.getByRole('button', { name: 'Add service account' }).click();
  await dialog
    .getByText(/No such client|does not exist|client_credentials/)
    .first()
    .waitFor();
  await dialog.getByLabel('Client ID').fill(machine.personId);
  await dialog.getByRole('button', { name: 'Add service account' }).click();
  await page.getByText('Pipeline can now use the API.').waitFor();
  const row = page.getByRole('row', { name: 'Pipeline' });
  await row.getByText('Never').waitFor();
  await row.getByText('Manager · Web').waitFor();

  await row.getByRole('button', { name: 'Actions for Pipeline' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await choose(page, /^Role 1/, 'Member');
  await page.getByRole('dialog').getByRole('button', { name: 'Change roles' }).click();
  await page.getByText('The roles of Pipeline have been changed.').waitFor();
  expect((await list()).map(({ roles }) => roles)).toEqual([[{ role: 'member' }]]);
  await expectReadable(page);

  await row.getByRole('button', { name: 'Actions for Pipeline' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByText('Its next request is refused').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Pipeline can no longer use the API.').waitFor();
  expect(await list()).toEqual([]);
});

test('only users who can manage service accounts see the tab', async () => {
  const ada = await newMember(stack, organization, [{ role: 'member' }], 'Ada Lovelace');
  const page = await open('/settings/organization', ada);
  await page.getByRole('tab', { name: 'Policies' }).waitFor();
  expect(await page.getByRole('tab', { name: 'Service accounts' }).count()).toBe(0);
  await page.goto(page.url().replace('organization', 'service-accounts'));
  await page.getByText('Only organization managers can manage service accounts.').waitFor();
});
