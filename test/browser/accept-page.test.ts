import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { picture, useBrowser } from '../support/browser.ts';
import { inviteByMail, newEmail, newOrganization, newPool, take } from '../support/organization.ts';
import { password, useStack } from '../support/stack.ts';

const stack = useStack();
const browser = useBrowser();
const size = { width: 760, height: 780 };

const linkOf = (token: string): string => `${stack.endpoints.api}/invites/accept#${token}`;

const open = async (token: string): Promise<Page> => {
  const page = await browser.newPage({ viewport: size });
  await page.goto(linkOf(token));
  return page;
};

const title = async (page: Page, text: string): Promise<void> =>
  page.getByRole('heading', { name: text, level: 1 }).waitFor();

test('an invitee opens the link, sees what they are invited to, chooses a password and is in', async () => {
  const organization = await newOrganization(stack, 'Acme FinOps');
  const web = await newPool(organization, 'Web', organization.rootPoolId);
  const email = 'ada.lovelace@example.com';
  const { token } = await inviteByMail(stack, organization, email, [
    { role: 'manager', poolId: web },
    { role: 'member' },
  ]);
  const page = await open(token);
  await title(page, 'Join Acme FinOps');
  expect(await page.getByText('Mara Manager invites').textContent()).toBe(`Mara Manager invites ${email}.`);
  expect(await page.getByRole('listitem').allTextContents()).toEqual(['Manager in Web', 'Member']);
  expect(page.url()).not.toContain(token.split('.')[2]);
  await picture(page, 'accept-page');

  await page.getByLabel('Your name').fill('Ada Lovelace');
  await page.getByLabel('Password').fill('too short');
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.getByText('It lacks at least 12 characters').waitFor();
  expect(await page.getByLabel('Your name').inputValue()).toBe('Ada Lovelace');
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await title(page, 'Welcome');
  const ada = await stack.signIn(email);
  expect(take(await ada.client.getMyUser({ params: organization.params })).name).toBe('Ada Lovelace');

  const again = await open(token);
  await title(again, 'Already accepted');
});

test('opening the link without a click changes nothing; Decline does', async () => {
  const organization = await newOrganization(stack);
  const { token, inviteId } = await inviteByMail(stack, organization, newEmail());
  const status = async () =>
    take(await organization.manager.client.getInvite({ params: { ...organization.params, inviteId } })).status;
  const page = await open(token);
  await title(page, 'Join Acme');
  expect(await status()).toBe('pending');
  await page.getByRole('button', { name: 'Decline' }).click();
  await title(page, 'Declined');
  expect(await status()).toBe('declined');
});

test('a link that a mail program cut can be pasted, and a dead one says why', async () => {
  const organization = await newOrganization(stack);
  const email = newEmail();
  const { token, inviteId } = await inviteByMail(stack, organization, email);
  const page = await open('');
  await title(page, 'The link is not complete');
  await page.getByLabel('Link from the mail').fill(linkOf(token));
  await page.getByRole('button', { name: 'Open the invite' }).click();
  await title(page, 'Join Acme');

  take(await organization.manager.client.revokeInvite({ params: { ...organization.params, inviteId } }));
  await title(await open(token), 'The invite was revoked');
  await title(await open(`${token.slice(0, -5)}AAAAA`), 'The link is not complete');
});

test('the page speaks to its own origin only, and its policy lets nothing else run', async () => {
  const organization = await newOrganization(stack);
  const { token } = await inviteByMail(stack, organization, newEmail());
  const page = await browser.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(linkOf(token));
  await title(page, 'Join Acme');
  expect(new Set(asked.map((url) => new URL(url).origin))).toEqual(new Set([new URL(stack.endpoints.api).origin]));
  expect(asked.join(' ')).not.toContain(token.split('.')[2]);
  expect(complaints).toEqual([]);
});

test('the mail shows the invite in light and dark', async () => {
  const organization = await newOrganization(stack, 'Acme FinOps');
  const web = await newPool(organization, 'Web', organization.rootPoolId);
  const email = newEmail('grace');
  await inviteByMail(stack, organization, email, [{ role: 'manager', poolId: web }, { role: 'member' }]);
  const [mail] = await stack.mailsTo(email);
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ viewport: { width: 640, height: 520 }, colorScheme });
    await page.setContent(mail?.body.html ?? '');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Join Acme FinOps');
    expect(await page.getByRole('link', { name: 'See the invite' }).getAttribute('href')).toContain('/invites/accept#');
    await picture(page, `mail-${colorScheme}`);
  }
});
