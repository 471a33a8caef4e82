import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { expectReadable } from '../../support/browser.ts';
import { choose, openConsole, savedBy, startAction, useConsole } from '../../support/console.ts';
import {
  insertPools,
  newMember,
  newOrganization,
  newPool,
  newResource,
  take,
  type TestMember,
} from '../../support/organization.ts';

const { stack, browser, organization, open } = useConsole();
let [engineering, web, data] = [] as unknown as [string, string, string];
let [ada, grace] = [] as unknown as [TestMember, TestMember];

beforeAll(async () => {
  engineering = await newPool(organization, 'Engineering', organization.rootPoolId);
  web = await newPool(organization, 'Web', engineering);
  data = await newPool(organization, 'Data', organization.rootPoolId);
  ada = await newMember(stack, organization, [{ role: 'manager', poolId: engineering }], 'Ada Lovelace');
  grace = await newMember(stack, organization, [{ role: 'engineer', poolId: web }], 'Grace Hopper');
  await change(organization.rootPoolId, { monthlyLimit: 5_000 });
  await change(engineering, { monthlyLimit: 2_000, defaultOwnerId: ada.userId });
  await change(data, { monthlyLimit: 1_000 });
});

/** Waits until the tree shows these pools and no others. */
const listed = (page: Page, ...wanted: string[]) =>
  expect.poll(() => page.locator('tbody th a').allTextContents()).toEqual(wanted);

const nameIn = (dialog: Locator) => dialog.getByRole('textbox', { name: 'Name', exact: true });

/** Closes the tooltip with the reason, then the menu. */
const closeMenu = async (page: Page) => {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('menuitem').first().waitFor({ state: 'detached' });
};

const poolNow = async (poolId: string) =>
  take(await organization.manager.client.getPool({ params: { ...organization.params, poolId } }));

const change = async (poolId: string, body: { name?: string; monthlyLimit?: number; defaultOwnerId?: string }) =>
  take(await organization.manager.client.updatePool({ params: { ...organization.params, poolId }, body }));

test('the tree opens with its root expanded, and a search by name shows pools with their paths', async () => {
  const page = await open('/pools');
  await listed(page, 'Acme FinOps', 'Data', 'Engineering');
  await page.getByRole('button', { name: 'Show the sub-pools of Engineering' }).click();
  await listed(page, 'Acme FinOps', 'Data', 'Engineering', 'Web');
  await page.getByRole('row', { name: 'Web' }).getByText('Mara Manager').waitFor();
  await page.getByRole('row', { name: 'Engineering' }).getByText('Ada Lovelace').waitFor();
  await page.getByRole('button', { name: 'Account: Mara Manager' }).waitFor();
  await page.getByRole('button', { name: 'Hide the sub-pools of Engineering' }).click();
  await page.getByRole('searchbox').pressSequentially('we');
  await listed(page, 'Acme FinOps', 'Engineering', 'Web');
  expect(page.url()).toContain('?search=we');
  await expectReadable(page);
  await page.getByRole('searchbox').fill('nothing');
  await page.getByText('No matching pools').waitFor();
  await expectReadable(page);
  await page.getByRole('button', { name: 'Clear search' }).click();
  await listed(page, 'Acme FinOps', 'Data', 'Engineering');
});

test('a pool is created by keyboard alone; invalid values are reported at their fields, and entered values stay', async () => {
  const page = await open('/pools');
  // The button is disabled until the page has read the user's rights.
  await page.getByRole('button', { name: 'Create pool', disabled: false }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Create pool' });
  await nameIn(dialog).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Lake');
  await page.keyboard.press('Enter');
  await dialog.getByText('Choose a parent pool.').waitFor();
  // The field with the error has the focus.
  await page.keyboard.press('Enter');
  await page.keyboard.type('data');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('much');
  await page.keyboard.press('Enter');
  await dialog.getByText('Enter an amount with a decimal point').waitFor();
  await expectReadable(page);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('1000.50');
  await page.keyboard.press('Enter');
  await dialog.getByText('would add up to 1000.50; its own is 1000.00').waitFor();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('400.50');
  await page.keyboard.press('Enter');
  await page.getByText('Created the pool Lake.').waitFor();
  await page.getByRole('row', { name: 'Data' }).getByText('US$400.50 allocated to sub-pools').waitFor();
  const lake = take(await organization.manager.client.listPools(organization)).items.find(
    ({ name }) => name === 'Lake',
  );
  expect(lake).toMatchObject({ parentId: data, monthlyLimit: 400.5, defaultOwnerId: organization.manager.userId });
});

test('a pool gets another name, another default owner and no limit; the name of a sibling is refused at its field', async () => {
  const page = await open('/pools');
  const dialog = await startAction(page, 'Data', 'Edit');
  await nameIn(dialog).fill('engineering');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('The parent pool already has a sub-pool of this name').waitFor();
  await nameIn(dialog).fill('Data platform');
  await dialog.getByLabel('Monthly limit').fill('');
  await page.getByRole('button', { name: /^Default owner/ }).click();
  await page.keyboard.type('grace');
  await page.getByRole('option', { name: 'Ada Lovelace' }).waitFor({ state: 'detached' });
  await page.getByRole('option', { name: 'Grace Hopper' }).waitFor();
  await page.getByRole('option', { name: 'Grace Hopper' }).click();
  await expectReadable(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved the pool Data platform.').waitFor();
  const row = page.getByRole('row', { name: 'Data platform' });
  await row.getByText('Grace Hopper').waitFor();
  await row.getByText('Unlimited').waitFor();
  const now = await poolNow(data);
  expect(now).toMatchObject({ name: 'Data platform', defaultOwnerId: grace.userId });
  expect(now).not.toHaveProperty('monthlyLimit');
});

test('a concurrent change of a pool is not overwritten without asking, and entered values stay', async () => {
  const page = await open('/pools');
  const dialog = await startAction(page, 'Data platform', 'Edit');
  await dialog.getByLabel('Monthly limit').fill('700');
  await change(data, { name: 'Data' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('button', { name: 'Reload and keep my changes' }).click();
  await expect.poll(() => nameIn(dialog).inputValue()).toBe('Data');
  expect(await poolNow(data)).not.toHaveProperty('monthlyLimit');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved the pool Data.').waitFor();
  expect(await poolNow(data)).toMatchObject({ name: 'Data', monthlyLimit: 700 });
});

test('a pool moves with its sub-pools, but not below itself', async () => {
  const page = await open('/pools');
  const dialog = await startAction(page, 'Engineering', 'Move');
  await page.getByRole('button', { name: /^New parent pool/ }).click();
  for (const name of ['Engineering', 'Web', 'Acme FinOps'])
    expect(await page.getByRole('option', { name: new RegExp(`^${name}`) }).getAttribute('aria-disabled')).toBe('true');
  await page.getByRole('option', { name: /^Data/ }).click();
  await expectReadable(page);
  await dialog.getByRole('button', { name: 'Move' }).click();
  await dialog.getByText('The limits right below Data would add up to 2400.50; its own is 700.00.').waitFor();
  await change(data, { monthlyLimit: 3_000 });
  await dialog.getByRole('button', { name: 'Move' }).click();
  await page.getByText('Moved the pool Engineering to Data.').waitFor();
  await listed(page, 'Acme FinOps', 'Data');
  expect((await poolNow(web)).path).toBe('Acme FinOps / Data / Engineering / Web');

  const back = await open(`/pools?search=engineering`);
  await startAction(back, 'Engineering', 'Move');
  await choose(back, /^New parent pool/, 'Acme FinOps');
  await back.getByRole('dialog').getByRole('button', { name: 'Move' }).click();
  await listed(back, 'Acme FinOps', 'Engineering');
});

test('before a deletion, the dialog says that resources move to the parent and roles are dropped', async () => {
  const doomed = await newPool(organization, 'Doomed', engineering);
  const resource = await newResource(organization, doomed);
  const linus = await newMember(stack, organization, [{ role: 'engineer', poolId: doomed }], 'Linus Torvalds');
  const page = await open('/pools?search=doomed');
  await page.getByRole('button', { name: 'Actions for Engineering' }).click();
  const blocked = page.getByRole('menuitem', { name: 'Delete' });
  expect(await blocked.getAttribute('aria-disabled')).toBe('true');
  await blocked.hover();
  await page.getByText('Move or delete its sub-pools first.').filter({ visible: true }).waitFor();
  await closeMenu(page);

  const dialog = await startAction(page, 'Doomed', 'Delete');
  await dialog.getByText('Its resources move to Engineering').waitFor();
  await dialog.getByText('Users with a role on it: Linus Torvalds.').waitFor();
  await expectReadable(page);
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Deleted the pool Doomed.').waitFor();
  const { client } = organization.manager;
  const params = { ...organization.params, resourceId: resource.id };
  expect(take(await client.getResource({ params })).poolId).toBe(engineering);
  const user = take(await client.getUser({ params: { ...organization.params, userId: linus.userId } }));
  expect(user.roles.filter(({ role }) => role === 'engineer')).toEqual([]);
});

test('a pool manager can change the pools below it, and sees why they cannot change others', async () => {
  const page = await open('/pools?search=web', ada);
  await listed(page, 'Acme FinOps', 'Engineering', 'Web');
  const states = async (pool: string) => {
    await page.getByRole('button', { name: `Actions for ${pool}` }).click();
    await page.getByRole('menuitem', { name: 'Move' }).waitFor();
    const items = page.getByRole('menuitem');
    const shown = await items.evaluateAll((all) =>
      all.filter((item) => item.getAttribute('aria-disabled') !== 'true').map((item) => item.textContent),
    );
    await closeMenu(page);
    return shown;
  };
  const reading = ['Who has access', 'Resources'];
  expect(await states('Acme FinOps')).toEqual(reading);
  expect(await states('Engineering')).toEqual([...reading, 'Create sub-pool', 'Edit']);
  expect(await states('Web')).toEqual([...reading, 'Create sub-pool', 'Edit', 'Move', 'Delete']);

  await page.getByRole('button', { name: 'Actions for Engineering' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).hover();
  const why = 'Only organization managers and managers of a pool above it can delete this pool.';
  await page.getByText(why).filter({ visible: true }).waitFor();
  await closeMenu(page);
  const dialog = await startAction(page, 'Engineering', 'Create sub-pool');
  await page.getByRole('button', { name: /^Parent pool/ }).click();
  expect(await page.getByRole('option', { name: /^Data/ }).getAttribute('aria-disabled')).toBe('true');
  await page.keyboard.press('Escape');
  await nameIn(dialog).fill('Mobile');
  await dialog.getByRole('button', { name: 'Create pool' }).click();
  await page.getByText('Created the pool Mobile.').waitFor();
});

test('users with access to a pool are listed with the pool that grants it, and a user who can only read cannot create pools', async () => {
  const page = await open('/pools?search=web', grace);
  await page.getByRole('button', { name: 'Create pool' }).and(page.locator('[aria-disabled=true]')).waitFor();
  await page.getByRole('link', { name: 'Web' }).click();
  await page.getByRole('heading', { name: 'Web', level: 1 }).waitFor();
  const access = page.getByRole('table', { name: 'Who has access' });
  await access.getByRole('row', { name: 'Grace Hopper' }).waitFor();
  const cells = (name: string) => access.getByRole('row', { name }).locator('td').allTextContents();
  expect(await cells('Mara Manager')).toContain('The whole organization');
  expect((await cells('Ada Lovelace')).slice(0, 3)).toEqual([ada.email, 'Manager', 'Engineering']);
  expect((await cells('Grace Hopper')).slice(0, 3)).toEqual([grace.email, 'Engineer', 'Web']);
  expect(await cells('Grace Hopper')).toContain('Edit resources they own');
  const file = await savedBy(page, () => page.getByRole('button', { name: 'Export CSV' }).click());
  expect(file).toContain('"Ada Lovelace"');
  expect(file).toContain('"Edit resources they own"');
  await page.getByRole('link', { name: 'Mara Manager' }).first().waitFor();
  await expectReadable(page);
  expect(await page.getByRole('link', { name: 'Ada Lovelace' }).getAttribute('href')).toContain(`/users/${ada.userId}`);
  expect(await page.getByRole('link', { name: 'Resources in this pool' }).getAttribute('href')).toContain(
    `/resources?poolId=${web}`,
  );
  await access.getByRole('link', { name: 'Engineering' }).click();
  await page.getByRole('heading', { name: 'Engineering', level: 1 }).waitFor();

  const gone = await open('/pools/pool_gone');
  await gone.getByText('Pool not found').waitFor();
});

test('many sub-pools are shown page by page, and a search shows the first matches', async () => {
  const big = await newOrganization(stack, 'Big');
  const names = Array.from({ length: 60 }, (_, index) => `Team ${String(index).padStart(3, '0')}`);
  await insertPools(big, names, big.rootPoolId);
  const page = await openConsole(stack, browser, big, big.manager, '/pools');
  await listed(page, 'Big', ...names.slice(0, 50));
  await page.getByRole('button', { name: 'Show more in Big (10 left)' }).click();
  await listed(page, 'Big', ...names);
  await page.getByRole('searchbox').fill('team');
  await page.getByText('Showing the first 50 of 60 matching pools.').waitFor();
  await page.getByRole('searchbox').fill('team 059');
  await listed(page, 'Big', 'Team 059');
});
