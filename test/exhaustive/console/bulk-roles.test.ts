import { beforeAll, expect, test } from 'vitest';
import { expectReadable } from '../../support/browser.ts';
import { clicksOf } from '../../support/clicks.ts';
import { choose, selectRows, startForSelected, useConsole } from '../../support/console.ts';
import { insertMember, inviteByMail, newEmail, newMember, newPool, take } from '../../support/organization.ts';
import { rolesOf } from '../../support/restores.ts';

const { stack, organization, open } = useConsole();

beforeAll(async () => {
  await newPool(organization, 'Web', organization.rootPoolId);
});

test('a role is added to ten users in 9 clicks and removed again, and the forecast shows whose roles change', async () => {
  const ids: string[] = [];
  for (let index = 0; index < 10; index += 1)
    ids.push((await insertMember(organization, [{ role: 'member' }], { name: `Ten Number${index}` })).id);
  const page = await open('/users?search=ten');
  const selectTen = async () => {
    await page.getByRole('checkbox', { name: 'Select Ten Number0' }).check();
    await page.getByRole('checkbox', { name: 'Select Ten Number9' }).click({ modifiers: ['Shift'] });
  };
  const clicks = await clicksOf(page, async () => {
    await selectTen();
    const dialog = await startForSelected(page, 'Add roles');
    await choose(page, /^Role 1/, 'Engineer');
    await choose(page, /^Pool 1/, 'Web');
    await dialog.getByText('The roles of 10 users will change.').waitFor();
    await dialog.getByRole('button', { name: 'Add roles' }).click();
    await page.getByText('Changed the roles of 10 users.').waitFor();
  });
  expect(clicks).toBeLessThan(10);
  for (const id of ids) expect(await rolesOf(organization, { userId: id })).toEqual(['member', 'engineer Web']);

  await selectTen();
  await expect.poll(() => page.getByText('(10 selected)').count()).toBe(1);
  const dialog = await startForSelected(page, 'Remove roles');
  await choose(page, /^Role 1/, 'Engineer');
  await choose(page, /^Pool 1/, 'Web');
  await dialog.getByText('The roles of 10 users will change.').waitFor();
  await expectReadable(page);
  await dialog.getByRole('button', { name: 'Remove roles' }).click();
  await dialog.waitFor({ state: 'detached' });
  for (const id of ids) expect(await rolesOf(organization, { userId: id })).toEqual(['member']);
});

test('the forecast shows which users are demoted and which cannot be, and asks what happens to pending invitations', async () => {
  const manages = [{ role: 'organization_manager' as const }];
  const ivy = await newMember(stack, organization, manages, 'Ivy Inviter');
  const mel = await insertMember(organization, [{ role: 'member' }], { name: 'Mel Member' });
  const { inviteId } = await inviteByMail(stack, { ...organization, manager: ivy }, newEmail());
  const page = await open('/users');
  await selectRows(page, 'Ivy Inviter', 'Mel Member', 'Mara Manager');
  const dialog = await startForSelected(page, 'Replace roles');
  await choose(page, /^Role 1/, 'Member');
  await dialog.getByText('The roles of 1 user will change. 1 user already has the resulting roles.').waitFor();
  await dialog.getByText('No longer organization manager: Ivy Inviter.').waitFor();
  await dialog.getByText('The roles of 1 of 3 users cannot be changed').waitFor();
  await dialog.getByLabel('Revoke them').check();
  await expectReadable(page);
  await dialog.getByRole('button', { name: 'Replace roles' }).click();
  await dialog.getByText('1 of 3 failed').waitFor();
  await dialog.getByText('Mara Manager: ').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('(1 selected)').waitFor();
  expect(await rolesOf(organization, ivy)).toEqual(['member']);
  expect(await rolesOf(organization, { userId: mel.id })).toEqual(['member']);
  expect(await rolesOf(organization, organization.manager)).toEqual(['organization_manager']);
  const params = { ...organization.params, inviteId };
  expect(take(await organization.manager.client.getInvite({ params })).status).toBe('revoked');
});
