import { expect, test } from 'vitest';
import { expectReadable } from '../../support/browser.ts';
import { useConsole } from '../../support/console.ts';
import { take } from '../../support/organization.ts';

const { organization, open } = useConsole();

test('the console shows that it is offline; a failed save keeps its input and succeeds once the browser is online again', async () => {
  const page = await open('/settings/data-sources');
  await page.getByRole('button', { name: 'Connect data source' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Account ID').fill('123');
  await dialog.getByLabel('Name', { exact: true }).fill('Main');
  await page.context().setOffline(true);
  await page.getByText('You are offline', { exact: true }).waitFor();
  const connect = dialog.getByRole('button', { name: 'Connect data source' });
  await connect.click();
  await dialog.getByText('Try again when you are back online.').waitFor();
  await expectReadable(page);
  expect(await dialog.getByLabel('Account ID').inputValue()).toBe('123');
  await page.context().setOffline(false);
  await page.getByText('You are offline', { exact: true }).waitFor({ state: 'detached' });
  await connect.click();
  await page.getByText('Connected the data source Main.').waitFor();
});

test('a create request whose response was lost takes effect only once when it is sent again', async () => {
  const page = await open('/settings/policies');
  await page.getByRole('button', { name: 'Create policy' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /^Type/ }).click();
  await page.getByRole('option', { name: 'Budget' }).click();
  await dialog.getByLabel('Name', { exact: true }).fill('Once');
  await dialog.getByLabel('Amount').fill('1');
  await page.route('**/policies', async (route) => {
    await route.fetch();
    await route.abort();
  });
  const create = dialog.getByRole('button', { name: 'Create policy' });
  await create.click();
  await dialog.getByText('The connection was lost before Roster could confirm your change.').waitFor();
  await page.unroute('**/policies');
  await create.click();
  await page.getByText('Created the policy Once.').waitFor();
  const { items } = take(await organization.manager.client.listPolicies({ params: organization.params }));
  expect(items.map(({ name }) => name)).toEqual(['Once']);
});

test('a page that throws shows an error, leaves the rest of the console usable, and can be reloaded', async () => {
  const page = await open('/users');
  await page.getByRole('link', { name: 'Settings' }).waitFor();
  await page.route('**/data-sources?*', (route) => route.fulfill({ json: { items: [null] } }));
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'Data sources' }).click();
  await page.getByText('Something went wrong on our side').waitFor();
  await page.getByRole('link', { name: 'Users', exact: true }).click();
  await page.getByRole('rowheader', { name: 'Mara Manager' }).waitFor();
  await page.goBack();
  await page.getByText('Something went wrong on our side').waitFor();
  await expectReadable(page);
  await page.unroute('**/data-sources?*');
  await page.getByRole('button', { name: 'Reload' }).click();
  await page.getByRole('heading', { level: 2, name: 'Data sources' }).waitFor();
});
