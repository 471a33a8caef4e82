import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectReadable, useBrowser } from '../../support/browser.ts';
import { openConsole, savedBy, selectRows } from '../../support/console.ts';
import { insertMember, newMember, newOrganization, take, type TestOrganization } from '../../support/organization.ts';
import { useStack } from '../../support/stack.ts';

const stack = useStack();
const browser = useBrowser();

/** An organization of its manager and these members. */
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

test('deleted users are listed with when, by whom and to whom their assets went, and restored one by one or together', async () => {
  const acme = await organizationOf('Ada Lovelace', 'Grace Hopper', 'Linus Member');
  const { organization, ids } = acme;
  for (const id of Object.values(ids)) await remove(organization, [id]);
  const page = await open(acme, '/users');
  await page.getByRole('button', { name: /^Status/ }).click();
  await page.getByRole('option', { name: 'Deleted' }).click();
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

test('a successor who was deleted too is restored before the users whose assets they took over', async () => {
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
