import { expect, test } from 'vitest';
import { expectReadable, useBrowser } from '../support/browser.ts';
import { listenTo, signInByForm } from '../support/console.ts';
import { newOrganization } from '../support/organization.ts';
import { password, useStack } from '../support/stack.ts';

const stack = useStack();
const browser = useBrowser();
const storedUser = () => Object.keys(sessionStorage).find((key) => key.startsWith('oidc.user:')) ?? '';

test('a person signs in, returns to the page they requested, stays signed in after a reload, and signs out', async () => {
  const { id, manager } = await newOrganization(stack, 'Acme FinOps');
  const page = await browser.newPage();
  const { asked, complaints } = listenTo(page);
  const address = `${stack.endpoints.api}/console/${id}/users?search=mara`;
  await page.goto(address);
  await signInByForm(page, manager.email, 'not the password');
  await page.getByText('Incorrect email address or password.').waitFor();
  await expectReadable(page);
  await signInByForm(page, manager.email);
  await page.getByRole('cell', { name: manager.email }).waitFor();
  expect(page.url()).toBe(address);
  const tokens = await page.evaluate(() => Object.values(sessionStorage).join(' '));
  await page.reload();
  await page.getByRole('cell', { name: manager.email }).waitFor();

  await page.getByRole('button', { name: 'Account: Mara Manager' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.goto(address);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();

  // The origins of all requests that the browser made since the start of the test.
  const { api, cognito } = stack.endpoints;
  expect(new Set(asked.filter((url) => !url.startsWith('data:')).map((url) => new URL(url).origin))).toEqual(
    new Set([api, cognito.endpoint]),
  );
  const secrets = [password, ...(tokens.match(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g) ?? [])];
  expect(secrets.length).toBeGreaterThan(2);
  for (const secret of secrets) expect(asked.join(' ')).not.toContain(secret);
  expect(complaints).toEqual([]);
});

test('the start page leads to the sign-in page and then to the organization', async () => {
  const { id, manager } = await newOrganization(stack);
  const page = await browser.newPage();
  await page.goto(`${stack.endpoints.api}/`);
  await signInByForm(page, manager.email.toUpperCase());
  await page.waitForURL(`**/console/${id}/users`);
});

test('a person without an organization creates one, and an invalid name is reported at its field', async () => {
  const person = await stack.newPerson('nobody@example.com', 'Nora Newcomer');
  const page = await browser.newPage();
  await page.goto(`${stack.endpoints.api}/`);
  await signInByForm(page, person.email);
  const name = page.getByLabel('Organization name');
  await name.fill(' ');
  await page.getByRole('button', { name: 'Create organization' }).click();
  await page.locator('[aria-invalid=true]').waitFor();
  await expectReadable(page);
  await name.fill('New Works');
  await page.keyboard.press('Enter');
  await page.getByRole('rowheader', { name: 'Nora Newcomer' }).waitFor();
  await page.getByRole('button', { name: 'Organizations: New Works' }).waitFor();
});

test('a refused token is renewed silently; if it cannot be renewed, the page says so and returns to the same address after signing in', async () => {
  const { id, manager } = await newOrganization(stack);
  const page = await browser.newPage();
  const address = `${stack.endpoints.api}/console/${id}/users`;
  await page.goto(address);
  await signInByForm(page, manager.email);
  const row = page.getByRole('cell', { name: manager.email });
  await row.waitFor();

  const spoil = async (...names: string[]) => {
    await page.evaluate(
      ([key, spoilt]) => {
        const user = JSON.parse(sessionStorage.getItem(key) ?? '{}') as Record<string, unknown>;
        for (const name of spoilt) user[name] = 'eyJhbGciOiJSUzI1NiJ9.e30.e30';
        sessionStorage.setItem(key, JSON.stringify(user));
      },
      [await page.evaluate(storedUser), names] as const,
    );
    await page.reload();
  };
  await spoil('access_token');
  await row.waitFor();
  await spoil('access_token', 'refresh_token');
  await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await row.waitFor();
  expect(page.url()).toBe(address);
});

test('a callback from the sign-in page that the console did not request fails, and the person can sign in again', async () => {
  const page = await browser.newPage();
  await page.goto(`${stack.endpoints.api}/console/signed-in?code=made-up&state=made-up`);
  await page.getByText('Sign-in failed').waitFor();
  await expectReadable(page);
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});
