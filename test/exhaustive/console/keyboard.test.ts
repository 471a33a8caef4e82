import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { useConsole } from '../../support/console.ts';
import { everyInvite } from '../../support/invite-page.ts';
import { press, tabTo } from '../../support/keyboard.ts';
import { newEmail, newMember, newPool, take, type TestMember } from '../../support/organization.ts';
import { userOf } from '../../support/restores.ts';

const { stack, organization, open } = useConsole();
let web: string;
let grace: TestMember;

beforeAll(async () => {
  const engineering = await newPool(organization, 'Engineering', organization.rootPoolId);
  web = await newPool(organization, 'Web', engineering);
  await newMember(stack, organization, [{ role: 'manager', poolId: engineering }], 'Ada Lovelace');
  grace = await newMember(stack, organization, [{ role: 'member' }], 'Grace Hopper');
});

/** Opens a page and waits for a text on it. After that, the tests only press keys. */
const openLoaded = async (path: string, loaded: string): Promise<Page> => {
  const page = await open(path);
  await page.locator('main').getByText(loaded).first().waitFor();
  await page.waitForLoadState('networkidle');
  return page;
};

test('users are invited by keyboard alone', async () => {
  const email = newEmail('keys');
  const page = await openLoaded('/invite', 'Email addresses');
  await tabTo(page, 'Email addresses');
  await page.keyboard.type(email);
  await press(page, 'Enter');
  await tabTo(page, 'Role');
  // The last role in the list is Member, which needs no pool.
  await press(page, 'Enter', 'End', 'Enter');
  await tabTo(page, 'Review');
  await press(page, 'Enter');
  await page.getByRole('heading', { name: 'What will happen' }).waitFor();
  await tabTo(page, 'Send');
  await press(page, 'Enter');
  await page.getByText('1 invitation').first().waitFor();
  await expect.poll(async () => (await everyInvite(organization)).map((invite) => invite.email)).toContain(email);
});

test('pools are expanded, renamed and collapsed in the tree by keyboard alone', async () => {
  const page = await openLoaded('/pools', 'Engineering');
  // The tree is one stop of the Tab key. Inside it, the arrow keys move from cell to cell.
  await tabTo(page, 'Name');
  await tabTo(page, 'Show the sub-pools of Engineering', 'ArrowDown');
  await press(page, 'Enter');
  await page.getByRole('row', { name: 'Web' }).waitFor();
  await tabTo(page, 'Web', 'ArrowDown');
  await tabTo(page, 'Actions for Web', 'ArrowRight');
  await press(page, 'Enter');
  await page.getByRole('menuitem', { name: 'Edit' }).waitFor();
  await tabTo(page, 'Edit', 'ArrowDown');
  await press(page, 'Enter');
  await page.getByRole('dialog').waitFor();
  await tabTo(page, 'Name');
  await press(page, 'ControlOrMeta+A');
  await page.keyboard.type('Shop');
  await press(page, 'Enter');
  await page.getByRole('row', { name: 'Shop' }).waitFor();
  const params = { ...organization.params, poolId: web };
  expect(take(await organization.manager.client.getPool({ params })).name).toBe('Shop');
});

test('a successor is chosen and a user deleted by keyboard alone', async () => {
  const page = await openLoaded('/users', 'Grace Hopper');
  await tabTo(page, 'Actions for Grace Hopper');
  await press(page, 'Enter');
  await page.getByRole('menuitem', { name: 'Delete' }).waitFor();
  await tabTo(page, 'Delete', 'ArrowDown');
  await press(page, 'Enter');
  await page.getByRole('dialog').waitFor();
  await tabTo(page, 'Successor');
  await press(page, 'Enter');
  // The results of the search replace the suggestions, and with them the highlighted option.
  const found = page.waitForResponse((response) => response.url().includes('search=ada'));
  await page.keyboard.type('ada');
  await found;
  await page.getByRole('option', { name: 'Ada Lovelace' }).first().waitFor();
  await press(page, 'ArrowDown', 'Enter');
  await tabTo(page, 'Delete');
  await press(page, 'Enter');
  await expect.poll(async () => (await userOf(organization, grace)).status).toBe('removed');
});
