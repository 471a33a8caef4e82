import { beforeAll, expect, test } from 'vitest';
import { expectReadable, useBrowser } from '../../support/browser.ts';
import { choose, openConsole } from '../../support/console.ts';
import { newMember, newOrganization, newPool, take, type TestOrganization } from '../../support/organization.ts';
import { useStack } from '../../support/stack.ts';

const stack = useStack();
const browser = useBrowser();

let organization: TestOrganization;

beforeAll(async () => {
  organization = await newOrganization(stack, 'Acme FinOps');
  await newPool(organization, 'Web', organization.rootPoolId);
});

const list = async () =>
  take(await organization.manager.client.listServiceAccounts({ params: organization.params })).items;

test('a manager binds a machine, changes its roles and deletes it, and sees what it can do and when it was last used', async () => {
  const machine = await stack.machine();
  const page = await openConsole(stack, browser, organization, organization.manager, '/settings/service-accounts');
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

test('the tab is only for those who may manage service accounts', async () => {
  const ada = await newMember(stack, organization, [{ role: 'member' }], 'Ada Lovelace');
  const page = await openConsole(stack, browser, organization, ada, '/settings/organization');
  await page.getByRole('tab', { name: 'Policies' }).waitFor();
  expect(await page.getByRole('tab', { name: 'Service accounts' }).count()).toBe(0);
  await page.goto(page.url().replace('organization', 'service-accounts'));
  await page.getByText('Only organization managers can manage service accounts.').waitFor();
});
