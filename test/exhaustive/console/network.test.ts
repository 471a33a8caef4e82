import type { Page, Route } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectReadable } from '../../support/browser.ts';
import { selectRows, signInByForm, startAction, useConsole } from '../../support/console.ts';
import { newPool, take } from '../../support/organization.ts';

/** Failures of the network and of the service, deployments while a tab is open, and the Back button after signing in. */
const { stack, browser, organization, open } = useConsole();

describe('a request that fails', () => {
  const ours = { type: 'about:blank', title: 'Unavailable', requestId: 'r-1' };
  const problem =
    (status: number, code: string, headers = {}) =>
    (route: Route) =>
      route.fulfill({
        status,
        contentType: 'application/problem+json',
        headers,
        body: JSON.stringify({ ...ours, status, code }),
      });

  test.each<[kind: string, fail: (route: Route) => Promise<void>, text: string]>([
    ['no response', (route) => route.abort(), 'The connection was lost before Roster could confirm your change.'],
    [
      'overloaded',
      problem(503, 'unavailable', { 'retry-after': '7' }),
      'Roster is busy right now. Check whether it was saved before you try again.',
    ],
    [
      'overloaded for an unknown time',
      problem(503, 'unavailable'),
      'Roster is busy right now. Check whether it was saved before you try again.',
    ],
    [
      'refused by the gateway for too many requests',
      (route) =>
        route.fulfill({ status: 429, contentType: 'application/json', body: '{"message":"Too Many Requests"}' }),
      'Roster is busy right now. Nothing was changed. Try again in a moment.',
    ],
    [
      'failed by a fault of ours',
      problem(500, 'fault'),
      'Something went wrong on our side while Roster was saving your change.',
    ],
    [
      'failed by the gateway',
      (route) =>
        route.fulfill({ status: 500, contentType: 'application/json', body: '{"message":"Internal Server Error"}' }),
      'Something went wrong on our side while Roster was saving your change.',
    ],
  ])('is reported with its cause: %s', async (_, fail, text) => {
    const page = await open('/settings/organization', organization.manager, { reused: false });
    await page.getByLabel('Name', { exact: true }).fill('Acme');
    await page.route(`**/v1/organizations/${organization.id}`, (route) =>
      route.request().method() === 'PATCH' ? fail(route) : route.continue(),
    );
    await page.getByRole('button', { name: 'Save' }).click();
    const alert = page.locator('[data-form-problem]').filter({ hasText: text });
    await alert.waitFor();
    const shown = (await alert.textContent()) ?? '';
    expect(shown.includes('connection')).toBe(text.includes('connection'));
    // Only a refusal is certain not to have changed anything.
    expect(shown.includes('may or may not have been saved')).toBe(!text.includes('Nothing was changed'));
  });

  test('although it only reads says nothing about changes', async () => {
    const page = await open('/users', organization.manager, { reused: false });
    await page.getByRole('rowheader', { name: 'Mara Manager' }).waitFor();
    await page.route('**/resources?*', problem(503, 'unavailable'));
    await page.getByRole('link', { name: 'Resources' }).click();
    await page.getByText('Roster is busy right now. Try again in a moment.').first().waitFor();
  });
});

describe('a change whose response is lost', () => {
  const editWeb = async (page: Page, name: string) => {
    const dialog = await startAction(page, 'Web', 'Edit');
    await dialog.getByLabel('Name', { exact: true }).fill(name);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Your change may or may not have been saved').waitFor();
    return dialog;
  };
  /** The connection breaks before or after the request has taken effect. */
  const breakConnection = (page: Page, takesEffect: boolean) =>
    page.route('**/pools/*', async (route) => {
      if (route.request().method() !== 'PATCH') return route.continue();
      if (takesEffect) await route.fetch();
      return route.abort();
    });

  test.each([
    { takesEffect: true, name: 'Shop', listed: 'Shop' },
    { takesEffect: false, name: 'Store', listed: 'Web' },
  ])('can be checked, and keeps its input: it took effect: $takesEffect', async ({ takesEffect, name, listed }) => {
    await newPool(organization, 'Web', organization.rootPoolId);
    const page = await open('/pools', organization.manager, { reused: false });
    await breakConnection(page, takesEffect);
    const dialog = await editWeb(page, name);
    await expectReadable(page);
    await dialog.getByRole('button', { name: 'Check' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('This page is up to date.').first().waitFor();
    const again = await startAction(page, listed, 'Edit');
    expect(await again.getByLabel('Name', { exact: true }).inputValue()).toBe(name);
    await again.getByText(/^Restored from/).waitFor();
  });

  test('stays open if the page cannot be read again', async () => {
    const page = await open('/pools', organization.manager, { reused: false });
    await newPool(organization, 'Web', organization.rootPoolId).catch(() => undefined);
    await page.reload();
    await breakConnection(page, false);
    const dialog = await editWeb(page, 'Store');
    await page.route('**/v1/**', (route) => route.abort());
    await dialog.getByRole('button', { name: 'Check' }).click();
    await dialog.getByText('The page could not be read again.').waitFor();
    expect(await dialog.getByLabel('Name', { exact: true }).inputValue()).toBe('Store');
  });

  test('in bulk work is not reported as failed', async () => {
    const { params, manager } = organization;
    const body = { type: 'vm', poolId: organization.rootPoolId, ownerId: manager.userId };
    for (const name of ['Server', 'Cluster'])
      take(await manager.client.createResource({ params, body: { ...body, name } }));
    const page = await open('/resources', manager, { reused: false });
    await selectRows(page, 'Server', 'Cluster');
    await page.route('**/resources/*', (route) =>
      route.request().method() === 'DELETE' ? route.abort() : route.continue(),
    );
    await page.getByRole('button', { name: 'Actions', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByText('2 of 2 may or may not have been saved').waitFor();
    await dialog.getByRole('button', { name: 'Check' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('2 of 2 may or may not have been saved').first().waitFor();
  });
});

describe('a tab that is older than the deployed version', () => {
  /** Simulates a deployment: the page now loads another script, and the interval between two version checks passes. */
  const deploy = async (page: Page) => {
    await page.route(`${stack.endpoints.api}/`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replaceAll(/main-\w+\.js/g, 'main-NEWER.js') });
    });
    await page.clock.fastForward(6 * 60_000);
  };
  const becomeVisible = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  const offer = (page: Page) => page.getByText('A new version of Roster is available.').first();

  test('offers the new version, does not reload by itself, and keeps all input', async () => {
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    await page.clock.install();
    await signedIn(page, '/invite');
    const addresses = page.getByRole('textbox', { name: /addresses/ });
    await addresses.fill('ann@example.org');
    await becomeVisible(page);
    await deploy(page);
    let loads = 0;
    page.on('load', () => (loads += 1));
    await becomeVisible(page);
    await offer(page).waitFor();
    await expectReadable(page);
    expect(await addresses.inputValue()).toBe('ann@example.org');
    expect(loads).toBe(0);
    await page.unroute(`${stack.endpoints.api}/`);
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.getByText(/^Restored from/).waitFor();
    expect(await addresses.inputValue()).toBe('ann@example.org');
    expect(await offer(page).count()).toBe(0);
  });

  test('also detects the new version by the next response of the API', async () => {
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    await page.clock.install();
    await signedIn(page, '/users');
    await page.getByRole('rowheader', { name: 'Mara Manager' }).waitFor();
    await deploy(page);
    await page.getByRole('link', { name: 'Pools' }).click();
    await offer(page).waitFor();
  });

  test('does not offer the version that it already runs', async () => {
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    await page.clock.install();
    await signedIn(page, '/users');
    await page.getByRole('rowheader', { name: 'Mara Manager' }).waitFor();
    await page.clock.fastForward(6 * 60_000);
    const asked = page.waitForResponse(`${stack.endpoints.api}/`);
    await becomeVisible(page);
    await (await asked).finished();
    await page.getByRole('link', { name: 'Pools' }).click();
    await page.getByRole('heading', { level: 1, name: 'Pools' }).waitFor();
    expect(await offer(page).count()).toBe(0);
  });

  const signedIn = async (page: Page, path: string) => {
    await page.goto(`${stack.endpoints.api}/console/${organization.id}${path}`);
    await signInByForm(page, organization.manager.email);
    await page.waitForURL(`**${path}`);
  };
});

test('the Back button after signing in leads to the page where the person was', async () => {
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  const address = `${stack.endpoints.api}/console/${organization.id}/pools`;
  await page.goto(address);
  await signInByForm(page, organization.manager.email);
  await page.getByRole('heading', { level: 1, name: 'Pools' }).waitFor();
  // The sign-in page still has its session, so going back leads through it to an authorization code that the console did not request.
  await page.evaluate(() => {
    location.assign('/console/signed-in?code=another&state=used');
  });
  await page.getByRole('heading', { level: 1, name: 'Pools' }).waitFor();
  expect(page.url()).toBe(address);
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'Pools' }).waitFor();
});

test('a console whose files did not load requests them again as soon as the browser is online', async () => {
  const page = await open('/me', organization.manager, { reused: false });
  await page.goto(`${stack.endpoints.api}/health`);
  await page.clock.install();
  await page.route('**/console/assets/*.js*', (route) => route.abort());
  await page.goto(`${stack.endpoints.api}/console/${organization.id}/pools`, { waitUntil: 'commit' });
  await expect
    .poll(async () => {
      await page.clock.runFor(8_000);
      return page.getByRole('button', { name: 'Try again' }).count();
    })
    .toBe(1);
  await page.clock.resume();
  await page.unroute('**/console/assets/*.js*');
  await page.context().setOffline(true);
  await page.context().setOffline(false);
  await page.getByRole('heading', { level: 1, name: 'Pools' }).waitFor();
});

test('a link to the console, such as that of the accept page, can fill in the email address of the sign-in page', async () => {
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  await page.goto(`${stack.endpoints.api}/#login_hint=${encodeURIComponent('ann@example.org')}`);
  const email = page.getByLabel('Email address');
  await email.waitFor();
  expect(await email.inputValue()).toBe('ann@example.org');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('password');
});
