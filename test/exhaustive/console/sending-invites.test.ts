import { expect, test } from 'vitest';
import { takeQuota } from '../../../shared/invites/quota.ts';
import { partitions } from '../../../shared/table/keys.ts';
import { expectReadable } from '../../support/browser.ts';
import { clock } from '../../support/clock.ts';
import { openConsole, useConsole } from '../../support/console.ts';
import { counted, everyInvite, field, forecast, paste, review } from '../../support/invite-page.ts';
import { servicesOf } from '../../support/operations.ts';
import { newEmail, newOrganization } from '../../support/organization.ts';

const { stack, browser, open } = useConsole({ atNoon: true });
const day = 24 * 60 * 60 * 1_000;

test('a failed send keeps all input, and sending again invites nobody twice', async () => {
  const emails = [newEmail('lost'), newEmail('lost')];
  const page = await open('/invite');
  await field(page).fill(`${emails.join(', ')}\n`);
  await counted(page, '2 addresses');
  await page.getByRole('textbox', { name: /^Message/ }).fill('Hello');
  await page.route('**/invites', (route) => route.abort());
  await review(page);
  await page.getByText('The service is not responding.').waitFor();
  await page.unroute('**/invites');
  await review(page);
  expect(await forecast(page)).toEqual(['Will be invited: 2']);

  // The API creates the invites, but its response is lost.
  await page.route('**/invites', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await page.getByRole('button', { name: 'Send 2 invitations' }).click();
  await page.getByText('Sending again does not invite anybody twice.').waitFor();
  await expectReadable(page);
  await page.getByText(emails[0] ?? '', { exact: true }).waitFor();
  expect(await page.getByRole('textbox', { name: /^Message/ }).inputValue()).toBe('Hello');
  await page.unroute('**/invites');
  await page.getByRole('button', { name: 'Send 2 invitations' }).click();
  await counted(page, 'Sent 2 invitations.');
  for (const email of emails) expect(await stack.mailsTo(email)).toHaveLength(1);
  await page.getByRole('button', { name: 'Invite more' }).click();
  await page.getByRole('textbox', { name: 'Email addresses' }).waitFor();
  expect(await page.getByText('2 addresses').count()).toBe(0);
});

test('the form stays fast with 1,000 addresses, refuses one more, and drops none', async () => {
  const page = await open('/invite');
  await paste(page, Array.from({ length: 1_001 }, (_, index) => `person${index}@example.com`).join('\n'));
  await page.getByText('1,001 addresses: 1 too many. You can invite up to 1,000 at once').waitFor();
  expect(await page.getByRole('button', { name: /^Remove person/ }).count()).toBe(50);
  await page.getByRole('button', { name: 'Show all 1,001' }).click();
  expect(await page.getByRole('button', { name: /^Remove person/ }).count()).toBe(1_001);
  await page.getByRole('button', { name: 'Remove person1000@example.com' }).click();
  await counted(page, /^1,000 addresses$/);
  expect(await page.getByText('You can invite up to 1,000 at once').count()).toBe(0);
});

test('addresses above today’s limit can be invited tomorrow with one click', async () => {
  const other = await newOrganization(stack, 'Busy');
  const now = clock.now();
  const { personId } = other.manager;
  const table = servicesOf(other.id).tenantTable(other.id, partitions.person(personId));
  const taken = await table.transact(
    takeQuota({ organizationId: other.id, personId }, 999, { now, quota: 1_000, otherwise: 'retry' }),
  );
  expect(taken.ok).toBe(true);
  const emails = [newEmail('quota'), newEmail('quota'), newEmail('quota')];
  const page = await openConsole(stack, browser, other, other.manager, '/invite');
  await field(page).fill(`${emails.join(' ')}\n`);
  await review(page);
  expect((await forecast(page)).map((line) => line.replace(/(: \d+).*/, '$1'))).toEqual([
    'Will be invited: 1',
    'Not invited because today’s email limit is reached: 2',
  ]);
  await page.getByRole('button', { name: 'Send 1 invitation' }).click();
  await counted(page, 'Sent 1 invitation. 2 addresses not invited.');
  const retry = page.getByRole('button', { name: 'Retry failed (2)' });
  await retry.click();
  await page.getByText('Today’s email limit is still reached.').waitFor();
  stack.advanceClock(day);
  await retry.click();
  await counted(page, 'Sent 3 invitations.');
  expect((await everyInvite(other)).map(({ email }) => email).toSorted()).toEqual(emails.toSorted());
  await page.getByRole('link', { name: 'View invitations' }).click();
  await page.getByRole('row', { name: emails[0] ?? '' }).waitFor();
});
