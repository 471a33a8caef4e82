import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { expectReadable } from '../../support/browser.ts';
import { selectRows, startForSelected, useConsole } from '../../support/console.ts';
import { newMember, newPool, newResource, take, type TestMember } from '../../support/organization.ts';

/** A refused form leads the person to the error, whether the form or the API refused it. */
const { stack, organization, open } = useConsole();
let managerOfWeb: TestMember;

beforeAll(async () => {
  const web = await newPool(organization, 'Web', organization.rootPoolId);
  await newPool(organization, 'Data', organization.rootPoolId);
  managerOfWeb = await newMember(stack, organization, [{ role: 'manager', poolId: web }], 'Wim Web');
});

const hasFocus = (locator: Locator) =>
  expect.poll(() => locator.evaluate((element) => element.contains(document.activeElement))).toBe(true);

const isInView = (page: Page) =>
  page.evaluate(() => {
    const { top, bottom } = document.activeElement?.getBoundingClientRect() ?? { top: -1, bottom: -1 };
    return top >= 0 && bottom <= innerHeight;
  });

test('several errors of a dialog are listed with links, and the first field with an error has the focus', async () => {
  const page = await open('/resources');
  await page.getByRole('button', { name: 'Create resource' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Create resource' }).click();
  await hasFocus(dialog.getByLabel('Name', { exact: true }));
  const summary = dialog.getByText('Please correct 3 fields');
  await summary.waitFor();
  await expectReadable(page);
  await dialog.getByRole('link', { name: /^Pool: / }).click();
  await hasFocus(dialog.getByRole('button', { name: /^Pool/ }));
  await dialog.getByLabel('Name', { exact: true }).fill('Server');
  await dialog.getByText('Please correct 2 fields').waitFor();
  await dialog.getByLabel('Type', { exact: true }).fill('vm');
  await dialog.getByText(/^Please correct/).waitFor({ state: 'detached' });
});

test('the field with an error from the API has the focus', async () => {
  const page = await open('/settings/data-sources');
  await page.getByRole('button', { name: 'Connect data source' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('Main');
  const account = dialog.getByLabel('Account ID');
  await account.fill('12 34');
  const connect = dialog.getByRole('button', { name: 'Connect data source' });
  await connect.click();
  await hasFocus(account);
  // The API refuses the same value again.
  await account.fill('56 78');
  await connect.click();
  await expect.poll(() => connect.isEnabled()).toBe(true);
  await hasFocus(account);
});

test('an error that belongs to no field has the focus', async () => {
  await newResource(organization, organization.rootPoolId, { name: 'Server' });
  const page = await open('/resources');
  await selectRows(page, 'Server');
  const dialog = await startForSelected(page, 'Delete');
  await page.route('**/resources/*', (route) => route.abort());
  await dialog.getByRole('button', { name: 'Delete' }).click();
  const problem = dialog.locator('[data-form-problem]');
  await problem.waitFor();
  await hasFocus(problem);
});

test('on a page, the first field with an error is scrolled into view', async () => {
  const page = await open('/invite');
  await page.getByRole('button', { name: 'Remove role 1' }).click();
  await page.getByLabel(/^Days until/).fill('99');
  await page.getByRole('button', { name: 'Review' }).click();
  const addresses = page.getByRole('textbox', { name: /addresses/ });
  await hasFocus(addresses);
  expect(await isInView(page)).toBe(true);
  await page.getByRole('link', { name: /^Days until/ }).click();
  await hasFocus(page.getByLabel(/^Days until/));
  expect(await isInView(page)).toBe(true);
  await addresses.fill('ada@example.com');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Review' }).click();
  await hasFocus(page.getByRole('button', { name: 'Add role' }));

  await page.goto(page.url().replace('/invite', '/settings/organization'));
  const days = page.getByRole('spinbutton');
  await days.fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await hasFocus(days);
  expect(take(await organization.manager.client.getOrganization({ params: organization.params })).version).toBe(1);
});

test('a pool that cannot be chosen is disabled, and shows why', async () => {
  const page = await open('/resources', managerOfWeb);
  await page.getByRole('button', { name: 'Create resource' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Pool/ }).click();
  const option = (name: string) => page.getByRole('option', { name: new RegExp(`^${name}`) });
  const colorOf = (name: string) =>
    option(name)
      .getByText(name, { exact: true })
      .first()
      .evaluate((element) => getComputedStyle(element).color);
  expect(await colorOf('Data')).not.toBe(await colorOf('Web'));
  await option('Data')
    .getByText(/manager/i)
    .first()
    .waitFor();
});
