import { beforeAll, expect, test } from 'vitest';
import { expectReadable } from '../support/browser.ts';
import { choose, listenTo, useConsole } from '../support/console.ts';
import { counted, everyInvite, field, forecast, paste, review } from '../support/invite-page.ts';
import { tabTo } from '../support/keyboard.ts';
import { inviteByMail, newEmail, newMember, newPool, take, type TestMember } from '../support/organization.ts';

const { stack, organization, open } = useConsole({ atNoon: true });
const second = 1_000;
const day = 24 * 60 * 60 * second;

let web: string;
let member: TestMember;

beforeAll(async () => {
  const engineering = await newPool(organization, 'Engineering', organization.rootPoolId);
  web = await newPool(organization, 'Web', engineering);
  member = await newMember(stack, organization, [{ role: 'member' }], 'Mel Member');
});

test('a pasted list in any format is read in full, reviewed before anything is sent, and has a result for each address', async () => {
  const pending = newEmail('pending');
  await inviteByMail(stack, organization, pending);
  const bounced = `bounce+${newEmail().split('@')[0]}@simulator.amazonses.com`;
  const { inviteId } = await inviteByMail(stack, organization, bounced);
  take(await organization.manager.client.revokeInvite({ params: { ...organization.params, inviteId } }));
  const fresh = Array.from({ length: 30 }, (_, index) => newEmail(`new${index}`));
  const [one = '', two = '', three = '', four = '', ...others] = fresh;
  const before = await everyInvite(organization);

  const page = await open('/invite');
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
  await choose(page, /^Role 1/, 'Engineer');
  await choose(page, /^Pool 1/, 'Web');
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

test('an error is shown at the address, role or field that caused it, and no input is lost', async () => {
  const gone = await newPool(organization, 'Gone', organization.rootPoolId);
  const page = await open('/invite');
  await review(page);
  await page.getByText('Enter at least one address.').waitFor();
  await field(page).fill(`${newEmail()}\n${'x'.repeat(1_001)}\n`);
  await choose(page, /^Role 1/, 'Manager');
  await review(page);
  await page.getByText('Choose a pool for this role.').waitFor();
  await choose(page, /^Pool 1/, 'Gone');
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

test('users can be invited by keyboard alone', async () => {
  const email = newEmail('keys');
  const page = await open('/invite');
  await field(page).focus();
  await page.keyboard.type(email);
  await page.keyboard.press('Enter');
  await tabTo(page, 'Review');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'What will happen' }).waitFor();
  await tabTo(page, 'Send 1 invitation');
  await page.keyboard.press('Enter');
  await counted(page, 'Sent 1 invitation.');
  expect((await everyInvite(organization)).some((invite) => invite.email === email)).toBe(true);
});

test('the list of users links to this page, and a user who cannot invite sees why', async () => {
  const page = await open('/users');
  await page.getByRole('button', { name: 'Invite users' }).click();
  await field(page).waitFor();
  expect(await page.title()).toBe('Invite users · Roster');

  const theirs = await open('/users', member);
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
