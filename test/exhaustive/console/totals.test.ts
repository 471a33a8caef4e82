import { beforeAll, expect, test } from 'vitest';
import { keys } from '../../../shared/table/keys.ts';
import { put } from '../../../shared/table/write.ts';
import { after, day } from '../../../shared/time.ts';
import { expectReadable } from '../../support/browser.ts';
import { clock } from '../../support/clock.ts';
import { choose, useConsole } from '../../support/console.ts';
import { newMember } from '../../support/organization.ts';
import { plantInvite, tableFor } from '../../support/planted.ts';

const { stack, organization, open } = useConsole();

beforeAll(async () => {
  const { id, manager } = organization;
  const ada = await newMember(stack, organization, [{ role: 'member' }], 'Ada Lovelace');
  await newMember(stack, organization, [{ role: 'member' }], 'Grace Hopper');
  const params = { ...organization.params, userId: ada.userId };
  await manager.client.removeUser({ params, query: { successorId: manager.userId } });
  const inDays = (days: number) => after(clock.now(), days * day);
  const inviter = { id: manager.userId };
  await plantInvite(id, inviter, { email: 'late@example.com', expiresAt: inDays(20) });
  await plantInvite(id, inviter, { email: 'soon@example.com', expiresAt: inDays(1) });
  await plantInvite(id, inviter, { email: 'bounced@example.com', expiresAt: inDays(20), delivery: 'bounced' });
  await plantInvite(id, inviter, { email: 'revoked@example.com', expiresAt: inDays(1), status: 'revoked' });
  const byRole = { organization_manager: 1, manager: 0, engineer: 0, member: 1 };
  const counted = { users: 2, byRole, removed: 1, pending: 3, bounced: 1, expiring: 1 };
  const stored = { counted: JSON.stringify(counted), asOf: clock.now() };
  await tableFor(id).transact([put({ ...keys.totals(id), ...stored })]);
});

/** Opens a page whose clock shows the time of the functions, because the page calculates which invitations expire soon. */
const openAtServerTime = async (path: string) => {
  const page = await open(path, organization.manager, { reused: false });
  await page.clock.setFixedTime(clock.now());
  return page;
};

test.each([
  ['2 active users', ['Grace Hopper', 'Mara Manager'], '/users'],
  ['3 pending invitations', ['late@', 'soon@', 'bounced@'], '/settings/invitations?status=pending'],
  ['1 bounced', ['bounced@'], '/settings/invitations?status=pending&delivery=bounced'],
  ['1 expiring soon', ['soon@'], '/settings/invitations?status=pending&expiring=true'],
  ['1 deleted', ['Ada Lovelace'], '/users?status=removed'],
])('the total “%s” leads to a list of exactly those items', async (total, names, address) => {
  const page = await openAtServerTime('/users');
  const link = page.getByRole('group', { name: 'Totals' }).getByRole('link', { name: total });
  await link.waitFor();
  await expectReadable(page);
  await link.click();
  const rows = page.locator('tbody tr');
  for (const name of names) await rows.filter({ hasText: name }).waitFor();
  await expect.poll(() => rows.count()).toBe(names.length);
  const { pathname, search } = new URL(page.url());
  expect(pathname + search).toBe(`/console/${organization.id}${address}`);
});

test('users are filtered by domain and sorted by when they joined, and the address of the page contains both', async () => {
  const page = await openAtServerTime('/users?domain=nowhere.example');
  await page.getByText('No matching users').waitFor();
  await page.getByLabel('Email domain').fill(organization.manager.email.split('@')[1] ?? '');
  await page.getByRole('row', { name: 'Grace Hopper' }).waitFor();
  await choose(page, 'Sort by', 'Newest first');
  await expect
    .poll(async () => (await page.locator('tbody tr a').allTextContents()).filter((text) => text.includes(' ')))
    .toEqual(['Grace Hopper', 'Mara Manager']);
  expect(new URL(page.url()).searchParams.get('sort')).toBe('joined');
  await expectReadable(page);
});

test('invitations are filtered by the delivery of their email and by inviter, and the address of the page contains all filters', async () => {
  const page = await openAtServerTime('/settings/invitations');
  const rows = page.locator('tbody tr');
  await expect.poll(() => rows.count()).toBe(4);
  await choose(page, 'Email delivery', 'Bounced');
  await expect.poll(() => rows.count()).toBe(1);
  await choose(page, 'Invited by', 'Grace Hopper');
  await page.getByText('No matching invitations').waitFor();
  await expectReadable(page);
  const search = `?delivery=bounced&inviterId=usr_`;
  expect(new URL(page.url()).search.startsWith(search)).toBe(true);
});
