import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { expectReadable } from '../../support/browser.ts';
import { choose, startAction, useConsole } from '../../support/console.ts';
import { newMember, take, type TestMember } from '../../support/organization.ts';

const { stack, organization, open } = useConsole();
let ben: TestMember;

beforeAll(async () => {
  ben = await newMember(stack, organization);
});

const sources = async () =>
  take(await organization.manager.client.listDataSources({ params: organization.params })).items;

const openAction = async (page: Page, name: string, action: string) => {
  await startAction(page, name, action);
  return page.getByRole('dialog', { name: `${action} ${name}` });
};

test('a data source is connected, renamed, given to another owner and deleted', async () => {
  const page = await open('/settings/data-sources');
  await page.getByText('No data sources yet').waitFor();
  await page.getByRole('button', { name: 'Connect data source' }).click();
  const dialog = page.getByRole('dialog', { name: 'Connect data source' });
  await choose(page, /^Type/, 'Google Cloud');
  await dialog.getByLabel('Project ID').fill('shop-1');
  await dialog.getByLabel('Name', { exact: true }).fill('Shop');
  await dialog.getByRole('button', { name: 'Connect data source' }).click();
  await page.getByText('Connected the data source Shop.').waitFor();
  const row = page.getByRole('row', { name: 'Shop' });
  await row.getByRole('link', { name: 'Mara Manager' }).waitFor();
  const made = { type: 'gcp', name: 'Shop', accountId: 'shop-1', ownerId: organization.manager.userId };
  expect(await sources()).toMatchObject([made]);

  const editing = await openAction(page, 'Shop', 'Edit');
  expect(await editing.getByRole('button', { name: /^Type/ }).isDisabled()).toBe(true);
  expect(await editing.getByLabel('Project ID').getAttribute('readonly')).not.toBeNull();
  await editing.getByLabel('Name', { exact: true }).fill('Store');
  await editing.getByRole('button', { name: 'Owner Mara Manager' }).click();
  await page.getByRole('option', { name: 'Ben Member' }).click();
  await expectReadable(page);
  await editing.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('row', { name: 'Store' }).getByRole('link', { name: 'Ben Member' }).waitFor();
  expect(await sources()).toMatchObject([{ ...made, name: 'Store', ownerId: ben.userId }]);

  const deleting = await openAction(page, 'Store', 'Delete');
  await deleting.getByText('Its resources and their owners stay.').waitFor();
  await deleting.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('No data sources yet').waitFor();
  await expectReadable(page);
  expect(await sources()).toEqual([]);
});

test('invalid values are reported at their fields, and an already connected account is reported in plain words', async () => {
  const { client } = organization.manager;
  const body = { type: 'aws' as const, name: 'Main', accountId: '123456789012' };
  take(await client.createDataSource({ params: organization.params, body }));
  const page = await open('/settings/data-sources');
  await page.getByRole('button', { name: 'Connect data source' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Account ID').fill('12 34');
  await dialog.getByLabel('Name', { exact: true }).fill('Twice');
  const connect = dialog.getByRole('button', { name: 'Connect data source' });
  await connect.click();
  await dialog.getByText('Visible ASCII characters without spaces, at most 200.').waitFor();
  const wrong = dialog.locator('[aria-invalid=true]');
  expect(await wrong.inputValue()).toBe('12 34');
  await dialog.getByLabel('Account ID').fill(body.accountId);
  await connect.click();
  await dialog.getByText('This account is already connected').waitFor();
  expect(await dialog.getByLabel('Name', { exact: true }).inputValue()).toBe('Twice');
  await expectReadable(page);
});

test('a user who cannot manage data sources can read them, and sees why', async () => {
  const page = await open('/settings/data-sources', ben);
  await page.getByRole('row', { name: 'Main' }).waitFor();
  await expectReadable(page);
  await page.getByRole('button', { name: 'Connect data source' }).hover();
  const why = page.getByText('Only organization managers can manage data sources.');
  await why.filter({ visible: true }).waitFor();
});
