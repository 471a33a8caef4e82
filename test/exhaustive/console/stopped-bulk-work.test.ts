import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectReadable } from '../../support/browser.ts';
import { choose, selectRows, startForSelected, useConsole } from '../../support/console.ts';
import { everyPage, newPool, newResource } from '../../support/organization.ts';

const { organization, open } = useConsole();

const leave = async (page: Page) => {
  await page.goBack();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};

test.each([
  { how: 'Cancel', stop: async (page: Page) => page.getByRole('button', { name: 'Cancel', exact: true }).click() },
  { how: 'leaving the page', stop: leave },
])('$how stops bulk work, and a notice shows what was done and what was not', async ({ how, stop }) => {
  const pool = await newPool(organization, `Stopped by ${how}`, organization.rootPoolId);
  const names = ['Item 1', 'Item 2', 'Item 3', 'Item 4', 'Item 5', 'Item 6'];
  for (const name of names) await newResource(organization, pool, { name });
  const page = await open(`/pools/${pool}`);
  await page.getByRole('link', { name: 'Resources' }).first().click();
  await choose(page, /^Pool/, `Stopped by ${how}`);
  await selectRows(page, ...names);
  await page.getByText('(6 selected)').waitFor();

  const held: (() => Promise<void>)[] = [];
  await page.route('**/resources/*', (route) => void held.push(() => route.continue()));
  const dialog = await startForSelected(page, 'Delete');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect.poll(() => held.length).toBe(4);
  await dialog.getByText('0 of 6 done').waitFor();
  await stop(page);
  for (const release of held) await release();
  await page.getByText('Deleted 4 resources.').waitFor();
  await page.getByText('Stopped. 2 were not changed.').waitFor();
  await dialog.waitFor({ state: 'detached' });
  await expectReadable(page);
  expect(held).toHaveLength(4);
  if (how === 'Cancel') await page.getByText('(2 selected)').waitFor();
  const { params, manager } = organization;
  const left = await everyPage((cursor) =>
    manager.client.listResources({ params, query: { poolId: pool, ...cursor } }),
  );
  expect(left).toHaveLength(2);
  await page.unroute('**/resources/*');
});
