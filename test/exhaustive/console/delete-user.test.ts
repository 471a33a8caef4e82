import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { allOf, oneOfEach, ownersShown } from '../../support/assets.ts';
import { expectReadable } from '../../support/browser.ts';
import { openConsole, startAction, useConsole } from '../../support/console.ts';
import {
  inviteByMail,
  newEmail,
  newMember,
  newOrganization,
  newPool,
  newResource,
  take,
  type TestMember,
} from '../../support/organization.ts';
import { remove, userOf } from '../../support/restores.ts';
import { bound } from '../../support/service-accounts.ts';

const { stack, browser, organization, open } = useConsole();
let web: string;
let [ada, linus] = [] as unknown as [TestMember, TestMember];

beforeAll(async () => {
  web = await newPool(organization, 'Web', organization.rootPoolId);
  ada = await newMember(stack, organization, [{ role: 'manager', poolId: web }], 'Ada Lovelace');
  linus = await newMember(stack, organization, [{ role: 'member' }], 'Linus Member');
});

const statusOfInvite = async (inviteId: string) =>
  take(await organization.manager.client.getInvite({ params: { ...organization.params, inviteId } })).status;

/** Opens the dialog that deletes a user from the menu of their row. */
const askToDelete = async (page: Page, name: string) => {
  await startAction(page, name, 'Delete');
  return page.getByRole('dialog', { name: `Delete ${name}` });
};

const chooseSuccessor = async (page: Page, name: string) => {
  await page.getByRole('button', { name: /^Successor/ }).click();
  await page.keyboard.type(name.slice(0, 4));
  // Before the search has finished, the list of all users also contains the option, but it is about to be replaced.
  await expect.poll(() => page.getByRole('option').count()).toBe(1);
  await page.getByRole('option', { name: new RegExp(`^${name}`) }).click();
};

test('the dialog shows what is handed over and marks successors who cannot change it; deleting gives it to the successor, and Undo gives it back', async () => {
  const grace = await newMember(stack, organization, [{ role: 'organization_manager' }], 'Grace Hopper');
  const made = await oneOfEach(organization, grace.userId);
  await newResource(organization, web, { ownerId: grace.userId, monthlyCost: 1234.5 });
  const page = await open('/users');
  const dialog = await askToDelete(page, 'Grace Hopper');
  await dialog.getByText('US$1,234.50 a month').waitFor();
  expect(await dialog.getByRole('row').allTextContents()).toEqual([
    'PoolResourcesMonthly cost',
    'Acme FinOps1US$0.00',
    'Acme FinOps / Web1US$1,234.50',
  ]);
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await dialog.getByText('Choose a successor.').waitFor();
  await dialog.getByRole('button', { name: /^Successor/ }).click();
  const option = (name: string) => page.getByRole('option', { name: new RegExp(`^${name}`) });
  await option('Mara Manager').waitFor();
  expect(await option('Mara Manager').textContent()).not.toContain('change');
  expect(await option('Ada Lovelace').textContent()).toContain(
    'Manager: can view but not change 1 resource, 1 pool, 1 policy and 1 data source',
  );
  expect(await option('Linus Member').textContent()).toContain('Member: can view these assets but not change them');
  expect(await option('Grace Hopper').count()).toBe(0);
  await option('Linus Member').click();
  await expectReadable(page);
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Deleted Grace Hopper. Everything they owned now belongs to Linus Member.').waitFor();
  await page.getByRole('button', { name: 'Actions for Grace Hopper' }).waitFor({ state: 'detached' });
  expect(await ownersShown(organization, made)).toEqual(allOf(linus.userId));

  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Grace Hopper is back').waitFor();
  await page.getByRole('button', { name: 'Actions for Grace Hopper' }).waitFor();
  expect(await ownersShown(organization, made)).toEqual(allOf(grace.userId));
});

test.each([
  ['Keep them', 'pending', 'pending'],
  ['Revoke them', 'revoked', 'revoked'],
  ['Revoke invitations for organization managers', 'pending', 'revoked'],
])(
  'the manager chooses what happens to pending invites that the user sent: %s',
  async (choice, status, statusOfManagers) => {
    const manages = [{ role: 'organization_manager' as const }];
    const leaver = await newMember(stack, organization, manages, 'Ivy Inviter');
    const as = { ...organization, manager: leaver };
    const { inviteId } = await inviteByMail(stack, as, newEmail());
    const ofManager = await inviteByMail(stack, as, newEmail(), manages);
    const page = await open('/users?search=ivy');
    const dialog = await askToDelete(page, 'Ivy Inviter');
    await dialog.getByText('Pending invitations: 2').waitFor();
    expect(await dialog.getByLabel('Revoke invitations for organization managers').isChecked()).toBe(true);
    await dialog.getByText('Nothing', { exact: true }).waitFor();
    await dialog.getByLabel(choice).check();
    await chooseSuccessor(page, 'Ada Lovelace');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Deleted Ivy Inviter.').waitFor();
    expect(await statusOfInvite(inviteId)).toBe(status);
    expect(await statusOfInvite(ofManager.inviteId)).toBe(statusOfManagers);
  },
);

test('a concurrent change is reported in the dialog, which keeps the chosen values', async () => {
  const leaver = await newMember(stack, organization, [{ role: 'member' }], 'Lea Leaver');
  const successor = await newMember(stack, organization, [{ role: 'member' }], 'Sue Successor');
  const page = await open('/users?search=lea');
  const dialog = await askToDelete(page, 'Lea Leaver');
  await chooseSuccessor(page, 'Sue Successor');
  take(await remove(organization, successor, ada));
  const params = { ...organization.params, userId: leaver.userId };
  const roles = [{ role: 'engineer', poolId: web } as const];
  take(await organization.manager.client.changeRoles({ params, body: { roles } }));

  await dialog.getByRole('button', { name: 'Delete' }).click();
  await dialog.getByText('Somebody else has changed this').waitFor();
  await dialog.getByRole('button', { name: 'Reload and keep my changes' }).click();
  await dialog.getByText('Somebody else has changed this').waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await dialog.getByText('Name another active user.').waitFor();
  await chooseSuccessor(page, 'Ada Lovelace');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Deleted Lea Leaver. Everything they owned now belongs to Ada Lovelace.').waitFor();
  expect(await userOf(organization, leaver)).toMatchObject({ status: 'removed', successorId: ada.userId });
});

test('a user is deleted by keyboard alone; an Undo that is refused shows why, and succeeds once the reason is gone', async () => {
  const leaver = await newMember(stack, organization, [{ role: 'member' }], 'Kay Keyboard');
  const successor = await newMember(stack, organization, [{ role: 'member' }], 'Sven Successor');
  const page = await open('/users?search=kay');
  await page.getByRole('button', { name: 'Actions for Kay Keyboard' }).focus();
  for (const key of ['Enter', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  const dialog = page.getByRole('dialog', { name: 'Delete Kay Keyboard' });
  await dialog.getByText('Nothing', { exact: true }).waitFor();
  for (const key of ['Tab', 'Enter']) await page.keyboard.press(key);
  await page.keyboard.type('sven');
  await expect.poll(() => page.getByRole('option').count()).toBe(1);
  for (const key of ['ArrowDown', 'Enter']) await page.keyboard.press(key);
  await dialog.getByText('Sven Successor').waitFor();
  for (const key of ['Tab', 'Tab', 'Enter']) await page.keyboard.press(key);
  await page.getByText('Deleted Kay Keyboard.').waitFor();
  expect(await userOf(organization, leaver)).toMatchObject({ status: 'removed', successorId: successor.userId });

  take(await remove(organization, successor, ada));
  await page.getByRole('button', { name: 'Undo' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Kay Keyboard: Restore the successor first').waitFor();
  take(await organization.manager.client.restoreUser({ params: { ...organization.params, userId: successor.userId } }));
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Kay Keyboard is back').waitFor();
  expect((await userOf(organization, leaver)).status).toBe('active');
});

test('the last organization manager cannot be deleted even if a service account is one, and the menu shows why', async () => {
  const alone = await newOrganization(stack, 'Alone');
  await bound(alone, await stack.machine(), [{ role: 'organization_manager' }]);
  const page = await openConsole(stack, browser, alone, alone.manager, '/users');
  await page.getByRole('button', { name: 'Actions for Mara Manager' }).click();
  const item = page.getByRole('menuitem', { name: 'Delete' });
  await expect.poll(() => item.getAttribute('aria-disabled')).toBe('true');
  await item.hover();
  const why = page.getByText('This is the only organization manager');
  await why.filter({ visible: true }).waitFor();
});

test('an incomplete count is shown as “at least” that number', async () => {
  const page = await open('/users?search=linus');
  await page.route('**/assets', async (route) => {
    const answer = await route.fetch();
    const assets = (await answer.json()) as object;
    await route.fulfill({ json: { ...assets, exact: false, resources: { count: 45_000, monthlyCost: 9_000.5 } } });
  });
  const dialog = await askToDelete(page, 'Linus Member');
  await dialog.getByText('at least 45,000').waitFor();
  await dialog.getByText('at least US$9,000.50 a month').waitFor();
  await dialog.getByText('There are more assets than could be counted.').waitFor();
});

test('a member cannot delete users and sees why, but can leave', async () => {
  const page = await open('/users', linus);
  await page.getByRole('button', { name: 'Actions for Ada Lovelace' }).click();
  const item = page.getByRole('menuitem', { name: 'Delete' });
  expect(await item.getAttribute('aria-disabled')).toBe('true');
  await item.hover();
  const why = page.getByText('Only organization managers can delete users.');
  await why.filter({ visible: true }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Actions for Linus Member' }).click();
  await item.click();
  await page
    .getByRole('dialog', { name: 'Leave the organization' })
    .getByText('You will lose access immediately')
    .waitFor();
});
