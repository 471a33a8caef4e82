import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { expectReadable, useBrowser } from '../../support/browser.ts';
import { openConsole } from '../../support/console.ts';
import { newOrganization, take, type TestOrganization } from '../../support/organization.ts';
import { useStack } from '../../support/stack.ts';

const stack = useStack();
const browser = useBrowser();

let organization: TestOrganization;

beforeAll(async () => {
  organization = await newOrganization(stack, 'Acme FinOps');
});

const open = (path: string): Promise<Page> => openConsole(stack, browser, organization, organization.manager, path);

test('offline one is told so, a save that fails keeps what was typed, and works once back online', async () => {
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

test('a create whose answer was lost happens once when it is sent again', async () => {
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
  await dialog.getByText('The service is not responding.').waitFor();
  await page.unroute('**/policies');
  await create.click();
  await page.getByText('Created the policy Once.').waitFor();
  const { items } = take(await organization.manager.client.listPolicies({ params: organization.params }));
  expect(items.map(({ name }) => name)).toEqual(['Once']);
});

test('a page that breaks says so, takes nothing else with it, and may be loaded again', async () => {
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
