import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { allOf, oneOfEach, ownersShown } from '../support/assets.ts';
import { expectReadable, picture, useBrowser } from '../support/browser.ts';
import { openConsole } from '../support/console.ts';
import {
  inviteByMail,
  newEmail,
  newMember,
  newOrganization,
  newPool,
  newResource,
  take,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
const browser = useBrowser();

let organization: TestOrganization;
let web: string;
let [ada, linus] = [] as unknown as [TestMember, TestMember];

beforeAll(async () => {
  organization = await newOrganization(stack, 'Acme FinOps');
  web = await newPool(organization, 'Web', organization.rootPoolId);
  ada = await newMember(stack, organization, [{ role: 'manager', poolId: web }], 'Ada Lovelace');
  linus = await newMember(stack, organization, [{ role: 'member' }], 'Linus Member');
});

const open = (path: string, person: TestMember = organization.manager): Promise<Page> =>
  openConsole(stack, browser, organization, person, path);

const userOf = async ({ userId }: TestMember) =>
  take(await organization.manager.client.getUser({ params: { ...organization.params, userId } }));

/** The dialog that deletes somebody, out of the menu of their row. */
const askToDelete = async (page: Page, name: string) => {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  return page.getByRole('dialog', { name: `Delete ${name}` });
};

const chooseSuccessor = async (page: Page, name: string) => {
  await page.getByRole('button', { name: /^Successor/ }).click();
  await page.keyboard.type(name.slice(0, 4));
  await page.getByRole('option', { name: new RegExp(`^${name}`) }).click();
};

test('deleting shows what is handed over, marks who cannot change it, and gives it to the successor; Undo brings it back', async () => {
  const grace = await newMember(stack, organization, [{ role: 'organization_manager' }], 'Grace Hopper');
  const made = await oneOfEach(organization, grace.userId);
  await newResource(organization, web, { ownerId: grace.userId, monthlyCost: 1234.5 });
  const page = await open('/users');
  const dialog = await askToDelete(page, 'Grace Hopper');
  await dialog.getByText('1,234.50 a month').waitFor();
  expect(await dialog.getByRole('row').allTextContents()).toEqual([
    'PoolResourcesMonthly cost',
    'Acme FinOps10.00',
    'Acme FinOps / Web11,234.50',
  ]);
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await dialog.getByText('Choose who takes over.').waitFor();
  await dialog.getByRole('button', { name: /^Successor/ }).click();
  const option = (name: string) => page.getByRole('option', { name: new RegExp(`^${name}`) });
  await option('Mara Manager').waitFor();
  expect(await option('Mara Manager').textContent()).not.toContain('change');
  expect(await option('Ada Lovelace').textContent()).toContain(
    'Manager: can read but not change 1 resource, 1 pool, 1 policy, and 1 data source',
  );
  expect(await option('Linus Member').textContent()).toContain('Member: can read these assets but not change them');
  expect(await option('Grace Hopper').count()).toBe(0);
  await expectReadable(page);
  await option('Linus Member').click();
  await picture(page, 'console-delete-user');
  await expectReadable(page);
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Grace Hopper is deleted. Linus Member owns now what Grace Hopper owned.').waitFor();
  await page.getByRole('button', { name: 'Actions for Grace Hopper' }).waitFor({ state: 'detached' });
  expect(await ownersShown(organization, made)).toEqual(allOf(linus.userId));

  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Grace Hopper is back').waitFor();
  await page.getByRole('button', { name: 'Actions for Grace Hopper' }).waitFor();
  expect(await ownersShown(organization, made)).toEqual(allOf(grace.userId));
});
