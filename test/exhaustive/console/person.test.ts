import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { expectReadable } from '../../support/browser.ts';
import { choose, useConsole } from '../../support/console.ts';
import { newMember, newPool, newResource, take, type TestMember } from '../../support/organization.ts';
import { remove } from '../../support/restores.ts';

const { stack, organization, open } = useConsole();
let web: string;
let [ada, grace, linus] = [] as unknown as [TestMember, TestMember, TestMember];

beforeAll(async () => {
  web = await newPool(organization, 'Web', organization.rootPoolId);
  ada = await newMember(stack, organization, [{ role: 'manager', poolId: web }], 'Ada Lovelace');
  grace = await newMember(stack, organization, [{ role: 'engineer', poolId: web }], 'Grace Hopper');
  linus = await newMember(stack, organization, [{ role: 'member' }], 'Linus Member');
  await newResource(organization, web, { ownerId: ada.userId, monthlyCost: 20 });
  await newResource(organization, web, { ownerId: grace.userId, monthlyCost: 300 });
  take(await remove(organization, linus, ada));
});

/** The value of a labelled detail of the page, such as `Roles`. */
const fact = (page: Page, label: string) =>
  page.locator('dt', { hasText: new RegExp(`^${label}$`) }).locator('xpath=following-sibling::dd');

const openTab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click();

test('a name in the list leads to the person’s page: details, assets, and the users they took over from', async () => {
  const page = await open('/users');
  await page.getByRole('link', { name: 'Ada Lovelace' }).click();
  await page.getByRole('heading', { name: 'Ada Lovelace' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/console/${organization.id}/users/${ada.userId}`);
  expect(await fact(page, 'Email address').textContent()).toBe(ada.email);
  expect(await fact(page, 'Status').textContent()).toBe('Active');
  expect(await fact(page, 'Roles').textContent()).toBe('Manager · Web');
  expect(await fact(page, 'Invited by').textContent()).toBe('Mara Manager');
  await expectReadable(page);
  await openTab(page, 'Assets');
  await page.getByText('US$20.00 a month').waitFor();
  await page.getByRole('row', { name: 'Acme FinOps / Web' }).waitFor();
  await expectReadable(page);
  await openTab(page, 'Taken over from');
  expect(new URL(page.url()).searchParams.get('tab')).toBe('predecessors');
  await expectReadable(page);

  await page.getByRole('link', { name: 'Linus Member' }).click();
  await page.getByRole('heading', { name: 'Linus Member' }).waitFor();
  await page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('link', { name: 'Users' }).click();
  await page.getByRole('row', { name: 'Ada Lovelace' }).waitFor();
});

test('a user who is deleted on their page remains there as a record, and can be restored there', async () => {
  const page = await open(`/users/${grace.userId}`);
  await page.getByRole('button', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete Grace Hopper' });
  await choose(page, /^Successor/, 'Ada Lovelace');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Restore' }).waitFor();
  await expect.poll(() => fact(page, 'Status').textContent()).toBe('Deleted');
  expect(await fact(page, 'Assets handed over to').textContent()).toBe('Ada Lovelace');
  await openTab(page, 'Assets');
  await page.getByText('What restoring brings back').waitFor();
  await page.getByText('US$300.00 a month').waitFor();
  await expectReadable(page);

  await page.getByRole('button', { name: 'Restore' }).click();
  await page.getByText('Grace Hopper is back').waitFor();
  await page.getByRole('button', { name: 'Change roles' }).waitFor();
  await openTab(page, 'Overview');
  expect(await fact(page, 'Status').textContent()).toBe('Active');
  const { items } = take(
    await ada.client.listResources({ params: organization.params, query: { ownerId: grace.userId } }),
  );
  expect(items.map(({ monthlyCost }) => monthlyCost)).toEqual([300]);
});

test('a user cannot be restored before their deleted successor, and the page shows which user to restore first', async () => {
  const [first, second] = [
    await newMember(stack, organization, [{ role: 'member' }], 'First Gone'),
    await newMember(stack, organization, [{ role: 'member' }], 'Second Gone'),
  ];
  take(await remove(organization, first, second));
  take(await remove(organization, second, ada));
  const page = await open(`/users/${first.userId}`);
  await page.getByRole('link', { name: 'Second Gone' }).waitFor();
  const restore = page.getByRole('button', { name: 'Restore' });
  await restore.hover();
  const why = page.getByText('Restore Second Gone first. They took over these assets and were deleted too.');
  await why.filter({ visible: true }).waitFor();
  expect(await restore.getAttribute('aria-disabled')).toBe('true');

  // A user whose address has joined again cannot be restored, and the page explains why.
  await page.getByRole('link', { name: 'Second Gone' }).click();
  await page.getByRole('heading', { name: 'Second Gone' }).waitFor();
  const body = { emails: [second.email], roles: [{ role: 'member' } as const] };
  take(await organization.manager.client.inviteUsers({ params: organization.params, body }));
  await restore.click();
  await page.getByText('The address has a newer invitation. Revoke that invitation first.').waitFor();
});

test('a pool manager can read every user’s page, and sees which role is required to change the user', async () => {
  const page = await open(`/users/${grace.userId}?tab=assets`, ada);
  await page.getByText('US$300.00 a month').waitFor();
  const why = (text: string) => page.getByText(text).filter({ visible: true });
  await page.getByRole('button', { name: 'Delete' }).hover();
  await why('Only organization managers can delete users.').waitFor();
  await page.getByRole('button', { name: 'Change roles' }).hover();
  await why('Only organization managers can change roles.').waitFor();
  await page.goto(page.url().replace(grace.userId, linus.userId));
  await page.getByRole('button', { name: 'Restore' }).hover();
  await why('Only organization managers can delete users.').waitFor();
});

test('the page of an unknown user leads back to the list', async () => {
  const page = await open('/users/nobody');
  await page.getByText('User not found').waitFor();
  await expectReadable(page);
  await page.getByRole('link', { name: 'All users' }).click();
  await page.getByRole('row', { name: 'Ada Lovelace' }).waitFor();
});

test('the page shows what a user can do, where, and through which role, also in a sub-pool', async () => {
  const shop = await newPool(organization, 'Shop', web);
  const page = await open(`/users/${ada.userId}?tab=access`);
  const deleting = page.getByRole('row', { name: 'Delete pools' });
  await deleting.getByText('Sub-pools of Acme FinOps / Web').waitFor();
  await deleting.getByText('Manager · Web').waitFor();
  await page.getByRole('row', { name: 'Leave the organization' }).getByText('Every user').waitFor();
  expect(await page.getByRole('row', { name: 'Change roles' }).count()).toBe(0);
  await expectReadable(page);
  const allowedIn = async (pool: RegExp) => {
    await page.getByRole('button', { name: /^Show rights in/ }).click();
    await page.getByRole('option', { name: pool }).click();
  };
  await allowedIn(/^Web/);
  await deleting.getByText('No', { exact: true }).waitFor();
  await allowedIn(/^Shop/);
  await deleting.getByText('Yes', { exact: true }).waitFor();
  await expectReadable(page);
  await page.goto(page.url().replace(ada.userId, grace.userId));
  await page.getByRole('row', { name: 'tags of resources' }).getByText('What they own in Acme FinOps / Web').waitFor();
  const params = { ...organization.params, poolId: shop };
  take(await organization.manager.client.deletePool({ params }));
});

test('the page shows the events by and about the user to everybody who can read the audit log', async () => {
  const page = await open(`/users/${organization.manager.userId}?tab=activity`);
  await page.getByText('Mara Manager created the pool Web.').waitFor();
  await expectReadable(page);
  await page.goto(page.url().replace(organization.manager.userId, linus.userId));
  await page.getByText(`Linus Member accepted the invitation to ${linus.email}.`).waitFor();
  await choose(page, /^Which events/, 'About Linus Member');
  await page.getByText(/^Mara Manager deleted/).waitFor();
  expect(new URL(page.url()).searchParams.get('events')).toBe('about');

  const asAda = await open(`/users/${linus.userId}?tab=activity`, ada);
  await asAda.getByRole('tab', { name: 'Invitations sent' }).waitFor();
  expect(await asAda.getByRole('tab', { name: 'Activity' }).count()).toBe(0);
});

test('the page lists the invitations that the user sent', async () => {
  const page = await open(`/users/${organization.manager.userId}?tab=invitations`);
  const body = { emails: ['new@example.com'], roles: [{ role: 'member' } as const] };
  take(await organization.manager.client.inviteUsers({ params: organization.params, body }));
  await page.reload();
  await page.getByRole('row', { name: 'new@example.com' }).waitFor();
  await expectReadable(page);
  await page.goto(page.url().replace(organization.manager.userId, ada.userId));
  await page.getByText('Ada Lovelace has not invited anybody').waitFor();
});
