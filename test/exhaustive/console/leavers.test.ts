import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectReadable, useBrowser } from '../../support/browser.ts';
import { clicksOf } from '../../support/clicks.ts';
import { choose, openConsole, savedBy, selectRows, startForSelected } from '../../support/console.ts';
import {
  insertMember,
  inviteByMail,
  newEmail,
  newMember,
  newOrganization,
  newPool,
  newResource,
  take,
  type TestOrganization,
} from '../../support/organization.ts';
import { bound } from '../../support/service-accounts.ts';
import { useStack } from '../../support/stack.ts';

const stack = useStack();
const browser = useBrowser();

/** An organization with its manager and these members. */
const organizationOf = async (...names: string[]) => {
  const organization = await newOrganization(stack, 'Acme FinOps');
  const ids: Record<string, string> = {};
  for (const name of names) ids[name] = (await insertMember(organization, [{ role: 'member' }], { name })).id;
  return { organization, ids };
};

const remove = async ({ manager, params }: TestOrganization, userIds: string[], successorId = manager.userId) => {
  const body = { userIds, successorId };
  for (const { ok } of take(await manager.client.removeUsers({ params, body })).results) expect(ok).toBe(true);
};

const statusesOf = async ({ manager, params }: TestOrganization, ids: string[]) =>
  Promise.all(ids.map(async (userId) => take(await manager.client.getUser({ params: { ...params, userId } })).status));

const open = ({ organization }: { organization: TestOrganization }, path: string): Promise<Page> =>
  openConsole(stack, browser, organization, organization.manager, path);

const names = (page: Page): Promise<string[]> => page.locator('tbody tr th').allTextContents();

const tenNames = Array.from({ length: 10 }, (_, index) => `Leaver ${index}`);

test('ten users are deleted with one successor in 7 clicks, and Undo restores them in the reverse order', async () => {
  const acme = await organizationOf('Zoe Stays', ...tenNames);
  const { organization, ids } = acme;
  const leaverIds = tenNames.map((name) => ids[name] ?? '');
  const web = await newPool(organization, 'Web', organization.rootPoolId);
  for (const ownerId of leaverIds) await newResource(organization, web, { ownerId, monthlyCost: 100 });
  const page = await open(acme, '/users');
  const dialog = page.getByRole('dialog', { name: 'Delete 10 users' });

  const clicks = await clicksOf(page, async () => {
    await page.getByRole('checkbox', { name: 'Select Leaver 0' }).check();
    await page.getByRole('checkbox', { name: 'Select Leaver 9' }).click({ modifiers: ['Shift'] });
    await startForSelected(page, 'Delete');
    await dialog.getByText('US$1,000.00 a month').waitFor();
    await choose(page, /^Successor/, 'Mara Manager');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Deleted 10 users. Everything they owned now belongs to Mara Manager.').waitFor();
  });
  expect(clicks).toBeLessThan(8);
  await expect.poll(() => names(page)).toEqual(['Mara Manager', 'Zoe Stays']);
  expect(await statusesOf(organization, leaverIds)).toEqual(tenNames.map(() => 'removed'));

  const restored: string[] = [];
  page.on('request', (request) => {
    const id = /users\/(\w+)\/restore$/.exec(request.url())?.[1];
    if (id !== undefined) restored.push(id);
  });
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('10 users are back').waitFor();
  expect(restored).toEqual(leaverIds.toReversed());
  await expect.poll(async () => (await names(page)).length).toBe(12);
});

test('successors who can manage the assets are listed first, beginning with the signed-in person and the owner of the pool', async () => {
  const acme = await organizationOf('Adam Member', 'Leaver 0', 'Leaver 1');
  const { organization, ids } = acme;
  const web = await newPool(organization, 'Web', organization.rootPoolId);
  const data = await newPool(organization, 'Data', organization.rootPoolId);
  const [leaver0 = '', leaver1 = ''] = [ids['Leaver 0'], ids['Leaver 1']];
  for (const ownerId of [leaver0, leaver1]) await newResource(organization, web, { ownerId });
  const olga = await insertMember(organization, [{ role: 'manager', poolId: web }], { name: 'Olga Owner' });
  const params = { ...organization.params, poolId: web };
  take(await organization.manager.client.updatePool({ params, body: { defaultOwnerId: olga.id } }));
  await insertMember(organization, [{ role: 'manager', poolId: web }], { name: 'Will Web' });
  await insertMember(organization, [{ role: 'manager', poolId: data }], { name: 'Dora Data' });
  const page = await open(acme, '/users');
  await selectRows(page, 'Leaver 0', 'Leaver 1');
  const dialog = await startForSelected(page, 'Delete');
  await dialog.getByText('US$0.00 a month').waitFor();
  await dialog.getByRole('button', { name: /^Successor/ }).click();
  const options = page.getByRole('option');
  const email = /(?:manager|member)\.\d+\.[0-9a-f]{8}@example\.com/;
  await expect
    .poll(async () => (await options.allTextContents()).map((text) => text.replace(email, '|')))
    .toEqual([
      'Mara ManagerYou|',
      'Olga OwnerOwner of Web|',
      'Will Web|',
      'Adam Member|Member: can view these assets but not change them',
      'Dora Data|Manager: can view these assets but not change them',
    ]);
  await expectReadable(page);
});

test('many users are deleted in several requests, and those that could not be deleted stay selected, with the reason', async () => {
  const many = Array.from({ length: 25 }, (_, index) => `Leaver ${index}`);
  const acme = await organizationOf(...many);
  const { organization, ids } = acme;
  const adam = await newMember(stack, organization, [{ role: 'member' }], 'Adam Member');
  const page = await open(acme, '/users?search=leaver');
  await page.getByRole('checkbox', { name: 'Select all users on this page' }).check();
  await page.getByText('(25 selected)').waitFor();
  await page.getByRole('searchbox').first().fill('mara');
  await selectRows(page, 'Mara Manager');
  await page.getByText('(26 selected)').waitFor();
  const dialog = await startForSelected(page, 'Delete');
  await dialog.getByText('You selected yourself too, but you will not be deleted.').waitFor();
  await choose(page, /^Successor/, 'Mara Manager');
  await remove(organization, [ids['Leaver 7'] ?? ''], adam.userId);
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await dialog.getByText('1 of 25 failed').waitFor();
  await dialog.getByText('Leaver 7: ').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('Deleted 24 users.').waitFor();
  await page.getByText('(2 selected)').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('24 users are back').waitFor();
  const statuses = await statusesOf(organization, Object.values(ids));
  expect(statuses.filter((status) => status === 'removed')).toHaveLength(1);
});

test('service accounts and pending invitations of the users are shown before they are deleted', async () => {
  const acme = await organizationOf();
  const { organization } = acme;
  const roles = [{ role: 'organization_manager' as const }];
  const ivy = await newMember(stack, organization, roles, 'Ivy Inviter');
  const beth = await newMember(stack, organization, roles, 'Beth Binder');
  const { inviteId } = await inviteByMail(stack, { ...organization, manager: ivy }, newEmail());
  await bound({ ...organization, manager: beth }, await stack.machine(), [{ role: 'member' }]);
  const page = await open(acme, '/users');
  await selectRows(page, 'Ivy Inviter', 'Beth Binder');
  const dialog = await startForSelected(page, 'Delete');
  await dialog.getByText('Pending invitations: 1').waitFor();
  await dialog.getByLabel('Revoke them').check();
  await choose(page, /^Successor/, 'Mara Manager');
  await dialog.getByText('Service accounts that they set up keep working: Pipeline.').waitFor();
  await expectReadable(page);
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Deleted 2 users.').waitFor();
  await page.getByText('Service accounts that they set up keep working: Pipeline.').waitFor();
  const params = { ...organization.params, inviteId };
  expect(take(await organization.manager.client.getInvite({ params })).status).toBe('revoked');
});

test('the list of deleted users shows when and by whom each was deleted and who took over, and they are restored one by one or together', async () => {
  const acme = await organizationOf('Ada Lovelace', 'Grace Hopper', 'Linus Member');
  const { organization, ids } = acme;
  for (const id of Object.values(ids)) await remove(organization, [id]);
  const page = await open(acme, '/users');
  await choose(page, /^Status/, 'Deleted');
  await page.getByRole('heading', { name: 'Deleted users' }).waitFor();
  expect(page.url()).toContain('?status=removed');
  await expect.poll(() => names(page)).toEqual(['Linus Member', 'Grace Hopper', 'Ada Lovelace']);
  const cells = await page.getByRole('row', { name: 'Ada Lovelace' }).getByRole('cell').allTextContents();
  expect(cells.filter((text) => text === 'Mara Manager')).toHaveLength(2);
  await expectReadable(page);
  const file = await savedBy(page, () => page.getByRole('button', { name: 'Export CSV' }).click());
  expect(file.trim().split('\r\n')).toHaveLength(4);
  expect(file).toMatch(/"Ada Lovelace".*"Deleted".*"Mara Manager","Mara Manager"/);

  await page.getByRole('button', { name: 'Restore Grace Hopper' }).click();
  await page.getByText('Grace Hopper is back').waitFor();
  await expect.poll(() => names(page)).toEqual(['Linus Member', 'Ada Lovelace']);
  await selectRows(page, 'Linus Member', 'Ada Lovelace');
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await page.getByText('2 users are back').waitFor();
  await page.getByText('No deleted users').waitFor();
  expect(await statusesOf(organization, Object.values(ids))).toEqual(['active', 'active', 'active']);
});

test('a successor who was also deleted is restored before the users whose assets they took over', async () => {
  const acme = await organizationOf('Ada Lovelace');
  const heir = await newMember(stack, acme.organization, [{ role: 'member' }], 'Hal Heir');
  const ada = acme.ids['Ada Lovelace'] ?? '';
  await remove(acme.organization, [ada], heir.userId);
  stack.advanceClock(60_000);
  await remove(acme.organization, [heir.userId]);
  const page = await open(acme, '/users?status=removed');
  await page.getByRole('button', { name: 'Restore Ada Lovelace' }).click();
  await page.getByText('Ada Lovelace: Restore the successor first').waitFor();
  await selectRows(page, 'Ada Lovelace', 'Hal Heir');
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await page.getByText('2 users are back').waitFor();
  expect(await statusesOf(acme.organization, [ada, heir.userId])).toEqual(['active', 'active']);
});
