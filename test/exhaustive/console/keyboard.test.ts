import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { useBrowser } from '../../support/browser.ts';
import { openConsole } from '../../support/console.ts';
import { everyInvite } from '../../support/invite-page.ts';
import { press, tabTo } from '../../support/keyboard.ts';
import {
  newEmail,
  newMember,
  newOrganization,
  newPool,
  take,
  type TestMember,
  type TestOrganization,
} from '../../support/organization.ts';
import { useStack } from '../../support/stack.ts';

const stack = useStack();
const browser = useBrowser();

let organization: TestOrganization;
let web: string;
let grace: TestMember;

beforeAll(async () => {
  organization = await newOrganization(stack, 'Acme FinOps');
  const engineering = await newPool(organization, 'Engineering', organization.rootPoolId);
  web = await newPool(organization, 'Web', engineering);
  await newMember(stack, organization, [{ role: 'manager', poolId: engineering }], 'Ada Lovelace');
  grace = await newMember(stack, organization, [{ role: 'member' }], 'Grace Hopper');
});

/** Opens a page and waits for a text on it. From there on the tests only press keys. */
const open = async (path: string, loaded: string): Promise<Page> => {
  const page = await openConsole(stack, browser, organization, organization.manager, path);
  await page.locator('main').getByText(loaded).first().waitFor();
  await page.waitForLoadState('networkidle');
  return page;
};

const getUser = (userId: string) => organization.manager.client.getUser({ params: { ...organization.params, userId } });

test('users are invited by keyboard alone', async () => {
  const email = newEmail('keys');
  const page = await open('/invite', 'Email addresses');
  await tabTo(page, 'Email addresses');
  await page.keyboard.type(email);
  await press(page, 'Enter');
  await tabTo(page, 'Role');
  // The last role is that of a member, which needs no pool.
  await press(page, 'Enter', 'End', 'Enter');
  await tabTo(page, 'Review');
  await press(page, 'Enter');
  await page.getByRole('heading', { name: 'What will happen' }).waitFor();
  await tabTo(page, 'Send');
  await press(page, 'Enter');
  await page.getByText('1 invitation').first().waitFor();
  await expect.poll(async () => (await everyInvite(organization)).map((invite) => invite.email)).toContain(email);
});

test('pools are opened, renamed and closed in the tree by keyboard alone', async () => {
  const page = await open('/pools', 'Engineering');
  // Tab leads into the tree once. Inside it, the arrow keys lead from cell to cell.
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

test('a user is deleted and a successor chosen by keyboard alone', async () => {
  const page = await open('/users', 'Grace Hopper');
  await tabTo(page, 'Actions for Grace Hopper');
  await press(page, 'Enter');
  await page.getByRole('menuitem', { name: 'Delete' }).waitFor();
  await tabTo(page, 'Delete', 'ArrowDown');
  await press(page, 'Enter');
  await page.getByRole('dialog').waitFor();
  await tabTo(page, 'Successor');
  await press(page, 'Enter');
  await page.keyboard.type('ada');
  await page.getByRole('option', { name: 'Ada Lovelace' }).first().waitFor();
  await press(page, 'ArrowDown', 'Enter');
  await tabTo(page, 'Delete');
  await press(page, 'Enter');
  await expect.poll(async () => take(await getUser(grace.userId)).status).toBe('removed');
});
