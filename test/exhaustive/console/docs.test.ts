import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { documentation } from '../../../shared/api/documentation.ts';
import { accessTokenMinutes, inviteAddressesMax, poolsMax } from '../../../shared/limits.ts';
import { expectReadable, wcag, useBrowser } from '../../support/browser.ts';
import { listenTo, signInByForm } from '../../support/console.ts';
import { newOrganization } from '../../support/organization.ts';
import { useStack } from '../../support/stack.ts';

const stack = useStack();
const browser = useBrowser();

/** Opens the API reference, and waits until it is rendered. */
const open = async (): Promise<Page & { heard: ReturnType<typeof listenTo> }> => {
  const page = await browser.newPage();
  const heard = listenTo(page);
  await page.goto(`${stack.endpoints.api}/docs`);
  await page.getByRole('heading', { name: 'Signing in', level: 1 }).waitFor();
  return Object.assign(page, { heard });
};

const originsOf = (asked: string[]): Set<string> =>
  new Set(asked.filter((url) => !url.startsWith('data:')).map((url) => new URL(url).origin));

/**
 * Console messages other than the line with which the renderer logs its version, for example violations of the content security
 * policy.
 */
const complaintsOf = (complaints: string[]): string[] =>
  complaints.filter((text) => !text.startsWith('@scalar/api-reference@'));

test('the reference contains guides with the current limits, and requests nothing from other hosts', async () => {
  const page = await open();
  for (const name of ['First invitation', 'Clients', 'Ingesting resources', 'Errors', 'Limits'])
    await page.getByRole('heading', { name, exact: true }).first().waitFor();
  const text = await page.locator('#app').innerText();
  expect(text).toContain('from roster_client.api.invites import get_invite, invite_users');
  for (const limit of [accessTokenMinutes, inviteAddressesMax, poolsMax])
    expect(text).toContain(limit.toLocaleString('en'));
  await expectReadable(page);
  expect(originsOf(page.heard.asked)).toEqual(new Set([stack.endpoints.api]));
  expect(complaintsOf(page.heard.complaints)).toEqual([]);
});

test('a reader finds an operation, sees its example in three languages, signs in and tries it; the token is shown nowhere', async () => {
  const { manager } = await newOrganization(stack);
  const { summary } = documentation.getMe;
  const page = await open();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await signInByForm(page, manager.email);
  await page.getByText('Requests that you try are sent with your sign-in.').waitFor();

  await page
    .getByRole('button', { name: /Search/ })
    .first()
    .click();
  const search = page.getByRole('dialog');
  await search.getByRole('combobox').or(search.getByRole('textbox')).first().fill(summary);
  await page.getByRole('option', { name: summary }).first().click();
  const section = page.getByRole('region', { name: summary, exact: true });
  await section.waitFor();
  expect(new URL(page.url()).hash).toBe('#tag/me/GET/v1/me');
  // The renderer gives the responses of all operations one label, which only a best practice of axe-core forbids.
  await expectReadable(page, wcag);

  await section.getByRole('button', { name: /Shell Curl/ }).click();
  const languages = page.getByRole('option');
  await languages.first().waitFor();
  expect((await languages.allInnerTexts()).toSorted()).toEqual(['Curl', 'Requests', 'TypeScript']);
  await languages.getByText('TypeScript').click();
  await section.getByText('roster.getMe').waitFor();

  // The parts of this dialog are the renderer's own: axe-core finds roles and names in it that we cannot change.
  await section.getByRole('button', { name: /Test Request/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /Send/ }).first().click();
  await dialog.getByText(manager.email).first().waitFor();

  const [session, shown] = await page.evaluate(() => [
    Object.values(sessionStorage).join(' '),
    document.documentElement.outerHTML + Object.values(localStorage).join(' '),
  ]);
  const token = /"access_token":"([^"]+)"/.exec(session ?? '')?.[1] ?? expect.unreachable();
  expect(shown).not.toContain(token);
  expect(page.heard.asked.join(' ')).not.toContain(token);
  expect(originsOf(page.heard.asked)).toEqual(new Set([stack.endpoints.api, stack.endpoints.cognito.endpoint]));
  expect(complaintsOf(page.heard.complaints)).toEqual([]);
});
