import { beforeAll, expect, test } from 'vitest';
import { expectReadable } from '../../support/browser.ts';
import { choose, useConsole } from '../../support/console.ts';
import {
  inviteByMail,
  newEmail,
  newMember,
  newOrganization,
  newPool,
  take,
  type TestMember,
} from '../../support/organization.ts';
import { userOf } from '../../support/restores.ts';

const { stack, organization, open } = useConsole();
let web: string;
let ada: TestMember;

beforeAll(async () => {
  web = await newPool(organization, 'Web', organization.rootPoolId);
  ada = await newMember(stack, organization, [{ role: 'manager', poolId: web }], 'Ada Lovelace');
});

test('the account menu leads to the user’s own page: roles, permissions, and a name that can be changed', async () => {
  const page = await open('/users', ada);
  await page.getByRole('button', { name: 'Account: Ada Lovelace' }).click();
  await page.getByRole('menuitem', { name: 'My roles and invitations' }).click();
  await page.getByRole('heading', { name: 'My roles and invitations' }).waitFor();
  await page.getByText('Roles in Acme FinOps').waitFor();
  await page.getByText('Manager · Web', { exact: true }).waitFor();
  await page.getByText('You have no pending invitations').waitFor();
  const rights = page.getByRole('table', { name: 'My permissions in Acme FinOps' });
  const row = async (right: string) => rights.getByRole('row', { name: right }).textContent();
  expect(await row('View users')).toContain('The whole organization');
  expect(await row('Create pools')).toContain('Acme FinOps / Web and its sub-pools');
  expect(await row('Delete pools')).toContain('Sub-pools of Acme FinOps / Web');
  expect(await rights.getByRole('row', { name: 'Change roles' }).count()).toBe(0);
  await expectReadable(page);

  const name = page.getByLabel('Name');
  await name.fill(' ');
  await page.getByRole('button', { name: 'Save name' }).click();
  await page.locator('[aria-invalid=true]').waitFor();
  await name.fill('Ada King');
  await page.keyboard.press('Enter');
  await page.getByText('Your name is now Ada King.').waitFor();
  await page.getByRole('button', { name: 'Account: Ada King' }).waitFor();
  await expect.poll(async () => (await userOf(organization, ada)).name).toBe('Ada King');
});

test('the user’s own invites from any organization are accepted or declined without the email', async () => {
  const [globex, initech] = [await newOrganization(stack, 'Globex'), await newOrganization(stack, 'Initech')];
  const pool = await newPool(globex, 'Cloud', globex.rootPoolId);
  await inviteByMail(stack, globex, ada.email, [{ role: 'engineer', poolId: pool }, { role: 'member' }]);
  const { inviteId } = await inviteByMail(stack, initech, ada.email);
  const page = await open('/me', ada);
  await page.getByText('Engineer · Cloud').waitFor();
  await page.getByText('The resources they own in the chosen pool and its sub-pools.').waitFor();
  await page.getByRole('button', { name: 'Decline the invitation to Initech' }).click();
  const dialog = page.getByRole('dialog', { name: 'Decline the invitation to Initech' });
  await expectReadable(page);
  await dialog.getByRole('button', { name: 'Decline' }).click();
  await page.getByText('Declined the invitation to Initech.').waitFor();
  const invite = take(await initech.manager.client.getInvite({ params: { ...initech.params, inviteId } }));
  expect(invite.status).toBe('declined');

  await page.getByRole('button', { name: 'Accept the invitation to Globex' }).click();
  await page.getByText('You have joined Globex.').waitFor();
  await page.getByText('You have no pending invitations').waitFor();
  const { items } = take(
    await globex.manager.client.listUsers({ params: globex.params, query: { search: ada.email } }),
  );
  expect(items.map(({ roles }) => roles.length)).toEqual([2]);
  await page.getByRole('button', { name: 'Go to Globex' }).click();
  await page.getByRole('button', { name: 'Organizations: Globex' }).waitFor();
});

test('an invite that is no longer valid is refused with an explanation, and disappears from the list', async () => {
  const hooli = await newOrganization(stack, 'Hooli');
  const { inviteId } = await inviteByMail(stack, hooli, ada.email);
  const page = await open('/me', ada);
  const accept = page.getByRole('button', { name: 'Accept the invitation to Hooli' });
  await accept.waitFor();
  take(await hooli.manager.client.revokeInvite({ params: { ...hooli.params, inviteId } }));
  await accept.click();
  await page.getByText('The invitation was revoked').waitFor();
  await page.getByText('You have no pending invitations').waitFor();
});

test('a person without an organization sees their invites on the first page, and becomes a user by accepting one', async () => {
  const person = await stack.newPerson(newEmail('newcomer'), 'Nora Newcomer');
  const page = await open('/users', person);
  await inviteByMail(stack, organization, person.email, [{ role: 'engineer', poolId: web }]);
  await page.goto(`${stack.endpoints.api}/`);
  await page.getByText('Engineer · Web').waitFor();
  await expectReadable(page);
  await page.getByRole('button', { name: 'Accept the invitation to Acme FinOps' }).click();
  await page.waitForURL(`**/console/${organization.id}/users`);
  await page.getByRole('row', { name: 'Nora Newcomer' }).waitFor();
});

test('a user who leaves chooses a successor and loses access immediately; invites go only to a successor who can manage them', async () => {
  const max = await newMember(stack, organization, [{ role: 'organization_manager' }], 'Max Manager');
  const { inviteId } = await inviteByMail(stack, { ...organization, manager: max }, newEmail());
  const page = await open('/me', max);
  await page.getByRole('button', { name: 'Leave the organization' }).click();
  const dialog = page.getByRole('dialog', { name: 'Leave the organization' });
  await dialog.getByText('You will lose access immediately').waitFor();
  await choose(page, /^Successor/, 'Ada');
  const leave = dialog.getByRole('button', { name: 'Leave the organization' });
  await leave.click();
  await dialog.getByText('Your successor is not an organization manager').waitFor();
  await dialog.getByLabel('Revoke them').check();
  await expectReadable(page);
  await leave.click();
  await page.getByText('You have left the organization.').waitFor();
  await page.getByText('You do not belong to an organization yet').waitFor();
  expect(new URL(page.url()).pathname).toBe('/');
  expect(await userOf(organization, max)).toMatchObject({ status: 'removed', successorId: ada.userId });
  const invite = take(await organization.manager.client.getInvite({ params: { ...organization.params, inviteId } }));
  expect(invite.status).toBe('revoked');
});

test('the last organization manager cannot leave, and sees why', async () => {
  const page = await open('/me');
  const leave = page.getByRole('button', { name: 'Leave the organization' });
  await expect.poll(() => leave.getAttribute('aria-disabled')).toBe('true');
  await leave.hover();
  const why = page.getByText('This is the only organization manager');
  await why.filter({ visible: true }).waitFor();
});

test('each optional kind of email is turned off and on by a switch, and fixed kinds cannot be turned off', async () => {
  const page = await open('/me', ada);
  const requested = page.getByRole('checkbox', { name: 'Somebody requested a new invitation' });
  const isOn = async () =>
    take(await ada.client.getNotifications({})).kinds.find(({ kind }) => kind === 'new_invite_requested')?.enabled;
  for (const on of [false, true]) {
    await requested.click();
    await page.getByText('Your email notifications were changed.').first().waitFor();
    await expect.poll(isOn).toBe(on);
    await expect.poll(() => requested.isChecked()).toBe(on);
    await expect.poll(() => requested.isEnabled()).toBe(true);
  }
  expect(await page.getByRole('checkbox', { name: 'My roles changed' }).isDisabled()).toBe(true);
  await expectReadable(page);
});
