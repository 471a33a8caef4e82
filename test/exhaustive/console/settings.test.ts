import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { expectReadable } from '../../support/browser.ts';
import { useConsole } from '../../support/console.ts';
import { newMember, take, type TestMember } from '../../support/organization.ts';

const { stack, organization, open } = useConsole();
let ben: TestMember;

beforeAll(async () => {
  ben = await newMember(stack, organization);
});

const settings = async () => {
  const { name, inviteExpiryDays } = take(
    await organization.manager.client.getOrganization({ params: organization.params }),
  );
  return { name, inviteExpiryDays };
};

const change = async (body: Partial<Awaited<ReturnType<typeof settings>>>) =>
  take(await organization.manager.client.updateOrganization({ params: organization.params, body }));

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent);

test('the settings are tabs of one screen, each with its own address', async () => {
  const page = await open('/users');
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  await page.waitForURL('**/settings/organization');
  await page.getByLabel('Name').waitFor();
  expect(await page.title()).toBe('Organization · Roster');
  await page.getByText(organization.id).waitFor();
  expect(await page.getByRole('link', { name: 'Settings' }).getAttribute('aria-current')).toBe('page');
  await expectReadable(page);

  // By keyboard, the arrow keys move along the tabs, Enter opens a tab, and the focus stays on it.
  await page.getByRole('tab', { name: 'Organization' }).focus();
  await page.keyboard.press('End');
  expect(await focused(page)).toBe('Audit log');
  expect(page.url()).toContain('/settings/organization');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/settings/audit-log');
  await page.getByRole('heading', { level: 2, name: 'Audit log' }).waitFor();
  expect(await focused(page)).toBe('Audit log');
  await page.goBack();
  await page.getByLabel('Name').waitFor();

  const short = await open('/settings');
  await short.waitForURL('**/settings/organization');
});

test('the organization’s name and the expiry of invites are changed by keyboard alone, and the new name appears everywhere', async () => {
  const page = await open('/settings/organization');
  const name = page.getByLabel('Name');
  await name.waitFor();
  for (let steps = 0; steps < 30 && !(await name.evaluate((field) => field === document.activeElement)); steps += 1)
    await page.keyboard.press('Tab');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('Acme Works');
  await page.keyboard.press('Tab');
  await page.keyboard.type('14');
  await page.keyboard.press('Enter');
  await page.getByText('Saved the settings.').waitFor();
  expect(await settings()).toEqual({ name: 'Acme Works', inviteExpiryDays: 14 });
  await page.getByRole('button', { name: 'Organizations: Acme Works' }).waitFor();
});

test('refused values are reported at their fields, and entered values stay', async () => {
  const before = await change({ name: 'Acme FinOps', inviteExpiryDays: 7 });
  const page = await open('/settings/organization');
  const days = page.getByLabel('Days until an invitation expires');
  const save = page.getByRole('button', { name: 'Save' });
  await days.fill('');
  await save.click();
  await page.getByText('Enter a number of days.').waitFor();
  await days.fill('31');
  await page.getByLabel('Name').fill(' ');
  await save.click();
  const wrong = page.locator('[aria-invalid=true]');
  await expect.poll(() => wrong.count()).toBe(2);
  expect(await days.inputValue()).toBe('31');
  expect(await settings()).toEqual({ name: before.name, inviteExpiryDays: 7 });
  await expectReadable(page);
});

test('a concurrent change of the settings is not overwritten without asking, and entered values stay', async () => {
  const page = await open('/settings/organization');
  await page.getByLabel('Name').fill('Mine');
  await change({ name: 'Theirs' });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Somebody else has changed this').waitFor();
  expect(await settings()).toMatchObject({ name: 'Theirs' });
  await page.getByRole('button', { name: 'Reload and keep my changes' }).click();
  await page.getByText('Somebody else has changed this').waitFor({ state: 'detached' });
  expect(await settings()).toMatchObject({ name: 'Theirs' });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved the settings.').waitFor();
  expect(await settings()).toMatchObject({ name: 'Mine' });
  // Saves a second time, because the form must use the version that it has just saved.
  await page.getByLabel('Name').fill('Mine again');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(settings).toMatchObject({ name: 'Mine again' });
});

test('a user who cannot change the settings can read them, and sees why', async () => {
  const page = await open('/settings/organization', ben);
  await page.getByText('Only organization managers can change the settings.').waitFor();
  expect(await page.getByLabel('Name').isEditable()).toBe(false);
  expect(await page.getByLabel('Days until an invitation expires').isEditable()).toBe(false);
  expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  await expectReadable(page);
});
