import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { expectReadable, type PageOptions, useBrowser } from '../support/browser.ts';
import { listenTo, openConsole } from '../support/console.ts';
import { counted, everyInvite, field, forecast, paste, review } from '../support/invite-page.ts';
import {
  inviteByMail,
  newEmail,
  newMember,
  newOrganization,
  newPool,
  take,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
const browser = useBrowser();
const second = 1_000;
const day = 24 * 60 * 60 * second;

let organization: TestOrganization;
let web: string;
let member: TestMember;

beforeAll(async () => {
  // Noon, so that no test meets the end of the day's quota by chance.
  stack.advanceClock(day + day / 2 - (stack.now() % day));
  organization = await newOrganization(stack, 'Acme FinOps');
  const engineering = await newPool(organization, 'Engineering', organization.rootPoolId);
  web = await newPool(organization, 'Web', engineering);
  member = await newMember(stack, organization, [{ role: 'member' }], 'Mel Member');
});

const open = (options: PageOptions = {}): Promise<Page> =>
  openConsole(stack, browser, organization, organization.manager, '/invite', options);

const choosePool = async (page: Page, name: string) => {
  await page.getByRole('button', { name: /^Pool 1/ }).click();
  await page.getByRole('option', { name }).click();
};

test('a pasted list of every form is read whole, shown before anything is sent, and answered address by address', async () => {
  const pending = newEmail('pending');
  await inviteByMail(stack, organization, pending);
  const bounced = `bounce+${newEmail().split('@')[0]}@simulator.amazonses.com`;
  const { inviteId } = await inviteByMail(stack, organization, bounced);
  take(await organization.manager.client.revokeInvite({ params: { ...organization.params, inviteId } }));
  const fresh = Array.from({ length: 30 }, (_, index) => newEmail(`new${index}`));
  const [one = '', two = '', three = '', four = '', ...others] = fresh;
  const before = await everyInvite(organization);

  const page = await open();
  const { complaints } = listenTo(page);
  await paste(
    page,
    `"King, Ada" <${one}>, 'Ben' <${two}>; ${three}\nmailto:${four}\r\n${others.join(';')}\n` +
      `${one.toUpperCase()} jürgen@example.com\ngrace(at)example.com, alan@\n${member.email}\n${pending}\n${bounced}`,
  );
  await counted(page, '37 addresses · 3 invalid · 1 entered twice');
  for (const why of ['The “@” is missing.', 'letters with accents', 'Enter a domain after', 'Entered twice. It'])
    await page.getByText(why).waitFor();
  const corrected = newEmail('corrected');
  await page.getByRole('button', { name: 'Correct grace(at)example.com' }).click();
  await expect.poll(() => field(page).inputValue()).toBe('grace(at)example.com');
  await field(page).fill(corrected);
  await page.getByRole('button', { name: 'Remove jürgen@example.com' }).click();
  await choose(page, 'Engineer');
  await choosePool(page, 'Web');
  await page.getByRole('textbox', { name: /^Message/ }).fill('Welcome!\nSee you on Monday.');
  await page.getByRole('spinbutton', { name: /^Days/ }).fill('3');
  await review(page);
  expect(await forecast(page)).toEqual([
    'Will be invited: 31',
    `Not an email address; no email is sent: 1alan@ `,
    `Not invited because earlier emails bounced or were reported as unwanted: 1${bounced} `,
    `Already users; no email is sent: 1${member.email} `,
    `Already have a pending invitation; no email is sent: 1${pending} `,
    `Entered twice; invited once: 1${one} `,
  ]);
  await page.getByText('The links work for 3 days.').waitFor();
  await expectReadable(page);
  expect(await everyInvite(organization)).toEqual(before);

  await page.getByRole('button', { name: 'Send 31 invitations' }).click();
  await counted(page, 'Sent 31 invitations. 5 addresses not invited.');
  await expectReadable(page);
  const created = (await everyInvite(organization)).slice(0, -before.length);
  expect(created.map(({ email }) => email).toSorted()).toEqual([...fresh, corrected].toSorted());
  for (const { roles, message, createdAt, expiresAt } of created) {
    expect(roles).toEqual([{ role: 'engineer', poolId: web, poolName: 'Web' }]);
    expect(message).toBe('Welcome!\nSee you on Monday.');
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(3 * day);
  }
  await page.getByRole('button', { name: /^Result/ }).click();
  await page.getByRole('option', { name: 'Not an email address (1)' }).click();
  await expect.poll(() => page.locator('tbody th').allTextContents()).toEqual(['alan@']);
  await page.getByRole('button', { name: 'Correct addresses (1)' }).click();
  await counted(page, '1 address · 1 invalid');
  expect(await page.getByRole('textbox', { name: /^Message/ }).inputValue()).toContain('Welcome!');
  expect(complaints).toEqual([]);
});

const choose = async (page: Page, role: string) => {
  await page.getByRole('button', { name: /^Role 1/ }).click();
  await page.getByRole('option', { name: new RegExp(`^${role}`) }).click();
};

test('what the API refuses is shown at the address, the role or the field that is wrong, and nothing is lost', async () => {
  const gone = await newPool(organization, 'Gone', organization.rootPoolId);
  const page = await open();
  await review(page);
  await page.getByText('Enter at least one address.').waitFor();
  await field(page).fill(`${newEmail()}\n${'x'.repeat(1_001)}\n`);
  await choose(page, 'Manager');
  await review(page);
  await page.getByText('Choose a pool for this role.').waitFor();
  await choosePool(page, 'Gone');
  await page.getByRole('spinbutton', { name: /^Days/ }).fill('31');
  await review(page);
  await page.getByText('Enter a whole number from 1 to 30.').waitFor();
  await page.getByRole('spinbutton', { name: /^Days/ }).fill('30');
  await review(page);
  await page.getByText(/This must have at most 1000 characters/).waitFor();
  await page.getByRole('button', { name: 'Remove invalid addresses' }).click();
  take(await organization.manager.client.deletePool({ params: { ...organization.params, poolId: gone } }));
  await review(page);
  await page.getByText('The organization has no such pool.').waitFor();
  await counted(page, '1 address');
  await expectReadable(page);
});

test('inviting goes by keyboard alone', async () => {
  const email = newEmail('keys');
  const page = await open();
  await field(page).focus();
  await page.keyboard.type(email);
  await page.keyboard.press('Enter');
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  const tabTo = async (text: string) => {
    for (let steps = 0; steps < 20; steps += 1) {
      if ((await focused())?.startsWith(text)) return;
      await page.keyboard.press('Tab');
    }
    expect.unreachable(`Tab does not lead to ${text}`);
  };
  await tabTo('Review');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'What will happen' }).waitFor();
  await tabTo('Send 1 invitation');
  await page.keyboard.press('Enter');
  await counted(page, 'Sent 1 invitation.');
  expect((await everyInvite(organization)).some((invite) => invite.email === email)).toBe(true);
});

test('the list of users leads here; who may not invite is told why', async () => {
  const page = await openConsole(stack, browser, organization, organization.manager, '/users');
  await page.getByRole('button', { name: 'Invite users' }).click();
  await field(page).waitFor();
  expect(await page.title()).toBe('Invite users · Roster');

  const theirs = await openConsole(stack, browser, organization, member, '/users');
  const button = theirs.getByRole('button', { name: 'Invite users' });
  await expect.poll(() => button.getAttribute('aria-disabled')).toBe('true');
  await button.hover();
  const why = 'Only organization managers can invite users.';
  await theirs.getByText(why).filter({ visible: true }).waitFor();
  expect(await theirs.getByRole('link', { name: 'Invite users' }).count()).toBe(0);
  await theirs.goto(`${stack.endpoints.api}/console/${organization.id}/invite`);
  await theirs.getByText('You do not have access to this page').waitFor();
  await theirs.getByText(why).waitFor();
  expect(await field(theirs).count()).toBe(0);
  await expectReadable(theirs);
});
