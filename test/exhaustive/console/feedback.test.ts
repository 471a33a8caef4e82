import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { choose, selectRows, startAction, startForSelected, useConsole } from '../../support/console.ts';
import { insertMember, newResource, take } from '../../support/organization.ts';

/**
 * After an action, its notice is in view and announced, and the focus is on the element with which the person continues, even if
 * the row that opened the dialog was deleted.
 */
const { organization, open } = useConsole();

const nameOf = (number: number) => `User ${String(number).padStart(2, '0')}`;

beforeAll(async () => {
  for (let number = 1; number <= 55; number += 1)
    await insertMember(organization, [{ role: 'member' }], { name: nameOf(number) });
});

/** The name of the element that has the focus, as a screen reader would read it. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return 'BODY';
    return (element.ariaLabel ?? element.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
  });

const notice = (page: Page) => page.locator('[data-notices] [data-itemid]').first();

const deleteUser = async (page: Page, name: string) => {
  await startAction(page, name, 'Delete');
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
  'in a scrolled list that is %i px wide, the notice with Undo is in view, announced, and has the focus',
  async (width, row) => {
    const name = nameOf(row);
    const page = await open('/users', organization.manager, { viewport: { width, height: 720 } });
    await page.getByRole('button', { name: `Actions for ${name}` }).scrollIntoViewIfNeeded();
    // A live region announces only changes, so it must exist before the notice.
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
    'goes to the next row after a deletion, and to the heading once the last row is deleted, at a width of %i px',
    async (width) => {
      const { manager, params } = organization;
      for (const name of ['Alpha', 'Beta'])
        take(
          await manager.client.createDataSource({ params, body: { type: 'aws', name, accountId: `account-${name}` } }),
        );
      const page = await open('/settings/data-sources', organization.manager, { viewport: { width, height: 720 } });
      for (const [name, next] of [
        ['Alpha', 'Actions for Beta'],
        ['Beta', 'Data sources'],
      ] as const) {
        await startAction(page, name, 'Delete');
        await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
        await expect.poll(() => focused(page)).toContain(next);
      }
    },
  );

  test('returns to the element that opened the dialog when the dialog is cancelled or saved', async () => {
    const page = await open('/pools');
    await startAction(page, 'Acme FinOps', 'Edit');
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

  test('goes to the heading of the page that is shown after a deletion', async () => {
    const page = await open('/pools');
    await page.getByRole('link', { name: 'Web' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Web' }).waitFor();
    await expect.poll(() => focused(page)).toBe('Web');
    await startAction(page, 'Web', 'Delete');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { level: 1, name: 'Acme FinOps' }).waitFor();
    await expect.poll(() => focused(page)).not.toBe('BODY');
  });

  test('does not move when the person clicks on an empty place', async () => {
    const page = await open('/users');
    await page.getByRole('searchbox', { name: 'Search' }).click();
    await page.getByRole('heading', { level: 1, name: 'Users' }).click();
    await page.getByRole('button', { name: 'Account: Mara Manager' }).waitFor();
    expect(await focused(page)).toBe('BODY');
  });
});
