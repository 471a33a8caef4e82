import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useConsole } from '../support/console.ts';

const { stack, organization, open } = useConsole();

/** A page of a signed-in person that shows something other than the console. It is not shared, because some tests replace its clock. */
const signedIn = async (): Promise<Page> => {
  const page = await open('/me', organization.manager, { reused: false });
  await page.goto(`${stack.endpoints.api}/health`);
  return page;
};

/** Opens the console and does not wait for its files. */
const openUsers = (page: Page) =>
  page.goto(`${stack.endpoints.api}/console/${organization.id}/users`, { waitUntil: 'commit' });

const managerRow = (page: Page) => page.getByRole('rowheader', { name: 'Mara Manager' });

/** The files of the console that the page requests from now on, by type and without the hash. Routing also turns its cache off. */
const requestedFiles = async (page: Page, answer: (file: string, nth: number) => Promise<'pass' | 'fail'>) => {
  const files: string[] = [];
  await page.route('**/console/assets/*', async (route) => {
    const file = /(\w+)-\w+\.(?:js|css)/.exec(route.request().url())?.[0].replace(/-\w+/, '') ?? '';
    files.push(file);
    const outcome = await answer(file, files.filter((each) => each === file).length);
    await (outcome === 'pass' ? route.continue() : route.abort());
  });
  return files;
};

test('the first page needs 3 requests and at most 600 kB in a browser with an empty cache', async () => {
  const page = await signedIn();
  const responses: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    if (!request.url().includes('/v1/'))
      responses.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await requestedFiles(page, async () => 'pass');
  await openUsers(page);
  await managerRow(page).waitFor();
  const sizes = await Promise.all(responses);
  // The page, its script and its style sheet. A new account runs 10 functions at a time, and the API calls need some of them.
  expect(sizes).toHaveLength(3);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(600_000);
});

test('other pages need no more files', async () => {
  const page = await signedIn();
  const files = await requestedFiles(page, async () => 'pass');
  await openUsers(page);
  await managerRow(page).waitFor();
  expect(files.toSorted()).toEqual(['main.css', 'main.js']);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'Policies' }).click();
  await page.getByRole('heading', { level: 2, name: 'Policies' }).waitFor();
  expect(files).toHaveLength(2);
});

describe('a file that does not arrive', () => {
  test('is requested again until it arrives', async () => {
    const page = await signedIn();
    const files = await requestedFiles(page, async (_, nth) => (nth === 1 ? 'fail' : 'pass'));
    await openUsers(page);
    await managerRow(page).waitFor();
    expect(files.toSorted()).toEqual(['main.css', 'main.css', 'main.js', 'main.js']);
    const sheets = await page.evaluate(() => [...document.styleSheets].map(({ href }) => href ?? ''));
    expect(sheets.filter((href) => href.includes('/console/assets/main-'))).toHaveLength(1);
  });

  test('is requested six times, and then the page shows an error', async () => {
    const page = await signedIn();
    const files = await requestedFiles(page, async (file) => (file === 'main.js' ? 'fail' : 'pass'));
    await page.clock.install();
    await openUsers(page);
    await expect
      .poll(async () => {
        await page.clock.runFor(8_000);
        return page.getByText('The console could not be loaded.').count();
      })
      .toBe(1);
    expect(files.filter((file) => file === 'main.js')).toHaveLength(6);
  });

  test('is not requested while the browser is offline, and is requested as soon as it is online again', async () => {
    const page = await signedIn();
    const files = await requestedFiles(page, async (file, nth) => {
      if (file !== 'main.js' || nth > 1) return 'pass';
      await page.context().setOffline(true);
      return 'fail';
    });
    await page.clock.install();
    await openUsers(page);
    await page.waitForFunction(() => !navigator.onLine);
    await page.clock.runFor(60_000);
    expect(files.filter((file) => file === 'main.js')).toHaveLength(1);
    await page.clock.resume();
    await page.context().setOffline(false);
    await managerRow(page).waitFor();
    expect(files.filter((file) => file === 'main.js')).toHaveLength(2);
  });
});
