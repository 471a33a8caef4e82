import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useConsole } from '../../support/console.ts';
import { insertMember } from '../../support/organization.ts';

/** What the pages about users show at the widths of a laptop and of a phone. */
const { stack, organization, open } = useConsole();

const labels = ['Search', 'Status', 'Role', 'Pool', 'Email domain', 'Sort by'];

const topsOf = async (page: Page): Promise<number[]> => {
  await page.getByRole('rowheader', { name: 'Mara Manager' }).waitFor();
  const boxes = await Promise.all(labels.map((label) => page.getByText(label, { exact: true }).first().boundingBox()));
  return boxes.map((box) => box?.y ?? expect.unreachable());
};

test('the filters of the users take one row at 1280 px', async () => {
  const page = await open('/users');
  expect(new Set(await topsOf(page)).size).toBe(1);
});

test('the filters of the users are collapsed on a phone, unless one is set', async () => {
  const phone = { viewport: { width: 360, height: 740 } };
  const page = await open('/users', organization.manager, phone);
  const search = page.getByRole('searchbox').first();
  await page.getByRole('button', { name: 'Filters' }).waitFor();
  expect(await search.isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Filters' }).click();
  await search.waitFor();
  const filtered = await open('/users?search=mara', organization.manager, phone);
  await filtered.getByRole('searchbox').first().waitFor();
});

test('an address on the page of a person breaks before the @ or after a dot', async () => {
  const email = 'maximiliane.hohenberg@cloud.operations.nordwind.example';
  const { id } = await insertMember(organization, [{ role: 'member' }], { name: 'Max Hohenberg', email });
  const page = await open(`/users/${id}`);
  const address = page.locator('.breakable').filter({ hasText: 'maximiliane.' }).first();
  await address.waitFor();
  const broken = await address.evaluate((element) => {
    const range = document.createRange();
    return [...element.childNodes].flatMap((node) => {
      range.selectNodeContents(node);
      return node.textContent && range.getClientRects().length > 1 ? [node.textContent] : [];
    });
  });
  expect(broken).toEqual([]);
});

test('totals of a moment ago are shown as counted just now, although the clock of the functions is ahead', async () => {
  const asOf = new Date(stack.now() + 500).toISOString();
  const page = await open('/me');
  await page.route('**/totals', (route) => route.fulfill({ json: { totals: { asOf, users: 1, pending: 0 } } }));
  await page.goto(page.url().replace(/\/me$/, '/users'));
  await page.getByText('Counted just now').waitFor();
});
