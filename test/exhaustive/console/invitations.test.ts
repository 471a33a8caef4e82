import { beforeAll, expect, test } from 'vitest';
import { expectReadable } from '../../support/browser.ts';
import { choose, listenTo, openConsole, startAction, useConsole } from '../../support/console.ts';
import {
  inviteByMail,
  invitedMember,
  newEmail,
  newOrganization,
  newPool,
  take,
  type TestMember,
} from '../../support/organization.ts';

const { stack, browser, organization, open } = useConsole({ atNoon: true });
const second = 1_000;

let member: TestMember;
let web: string;

beforeAll(async () => {
  web = await newPool(organization, 'Web', organization.rootPoolId);
  member = await invitedMember(stack, organization, [{ role: 'member' }], 'Mel Member');
});

const invite = async (email: string) => {
  const { params, manager } = organization;
  const body = { emails: [email], roles: [{ role: 'engineer' as const, poolId: web }] };
  const { results } = take(await manager.client.inviteUsers({ params, body }));
  return { email, params: { ...params, inviteId: results[0]?.invite?.id ?? '' } };
};

const shown = async ({ params }: { params: { organizationId: string; inviteId: string } }) =>
  take(await organization.manager.client.getInvite({ params }));

test('each invite shows its status and its delivery, and the delivery of a queued invite is updated automatically', async () => {
  const declined = await inviteByMail(stack, organization, newEmail('declined'));
  take(await stack.anybody.declineInvite({ body: { token: declined.token } }));
  const bounced = await invite(`bounce+${newEmail().split('@')[0]}@simulator.amazonses.com`);
  const good = await invite(newEmail('good'));
  const page = await open('/users');
  await page.clock.install();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'Invitations' }).click();
  const row = (name: string) => page.getByRole('row', { name });
  await row(good.email).getByText('Waiting to be sent').waitFor();
  for (const text of ['Engineer · Web', 'Pending', 'Mara Manager', /^in \d+ days/])
    await row(good.email).getByText(text).waitFor();
  await row(member.email).getByText('Accepted').waitFor();
  await row('declined').getByText('Declined', { exact: true }).waitFor();

  const { asked } = listenTo(page);
  await stack.drain();
  await page.clock.fastForward(5_000);
  await row(good.email).getByText('Delivered').waitFor();
  await row(bounced.email).getByText('Bounced').waitFor();
  await row(bounced.email).getByText('The mailbox does not exist or does not accept email.').waitFor();
  // No invite is queued any more, so the page stops polling.
  const before = asked.length;
  await page.clock.fastForward(60_000);
  expect(asked.slice(before)).toEqual([]);
  expect(await page.title()).toBe('Invitations · Roster');
  await expectReadable(page);
});

test('invites are filtered by email address and status, and the address of the page contains the filters', async () => {
  const pending = await invite(newEmail('find.me'));
  const page = await open('/settings/invitations?status=accepted');
  const emails = () => page.locator('tbody tr th').allTextContents();
  await expect.poll(emails).toEqual([member.email]);
  await page.getByRole('searchbox').fill('find.me');
  await page.getByText('No matching invitations').waitFor();
  await choose(page, /^Status/, 'Pending');
  await expect.poll(emails).toEqual([pending.email]);
  expect(new URL(page.url()).search).toBe('?status=pending&search=find.me');
  await page.getByRole('searchbox').fill('find.you');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('row', { name: member.email }).waitFor();

  const empty = await newOrganization(stack, 'Empty');
  const other = await openConsole(stack, browser, empty, empty.manager, '/settings/invitations');
  await other.getByText('No invitations yet').waitFor();
  await expectReadable(other);
});

test('an invite can be resent, but not within a minute', async () => {
  const { email, params } = await invite(newEmail('retry'));
  await stack.drain();
  const page = await open(`/settings/invitations?search=${email}`);
  await startAction(page, email, 'Resend');
  await page
    .getByText(/^retry.*: Its email was requested less than 60 seconds ago. Try again in (1 minute|\d+ seconds?)\.$/)
    .waitFor();
  stack.advanceClock(61 * second);
  await startAction(page, email, 'Resend');
  await page.getByText('Resent 1 invitation. Earlier links no longer work.').waitFor();
  await page.getByRole('row', { name: email }).getByText('Waiting to be sent').waitFor();
  expect(await stack.mailsTo(email)).toHaveLength(2);
  expect(await shown({ params })).toMatchObject({ status: 'pending', sends: 2 });
});

test('several invites are resent, or revoked after a confirmation, but only if this is possible for all of them', async () => {
  const [one, two] = [await invite(newEmail('many')), await invite(newEmail('many'))];
  const settled = await invite(newEmail('many'));
  take(await organization.manager.client.revokeInvite({ params: settled.params }));
  stack.advanceClock(61 * second);
  const page = await open('/settings/invitations?search=many');
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await page.getByRole('checkbox', { name: 'Select all invitations on this page' }).check();
  await page.getByText('(3 selected)').waitFor();
  expect(await button('Resend').getAttribute('aria-disabled')).toBe('true');
  await button('Revoke').hover();
  await page.getByText('Deselect invitations that have ended').filter({ visible: true }).waitFor();
  await page.getByRole('checkbox', { name: `Select ${settled.email}` }).uncheck();
  await button('Resend').click();
  await page.getByText('Resent 2 invitations.').waitFor();

  for (const { email } of [one, two]) await page.getByRole('checkbox', { name: `Select ${email}` }).check();
  await button('Revoke').click();
  const dialog = page.getByRole('dialog', { name: 'Revoke 2 invitations' });
  await dialog.getByText(one.email).waitFor();
  await expectReadable(page);
  await page.route('**/invites/batch', (route) => route.abort());
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await dialog.getByText('The connection was lost before Roster could confirm your change.').waitFor();
  await page.unroute('**/invites/batch');
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('Revoked 2 invitations.').waitFor();
  await page.getByRole('row', { name: one.email }).getByText('Revoked').waitFor();
  for (const each of [one, two]) expect((await shown(each)).status).toBe('revoked');
});

test('if some of several invites cannot be resent, they stay selected, and a notice shows why and can retry them', async () => {
  const early = await invite(newEmail('twice'));
  stack.advanceClock(61 * second);
  const late = await invite(newEmail('twice'));
  await stack.drain();
  const page = await open('/settings/invitations?search=twice');
  await page.getByRole('checkbox', { name: 'Select all invitations on this page' }).check();
  await page.getByRole('button', { name: 'Resend', exact: true }).click();
  await page.getByText('1 of 2 failed').waitFor();
  await page.getByText('Resent 1 invitation.').waitFor();
  await page.getByText(`${late.email}: Its email was requested less than 60 seconds ago.`).waitFor();
  await page.getByText('(1 selected)').waitFor();
  expect(await page.getByRole('checkbox', { name: `Select ${late.email}` }).isChecked()).toBe(true);
  await expectReadable(page);

  stack.advanceClock(61 * second);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('1 of 2 failed').waitFor({ state: 'detached' });
  await page.getByText('Resent 1 invitation.').waitFor();
  await page.getByText('(1 selected)').waitFor({ state: 'detached' });
  await stack.drain();
  for (const each of [early, late]) expect((await shown(each)).sends).toBe(2);
});

test('an address is corrected, and the mail goes to the new address', async () => {
  const wrong = await invite(newEmail('wrong'));
  const taken = await invite(newEmail('taken'));
  await stack.drain();
  const page = await open('/settings/invitations?search=wrong');
  await startAction(page, wrong.email, 'Correct address');
  const dialog = page.getByRole('dialog', { name: `Correct the address ${wrong.email}` });
  const field = dialog.getByRole('textbox', { name: 'Email address' });
  await field.fill('wrong@');
  await dialog.getByRole('button', { name: 'Save and send' }).click();
  await dialog.getByText('This is not an email address.').waitFor();
  await expectReadable(page);
  await field.fill(taken.email);
  await field.press('Enter');
  await dialog.getByText('It is invited already.').waitFor();
  const right = newEmail('wrong.no.more');
  await field.fill(right);
  await field.press('Enter');
  await page.getByText(`Sent the invitation to ${right}.`).waitFor();
  await page.getByRole('row', { name: right }).waitFor();
  expect(await stack.mailsTo(right)).toHaveLength(1);
  expect((await shown(wrong)).email).toBe(right);
});

test('the roles of an invite are edited, and a concurrent change is not overwritten without asking', async () => {
  const { email, params } = await invite(newEmail('roles'));
  const page = await open('/settings/invitations?search=roles');
  await startAction(page, email, 'Edit roles');
  const dialog = page.getByRole('dialog', { name: `Edit roles of the invitation to ${email}` });
  await choose(page, /^Role 1/, 'Manager');
  await expectReadable(page);
  take(await organization.manager.client.updateInvite({ params, body: { roles: [{ role: 'member' }] } }));
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Somebody else has changed this').waitFor();
  expect((await shown({ params })).roles).toEqual([{ role: 'member' }]);
  await dialog.getByRole('button', { name: 'Reload and keep my changes' }).click();
  await dialog.getByText('Somebody else has changed this').waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText(`Changed the roles of the invitation to ${email}.`).waitFor();
  await page.getByRole('row', { name: email }).getByText('Manager · Web').waitFor();
  expect((await shown({ params })).roles).toEqual([{ role: 'manager', poolId: web, poolName: 'Web' }]);
});

test('a settled invite shows why it cannot be changed, and a user who cannot invite can read the list and sees why', async () => {
  const pending = await invite(newEmail('readable'));
  const page = await open(`/settings/invitations?search=${member.email}`);
  await page.getByRole('button', { name: `Actions for ${member.email}` }).click();
  await page.getByRole('menuitem', { name: 'Resend' }).hover();
  await page
    .getByText('The status is “Accepted”. To send another invitation, invite the address again.')
    .filter({ visible: true })
    .waitFor();

  const theirs = await open(`/settings/invitations?search=${pending.email}`, member);
  await theirs.getByRole('button', { name: `Actions for ${pending.email}` }).click();
  for (const action of ['Resend', 'Correct address', 'Edit roles', 'Revoke'])
    expect(await theirs.getByRole('menuitem', { name: action }).getAttribute('aria-disabled')).toBe('true');
  await theirs.getByRole('menuitem', { name: 'Revoke' }).hover();
  const why = theirs.getByText('Only organization managers can invite users.');
  await why.filter({ visible: true }).first().waitFor();
});
