import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { expectReadable, pictureBoth, useBrowser } from '../../support/browser.ts';
import { openConsole } from '../../support/console.ts';
import {
  newMember,
  newOrganization,
  newPool,
  newResource,
  take,
  type TestMember,
  type TestOrganization,
} from '../../support/organization.ts';
import { useStack } from '../../support/stack.ts';

const stack = useStack();
const browser = useBrowser();

let organization: TestOrganization;
let web: string;
let [ada, grace, linus] = [] as unknown as [TestMember, TestMember, TestMember];

beforeAll(async () => {
  organization = await newOrganization(stack, 'Acme FinOps');
  web = await newPool(organization, 'Web', organization.rootPoolId);
  ada = await newMember(stack, organization, [{ role: 'manager', poolId: web }], 'Ada Lovelace');
  grace = await newMember(stack, organization, [{ role: 'engineer', poolId: web }], 'Grace Hopper');
  linus = await newMember(stack, organization, [{ role: 'member' }], 'Linus Member');
  await newResource(organization, web, { ownerId: ada.userId, monthlyCost: 20 });
  await newResource(organization, web, { ownerId: grace.userId, monthlyCost: 300 });
  await remove(linus, ada);
});

const open = (path: string, person: TestMember = organization.manager): Promise<Page> =>
  openConsole(stack, browser, organization, person, path);

const remove = async ({ userId }: TestMember, successor: TestMember) => {
  const params = { ...organization.params, userId };
  take(await organization.manager.client.removeUser({ params, query: { successorId: successor.userId } }));
};

/** What the page says under a name: `Roles`. */
const fact = (page: Page, label: string) =>
  page.locator('dt', { hasText: new RegExp(`^${label}$`) }).locator('xpath=following-sibling::dd');

test('a name in the list leads to the person’s page: details, assets, and the users they took over from', async () => {
  const page = await open('/users');
  await page.getByRole('link', { name: 'Ada Lovelace' }).click();
  await page.getByRole('heading', { name: 'Ada Lovelace' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/console/${organization.id}/users/${ada.userId}`);
  expect(await fact(page, 'Email address').textContent()).toBe(ada.email);
  expect(await fact(page, 'Status').textContent()).toBe('Active');
  expect(await fact(page, 'Roles').textContent()).toBe('Manager · Web');
  expect(await fact(page, 'Invited by').textContent()).toBe('Mara Manager');
  await page.getByText('US$20.00 a month').waitFor();
  await page.getByRole('row', { name: 'Acme FinOps / Web' }).waitFor();
  await page.getByRole('link', { name: 'Linus Member' }).waitFor();
  await pictureBoth(page, 'console-person');
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
  await dialog.getByRole('button', { name: /^Successor/ }).click();
  await page.getByRole('option', { name: /^Ada Lovelace/ }).click();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Restore' }).waitFor();
  await expect.poll(() => fact(page, 'Status').textContent()).toBe('Deleted');
  expect(await fact(page, 'Assets handed over to').textContent()).toBe('Ada Lovelace');
  await page.getByText('What restoring brings back').waitFor();
  await page.getByText('US$300.00 a month').waitFor();
  await expectReadable(page);

  await page.getByRole('button', { name: 'Restore' }).click();
  await page.getByText('Grace Hopper is back').waitFor();
  await page.getByRole('button', { name: 'Change roles' }).waitFor();
  expect(await fact(page, 'Status').textContent()).toBe('Active');
  const { items } = take(
    await ada.client.listResources({ params: organization.params, query: { ownerId: grace.userId } }),
  );
  expect(items.map(({ monthlyCost }) => monthlyCost)).toEqual([300]);
});

test('a user cannot be restored before their deleted successor, and the page says whom to restore first', async () => {
  const [first, second] = [
    await newMember(stack, organization, [{ role: 'member' }], 'First Gone'),
    await newMember(stack, organization, [{ role: 'member' }], 'Second Gone'),
  ];
  await remove(first, second);
  await remove(second, ada);
  const page = await open(`/users/${first.userId}`);
  await page.getByRole('link', { name: 'Second Gone' }).waitFor();
  const restore = page.getByRole('button', { name: 'Restore' });
  await restore.hover();
  const why = page.getByText('Restore Second Gone first. They took over these assets and were deleted too.');
  await why.filter({ visible: true }).waitFor();
  expect(await restore.getAttribute('aria-disabled')).toBe('true');

  // And one whose address joined again is refused in words.
  await page.getByRole('link', { name: 'Second Gone' }).click();
  await page.getByRole('heading', { name: 'Second Gone' }).waitFor();
  const body = { emails: [second.email], roles: [{ role: 'member' } as const] };
  take(await organization.manager.client.inviteUsers({ params: organization.params, body }));
  await restore.click();
  await page.getByText('The address has a newer invitation. Revoke that invitation first.').waitFor();
});

test('a pool manager can read every user’s page, and sees which role is required to change the user', async () => {
  const page = await open(`/users/${grace.userId}`, ada);
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
