import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { expectReadable } from '../support/browser.ts';
import {
  choose,
  listenTo,
  openConsole,
  savedBy,
  selectRows,
  startAction,
  startForSelected,
  useConsole,
} from '../support/console.ts';
import { tabTo } from '../support/keyboard.ts';
import {
  type TestMember,
  insertMember,
  insertPools,
  newMember,
  newOrganization,
  newPool,
  take,
} from '../support/organization.ts';
import { rolesOf } from '../support/restores.ts';

const { stack, browser, organization, open } = useConsole();
let web: string;
let [ada, grace, linus] = [] as unknown as [TestMember, TestMember, TestMember];

beforeAll(async () => {
  const engineering = await newPool(organization, 'Engineering', organization.rootPoolId);
  web = await newPool(organization, 'Web', engineering);
  await newPool(organization, 'Data', organization.rootPoolId);
  ada = await newMember(stack, organization, [{ role: 'manager', poolId: web }], 'Ada Lovelace');
  grace = await newMember(stack, organization, [{ role: 'engineer', poolId: engineering }], 'Grace Hopper');
  linus = await newMember(stack, organization, [{ role: 'member' }], '=Linus');
});

const names = async (page: Page): Promise<string[]> => page.locator('tbody tr th').allTextContents();

/** Waits until the table lists these people and nobody else. */
const listed = (page: Page, ...wanted: string[]) => expect.poll(() => names(page)).toEqual(wanted);

test('the list shows all users with their roles, and the page sends requests only to this origin', async () => {
  const shown = await open('/users');
  const { asked, complaints } = listenTo(shown);
  await shown.reload();
  await listed(shown, '=Linus', 'Ada Lovelace', 'Grace Hopper', 'Mara Manager');
  expect(await shown.getByRole('row', { name: 'Ada Lovelace' }).textContent()).toContain('Manager · Web');
  expect(await shown.title()).toBe('Users · Roster');
  const origins = new Set(asked.filter((url) => !url.startsWith('data:')).map((url) => new URL(url).origin));
  expect(origins).toEqual(new Set([stack.endpoints.api]));
  expect(complaints).toEqual([]);
  await expectReadable(shown);
});

test('the address of the page contains the search and the filters by role and pool, so it can be shared', async () => {
  const page = await open('/users');
  await page.getByRole('searchbox', { name: 'Search' }).pressSequentially('love');
  await listed(page, 'Ada Lovelace');
  expect(page.url()).toContain('?search=love');
  await choose(page, /^Role/, 'Engineer');
  await page.getByText('No matching users').waitFor();
  await expectReadable(page);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await listed(page, '=Linus', 'Ada Lovelace', 'Grace Hopper', 'Mara Manager');
  await choose(page, /^Pool/, 'Web');
  await listed(page, 'Ada Lovelace');

  const sent = await open(new URL(page.url()).pathname.replace(/.*(?=\/users)/, '') + new URL(page.url()).search);
  await listed(sent, 'Ada Lovelace');
});

test('a long list is paginated, and the browser remembers the preferences of the list', async () => {
  const page = await open('/users');
  await page.evaluate(() => localStorage.setItem('roster.users', JSON.stringify({ pageSize: 2 })));
  await page.reload();
  await listed(page, '=Linus', 'Ada Lovelace');
  await page.getByRole('button', { name: 'Next page' }).click();
  await listed(page, 'Grace Hopper', 'Mara Manager');
  await page.getByRole('button', { name: 'Previous page' }).click();
  await listed(page, '=Linus', 'Ada Lovelace');

  await page.getByRole('button', { name: 'Preferences' }).click();
  await page.getByLabel('100').check();
  await expectReadable(page);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await listed(page, '=Linus', 'Ada Lovelace', 'Grace Hopper', 'Mara Manager');
  await page.reload();
  await listed(page, '=Linus', 'Ada Lovelace', 'Grace Hopper', 'Mara Manager');
});

test('roles are changed in a dialog that explains each role and offers the tree of pools', async () => {
  const page = await open('/users');
  await startAction(page, 'Grace Hopper', 'Change roles');
  const dialog = page.getByRole('dialog', { name: 'Change roles of Grace Hopper' });
  await dialog.getByText('The resources they own in the chosen pool and its sub-pools.').waitFor();
  await dialog.getByRole('button', { name: 'Add role' }).click();
  await choose(page, /^Role 2/, 'Manager');
  await dialog.getByRole('button', { name: 'Change roles' }).click();
  await dialog.getByText('Choose a pool for this role.').waitFor();
  await expectReadable(page);
  await page.getByRole('button', { name: /^Pool 2/ }).click();
  await page.keyboard.type('dat');
  await page.getByRole('option', { name: 'Data' }).waitFor();
  await page.getByRole('option', { name: 'Data' }).click();
  await dialog.getByRole('button', { name: 'Change roles' }).click();
  await page.getByText('Changed the roles of Grace Hopper.').waitFor();
  await page.getByRole('row', { name: 'Grace Hopper' }).getByText('Manager · Data').waitFor();
  expect(await rolesOf(organization, grace)).toEqual(['engineer Engineering', 'manager Data']);
});

test('a concurrent change of roles is not overwritten without asking, and the chosen roles stay', async () => {
  const page = await open('/users');
  await startAction(page, '=Linus', 'Change roles');
  await choose(page, /^Role 1/, 'Organization manager');
  const params = { ...organization.params, userId: linus.userId };
  take(await organization.manager.client.changeRoles({ params, body: { roles: [{ role: 'engineer', poolId: web }] } }));
  const save = page.getByRole('dialog').getByRole('button', { name: 'Change roles' });
  await save.click();
  await page.getByText('Somebody else has changed this').waitFor();
  expect(await rolesOf(organization, linus)).toEqual(['engineer Web']);
  await page.getByRole('button', { name: 'Reload and keep my changes' }).click();
  await page.getByText('Somebody else has changed this').waitFor({ state: 'detached' });
  await save.click();
  await page.getByText('Changed the roles of =Linus.').waitFor();
  expect(await rolesOf(organization, linus)).toEqual(['organization_manager']);
  take(await organization.manager.client.changeRoles({ params, body: { roles: [{ role: 'member' }] } }));
});

test('a user with many roles is listed with one role and the number of the others; the dialog and the export contain all of them', async () => {
  const large = await newOrganization(stack, 'Large');
  const poolIds = await insertPools(large, ['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7'], large.rootPoolId);
  const assignments = poolIds.map((poolId) => ({ role: 'engineer' as const, poolId }));
  await insertMember(large, assignments, { name: 'Ina Many' });
  const page = await openConsole(stack, browser, large, large.manager, '/users');
  const row = page.getByRole('row', { name: 'Ina Many' });
  await row.getByText('6 more').waitFor();
  expect(await row.getByText('Engineer · P').count()).toBe(1);
  const file = await savedBy(page, () => page.getByRole('button', { name: 'Export CSV' }).click());
  expect(file.match(/Engineer · P/g)).toHaveLength(7);
  await startAction(page, 'Ina Many', 'Change roles');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Role 7/ })
    .waitFor();
});

test('several users get the same role at once', async () => {
  const page = await open('/users');
  await selectRows(page, 'Ada Lovelace', '=Linus');
  await page.getByText('(2 selected)').waitFor();
  const dialog = await startForSelected(page, 'Replace roles');
  await choose(page, /^Role 1/, 'Engineer');
  await choose(page, /^Pool 1/, 'Web');
  await dialog.getByText('The roles of 2 users will change.').waitFor();
  await dialog.getByRole('button', { name: 'Replace roles' }).click();
  await page.getByText('Changed the roles of 2 users.').waitFor();
  expect([await rolesOf(organization, ada), await rolesOf(organization, linus)]).toEqual([
    ['engineer Web'],
    ['engineer Web'],
  ]);
});

test('a refused change of roles is explained in plain words', async () => {
  const page = await open('/users?search=mara');
  await startAction(page, 'Mara Manager', 'Change roles');
  await choose(page, /^Role 1/, 'Member');
  await page.getByRole('dialog').getByRole('button', { name: 'Change roles' }).click();
  await page.getByText('needs at least one organization manager. Make somebody else').waitFor();
});

test('the CSV file contains exactly the filtered users, and nothing that a spreadsheet would execute', async () => {
  const page = await open('/users');
  await listed(page, '=Linus', 'Ada Lovelace', 'Grace Hopper', 'Mara Manager');
  const all = await savedBy(page, () => page.getByRole('button', { name: 'Export CSV' }).click());
  expect(all.trim().split('\r\n')).toHaveLength(5);
  expect(all).toContain(`"'=Linus","${linus.email}"`);
  await page.getByText('Exported 4 users.').waitFor();
  await page.getByRole('checkbox', { name: 'Select Grace Hopper' }).check();
  const one = await savedBy(page, () => page.getByRole('button', { name: 'Export selected' }).click());
  expect(one.trim().split('\r\n')).toHaveLength(2);
});

test.each(['ada', 'grace'] as const)(
  'a user who cannot change roles (%s) can read the list, and sees why',
  async (who) => {
    const page = await open('/users', { ada, grace }[who]);
    const action = page.getByRole('button', { name: 'Actions for Mara Manager' });
    await action.click();
    const item = page.getByRole('menuitem', { name: 'Change roles' });
    expect(await item.getAttribute('aria-disabled')).toBe('true');
    await item.hover();
    const why = page.getByText('Only organization managers can change roles.');
    await why.filter({ visible: true }).waitFor();
  },
);

test('a role can be changed by keyboard alone', async () => {
  const page = await open('/users?search=grace');
  await listed(page, 'Grace Hopper');
  await page.getByRole('button', { name: 'Actions for Grace Hopper' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Change roles of Grace Hopper' });
  await dialog.waitFor();
  await tabTo(page, 'Add role');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Choose a role');
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await dialog.getByText('The whole organization').waitFor();
  await tabTo(page, 'Change roles');
  await page.keyboard.press('Enter');
  await page.getByText('Changed the roles of Grace Hopper.').waitFor();
  expect(await rolesOf(organization, grace)).toContain('member');
});

test('dark mode can be switched on, and is remembered', async () => {
  const page = await open('/users');
  await page.getByRole('button', { name: 'Dark mode' }).click();
  await page.reload();
  await page.getByRole('button', { name: 'Light mode' }).waitFor();
  expect(await page.evaluate(() => document.body.classList.contains('awsui-dark-mode'))).toBe(true);
});

test('a narrow screen shows a card for each user instead of a table', async () => {
  const page = await open('/users', organization.manager, {
    viewport: { width: 320, height: 640 },
  });
  const cards = page.locator('main ol > li');
  await cards.filter({ hasText: 'Ada Lovelace' }).getByText(ada.email).waitFor();
  expect(await cards.count()).toBe(4);
  expect(await page.getByRole('table').count()).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  await startAction(page, 'Ada Lovelace', 'Change roles');
  const save = page.getByRole('dialog').getByRole('button', { name: 'Change roles' });
  expect((await save.boundingBox())?.x).toBeLessThan(320);
});

test('if the service does not respond, the page says so and can try again', async () => {
  const page = await open('/users');
  await listed(page, '=Linus', 'Ada Lovelace', 'Grace Hopper', 'Mara Manager');
  await page.route('**/users?*', (route) => route.abort());
  await page.getByRole('searchbox', { name: 'Search' }).fill('ada');
  await page.getByText('The service is not responding.').waitFor();
  await expectReadable(page);
  await page.unroute('**/users?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await listed(page, 'Ada Lovelace');
});

test('an unknown address, and one of another tenant’s organization, show a link back', async () => {
  const page = await open('/nothing');
  await page.getByText('Page not found').waitFor();
  const other = await newOrganization(stack, 'Other');
  const stranger = await openConsole(stack, browser, other, organization.manager, '/users');
  await stranger.getByText('This organization does not exist').waitFor();
  await expectReadable(stranger);
});
