import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { useBrowser, type PageOptions } from '../../support/browser.ts';
import { choose, openConsole, selectRows, startForSelected } from '../../support/console.ts';
import { insertMember, newOrganization, newResource, take, type TestOrganization } from '../../support/organization.ts';
import { useStack } from '../../support/stack.ts';

/**
 * After an action, its notice is in view and announced, and the focus is where the person continues, also when the row that
 * opened the dialog is gone.
 */
const stack = useStack();
const browser = useBrowser();

let organization: TestOrganization;

const nameOf = (number: number) => `User ${String(number).padStart(2, '0')}`;

beforeAll(async () => {
  organization = await newOrganization(stack, 'Acme FinOps');
  for (let number = 1; number <= 55; number += 1)
    await insertMember(organization, [{ role: 'member' }], { name: nameOf(number) });
});

const open = (path: string, options: PageOptions = {}): Promise<Page> =>
  openConsole(stack, browser, organization, organization.manager, path, options);

/** The name of the element that has the focus, as a screen reader would read it. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return 'BODY';
    return (element.ariaLabel ?? element.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
  });

const notice = (page: Page) => page.locator('[data-notices] [data-itemid]').first();

const deleteUser = async (page: Page, name: string) => {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog', { name: `Delete ${name}` });
  await choose(page, /^Successor/, 'Mara Manager');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await dialog.waitFor({ state: 'detached' });
};

const inView = (page: Page) =>
  notice(page).evaluate((element) => {
    const { top, bottom, left, right } = element.getBoundingClientRect();
    const middle = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth && element.contains(middle);
  });

test.each([
  [1280, 31],
  [360, 32],
])(
  'in a scrolled list %i px wide, the notice with Undo is in view, announced, and has the focus',
  async (width, row) => {
    const name = nameOf(row);
    const page = await open('/users', { viewport: { width, height: 720 } });
    await page.getByRole('button', { name: `Actions for ${name}` }).scrollIntoViewIfNeeded();
    // A live region announces what changes in it, so it has to be there before.
    const announced = await page.locator('[data-notices]').getAttribute('aria-live');
    await deleteUser(page, name);
    await expect.poll(() => focused(page)).toContain(`Deleted ${name}`);
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(300);
    expect(await inView(page)).toBe(true);
    expect(announced).toBe('polite');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Undo');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toContain(`${name} is back`);
  },
);

describe('the focus', () => {
  test.each([1280, 360])(
    'goes to the next row after a deletion, and to the heading after that of the last row, %i px wide',
    async (width) => {
      const { manager, params } = organization;
      for (const name of ['Alpha', 'Beta'])
        take(
          await manager.client.createDataSource({ params, body: { type: 'aws', name, accountId: `account-${name}` } }),
        );
      const page = await open('/settings/data-sources', { viewport: { width, height: 720 } });
      for (const [name, next] of [
        ['Alpha', 'Actions for Beta'],
        ['Beta', 'Data sources'],
      ] as const) {
        await page.getByRole('button', { name: `Actions for ${name}` }).click();
        await page.getByRole('menuitem', { name: 'Delete' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
        await expect.poll(() => focused(page)).toContain(next);
      }
    },
  );

  test('returns to what opened a dialog that was cancelled or saved', async () => {
    const page = await open('/pools');
    await page.getByRole('button', { name: 'Actions for Acme FinOps' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('Actions for Acme FinOps');
    const create = page.getByRole('button', { name: 'Create pool' });
    await create.click();
    const dialog = page.getByRole('dialog');
    await choose(page, /^Parent/, 'Acme FinOps');
    await dialog.getByLabel('Name', { exact: true }).fill('Web');
    await dialog.getByRole('button', { name: 'Create pool' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toBe('Create pool');
  });

  test('stays in the list after bulk work that removed all selected rows', async () => {
    for (const name of ['First', 'Second']) await newResource(organization, organization.rootPoolId, { name });
    const page = await open('/resources');
    await selectRows(page, 'First', 'Second');
    const dialog = await startForSelected(page, 'Delete');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).not.toBe('BODY');
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
  });

  test('goes to the heading of the page that a deletion leads to', async () => {
    const page = await open('/pools');
    await page.getByRole('link', { name: 'Web' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Web' }).waitFor();
    await expect.poll(() => focused(page)).toBe('Web');
    await page.getByRole('button', { name: 'Actions for Web' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { level: 1, name: 'Acme FinOps' }).waitFor();
    await expect.poll(() => focused(page)).not.toBe('BODY');
  });

  test('is not moved when the person clicks on nothing', async () => {
    const page = await open('/users');
    await page.getByRole('searchbox', { name: 'Search' }).click();
    await page.getByRole('heading', { level: 1, name: 'Users' }).click();
    await page.getByRole('button', { name: 'Account: Mara Manager' }).waitFor();
    expect(await focused(page)).toBe('BODY');
  });
});
