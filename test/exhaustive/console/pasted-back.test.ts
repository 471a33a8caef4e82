/** Addresses are copied from pages and emails, and pasted into every field of the console that accepts an address. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { signInByForm, useConsole } from '../../support/console.ts';
import { counted, field, paste } from '../../support/invite-page.ts';
import { insertMember, inviteByMail, newEmail, newPool, take } from '../../support/organization.ts';

const { stack, browser, organization, open } = useConsole({ name: 'Booking.com' });

/** A unique local part of an email address. */
const localPart = (name: string): string => newEmail(name).split('@')[0] ?? '';

const [user, invited] = [localPart('user'), localPart('invited')];

beforeAll(async () => {
  const email = `${user}@xn--bcher-kva.example`;
  const { personId } = await stack.newPerson(email, 'Zoë O’Neill');
  await insertMember(organization, [{ role: 'member' }], { email, name: 'Zoë O’Neill', personId });
  await inviteByMail(stack, organization, `${invited}@xn--bcher-kva.example`);
});

const searchFor = async (page: Page, text: string, { wait = true } = {}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((given) => navigator.clipboard.writeText(given), text);
  const search = page.getByRole('searchbox', { name: 'Search' });
  await search.fill('');
  const answered = wait ? page.waitForResponse((response) => response.url().includes('search=')) : undefined;
  await search.press('Control+v');
  // Until the response arrives, the list still shows its previous rows.
  await answered;
};

/** The forms in which people copy an address: from a page, from the subject of an email, and from a response of the API. */
const copiesOf = (local: string): string[] => [
  `${local}@bücher.example`,
  `${local}\u2060@\u2060bücher\u2060.\u2060example`,
  `${local}@xn--bcher-kva.example`,
];

test('the list of users shows an address in Unicode, and its search finds every copy of it', async () => {
  const page = await open('/users');
  const cell = page.getByRole('cell', { name: `${user}@bücher.example` });
  await cell.waitFor();
  for (const copy of copiesOf(user)) {
    await searchFor(page, copy);
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
    await cell.waitFor();
  }
});

test('the list of invites shows an address in Unicode, and its search and its correction accept every copy of it', async () => {
  const page = await open('/settings/invitations');
  const row = page.getByRole('row', { name: `${invited}@bücher.example` });
  await row.waitFor();
  for (const copy of copiesOf(invited)) {
    await searchFor(page, copy);
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
    await row.waitFor();
  }
  await row.getByRole('button', { name: 'Actions for' }).click();
  await page.getByRole('menuitem', { name: 'Correct address' }).click();
  const corrected = localPart('corrected');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill(`Jo King <${corrected}@\u2060bücher.example>`);
  await dialog.getByRole('button', { name: 'Save and send' }).click();
  await page.getByText(`Sent the invitation to ${corrected}@bücher.example.`).waitFor();
  const { params, manager } = organization;
  const { items } = take(await manager.client.listInvites({ params, query: { search: corrected } }));
  expect(items.map(({ email }) => email)).toEqual([`${corrected}@xn--bcher-kva.example`]);
});

test('the invite form accepts every copy of an address, shows why an entry is invalid, and distinguishes similar names', async () => {
  const page = await open('/invite');
  const header = '\ufeffName\tE-Mail\r\n';
  const rows = copiesOf(user).map((copy) => `Zoë O’Neill\t${copy}\r\n`);
  await paste(page, `${header}${rows.join('')}Grace\tgrace(at)example.com\r\nAda King\t\r\n`);
  await counted(page, '4 addresses · 1 invalid · 2 entered twice');
  await page.getByText('The “@” is missing.').waitFor();
  await page.getByText('Not added because there was no address with the name: Ada King.').waitFor();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  expect(await page.getByText('Not added').count()).toBe(0);
  await field(page).fill('a@b@example.com\nada＠example.com\n');
  await page.getByText('There is more than one “@”.').waitFor();
  await page.getByText('Replace the full-width “＠” with “@”.').waitFor();
});

test('the pools page and the pool picker find a name as an email shows it and as people type it', async () => {
  const pools = ['Płaca.pl', 'Web'];
  for (const name of pools) await newPool(organization, name, organization.rootPoolId);
  const page = await open('/pools');
  for (const typed of ['Płaca\u2060.\u2060pl', 'placa', 'pl placa']) {
    await page.getByRole('searchbox', { name: 'Search' }).fill('');
    await page.getByRole('row', { name: 'Web' }).waitFor();
    await searchFor(page, typed, { wait: false });
    await expect.poll(() => page.getByRole('row', { name: 'Web' }).count()).toBe(0);
    await page.getByRole('row', { name: 'Płaca.pl' }).waitFor();
  }
  const users = await open('/users');
  await users.getByRole('button', { name: 'Pool' }).click();
  const finder = users.getByRole('combobox', { name: 'Find a pool' }).or(users.getByPlaceholder('Find a pool'));
  await finder.first().fill('placa\u2060.pl');
  await expect.poll(() => users.getByRole('option').count()).toBe(1);
  await users.getByRole('option', { name: 'Płaca.pl' }).waitFor();
});

test('the local sign-in accepts an address with its domain in Unicode', async () => {
  const page = await browser.newPage();
  await page.goto(`${stack.endpoints.api}/console/${organization.id}/users`);
  await signInByForm(page, `${user}@bücher.example`);
  await page.getByRole('cell', { name: `${user}@bücher.example` }).waitFor();
});
