import { beforeAll, expect, test } from 'vitest';
import { hour } from '../../../shared/time.ts';
import { expectReadable } from '../../support/browser.ts';
import { codeOf, withAuthenticator } from '../../support/authenticator.ts';
import { signInByForm, useConsole } from '../../support/console.ts';
import { insertMember, newEmail, newMember, take, type TestMember } from '../../support/organization.ts';

const { stack, browser, organization, open } = useConsole();
let ben: TestMember;

beforeAll(async () => {
  ben = await newMember(stack, organization);
});

const stored = async () => take(await organization.manager.client.getOrganization({ params: organization.params }));

const change = async (body: Parameters<typeof organization.manager.client.updateOrganization>[0]['body']) =>
  take(await organization.manager.client.updateOrganization({ params: organization.params, body }));

test('the page shows what a change means before it is saved, and a refusal at its field', async () => {
  const page = await open('/settings/security');
  const domains = page.getByLabel('Allowed email domains');
  await domains.fill('elsewhere.example');
  await page.getByText('Addresses of other domains can no longer be invited').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Include the domain of your own address').first().waitFor();
  await expectReadable(page);
  await domains.fill('example.com\nelsewhere.example');
  await page.getByLabel('Hours until people sign in again').fill('8');
  await page.getByText('signed in more than 8 hours ago').waitFor();
  await page.getByRole('checkbox', { name: 'Hide email addresses' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved the settings.').waitFor();
  expect(await stored()).toMatchObject({
    allowedDomains: ['example.com', 'elsewhere.example'],
    signInHoursMax: 8,
    hideAddresses: true,
  });
  await page.getByText('When you save this').waitFor({ state: 'detached' });
  await change({ allowedDomains: [], signInHoursMax: null, hideAddresses: false });
});

test('users whose domain is not allowed any more are marked for those who can change the settings', async () => {
  const { params, manager } = organization;
  const eve = await insertMember(organization, undefined, {
    email: newEmail('eve').replace('.com', '.org'),
    name: 'Eve',
  });
  await change({ allowedDomains: ['example.com'] });
  const page = await open('/users?search=eve');
  await page.getByText('Domain not allowed').waitFor();
  await page.getByRole('link', { name: 'Eve' }).click();
  await page.getByText('Domain not allowed').waitFor();
  const others = await open(`/users/${eve.id}`, ben);
  await others.getByText(eve.email).first().waitFor();
  expect(await others.getByText('Domain not allowed').count()).toBe(0);
  take(await manager.client.updateOrganization({ params, body: { allowedDomains: [] } }));
});

test('a user who cannot change the settings can read them', async () => {
  const page = await open('/settings/security', ben);
  await page.getByText('Only organization managers can change the settings.').waitFor();
  expect(await page.getByLabel('Allowed email domains').isEditable()).toBe(false);
  expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
});

test('where addresses are hidden, lists have no columns for them and search for names', async () => {
  await change({ hideAddresses: true });
  const page = await open('/users', ben);
  await page.getByRole('link', { name: 'Ben Member' }).first().waitFor();
  await page.getByPlaceholder('Name', { exact: true }).waitFor();
  for (const header of ['Email address', 'Last seen'])
    expect(await page.getByRole('columnheader', { name: header }).count()).toBe(0);
  expect(await page.getByText(organization.manager.email).count()).toBe(0);
  await page.getByRole('link', { name: 'Mara Manager' }).first().click();
  await page.getByText('Joined').first().waitFor();
  expect(await page.getByText('Last seen').count()).toBe(0);
  await change({ hideAddresses: false });
});

test('somebody whose sign-in is too old is asked to sign in again and returns to their page', async () => {
  const { manager } = organization;
  await change({ signInHoursMax: 1 });
  const page = await open('/settings/organization', ben, { reused: false });
  await page.getByLabel('Name').waitFor();
  stack.advanceClock(2 * hour);
  await page.getByRole('link', { name: 'Resources' }).click();
  await page.getByText('This organization asks people to sign in again').first().waitFor();
  await expectReadable(page);
  const again = await stack.signIn(manager.email);
  take(await again.client.updateOrganization({ params: organization.params, body: { signInHoursMax: null } }));
});

test('somebody without an authenticator app is led to one where the organization requires it', async () => {
  const { params, manager, id } = organization;
  const { client } = await withAuthenticator(stack, await stack.signIn(manager.email));
  take(await client.updateOrganization({ params, body: { requireMfa: true } }));
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  await page.goto(`${stack.endpoints.api}/console/${id}/users`);
  await signInByForm(page, ben.email);
  await page.getByRole('heading', { name: 'requires an authenticator app' }).waitFor();
  await expectReadable(page);
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
  await page.getByLabel('Code').fill('000000');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('This code is not valid').first().waitFor();
  await expectReadable(page);
  const link = (await page.getByRole('link', { name: 'Open in an app' }).getAttribute('href')) ?? '';
  await page.getByLabel('Code').fill(codeOf(new URL(link).searchParams.get('secret') ?? ''));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByRole('link', { name: 'Mara Manager' }).first().waitFor();
  take(await client.updateOrganization({ params, body: { requireMfa: false } }));
});
