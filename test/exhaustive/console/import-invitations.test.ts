import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { expectReadable } from '../../support/browser.ts';
import { clicksOf } from '../../support/clicks.ts';
import { savedBy, useConsole } from '../../support/console.ts';
import { counted, everyInvite, forecast, review } from '../../support/invite-page.ts';
import { newEmail, newPool } from '../../support/organization.ts';

const { organization, open } = useConsole();

beforeAll(async () => {
  const web = await newPool(organization, 'Web', organization.rootPoolId);
  await newPool(organization, 'Shop', web);
});

const importFile = async (page: Page, content: string | Buffer): Promise<void> => {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByText('Import CSV file', { exact: true }).first().click(),
  ]);
  await chooser.setFiles({ name: 'new.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
};

const invitesOf = async () =>
  new Map(
    (await everyInvite(organization)).map(({ email, roles }) => [
      email,
      roles.map(({ role, poolName }) => [role, poolName].filter(Boolean).join(' ')),
    ]),
  );

test('invitations with roles and pools are imported from a CSV file, forecast and sent in 3 clicks', async () => {
  const [ada, grace, linus] = [newEmail('ada'), newEmail('grace'), newEmail('linus')];
  const lines = [
    'email;name;roles;pools',
    `${ada};Ada Lovelace;Manager;Acme FinOps / Web / Shop`,
    `${grace};"Hopper; Grace";"Engineer; Manager";"Web; Shop"`,
    `${linus};Linus;;`,
    `${organization.manager.personId}@example.com;;Organization manager;`,
  ];
  const page = await open('/invite');
  const clicks = await clicksOf(page, async () => {
    // Excel writes UTF-16 with tabs as “Unicode text”, and semicolons in many countries.
    await importFile(page, Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf16le'));
    await page.getByText('4 people in new.csv').waitFor();
    await page.getByRole('heading', { name: 'Roles of people without roles in the file' }).waitFor();
    await review(page);
    expect(await forecast(page)).toEqual(['Will be invited: 4']);
    await page.getByText('the roles in the file').waitFor();
    await page.getByRole('button', { name: 'Send 4 invitations' }).click();
    await counted(page, 'Sent 4 invitations.');
  });
  expect(clicks).toBe(3);
  const invites = await invitesOf();
  expect(invites.get(ada)).toEqual(['manager Shop']);
  expect(invites.get(grace)).toEqual(['engineer Web', 'manager Shop']);
  expect(invites.get(linus)).toEqual(['member']);
});

test('lines with errors are listed first with their line numbers, and nothing is sent until they are corrected or skipped', async () => {
  const [ada, grace] = [newEmail('ada'), newEmail('grace')];
  const before = await invitesOf();
  const page = await open('/invite');
  await importFile(page, 'name,roles\nAda,Engineer\n');
  await page.getByText('The first line must name the columns').waitFor();
  await expectReadable(page);
  await importFile(page, `email,roles,pools,team\n${ada},Engineer,Web,A\n${grace},Admin,,B\nalan,Member,,C\n`);
  await page.getByText('3 people in new.csv').waitFor();
  await page.getByText('Ignored columns: team.').waitFor();
  const rows = page.getByRole('table', { name: '3 people in new.csv' }).locator('tbody tr');
  expect(await rows.getByRole('cell').filter({ hasText: /^\d+$/ }).allTextContents()).toEqual(['3', '4', '2']);
  await page.getByText('“Admin” is not a role.').waitFor();
  await review(page);
  await page.getByText('2 lines have errors.').first().waitFor();
  await expectReadable(page);
  expect(await invitesOf()).toEqual(before);
  await page.getByRole('button', { name: 'Leave out 2 lines with errors' }).click();
  await page.getByText('1 person in new.csv').waitFor();
  await review(page);
  expect(await forecast(page)).toEqual(['Will be invited: 1']);
  await page.getByRole('button', { name: 'Send 1 invitation' }).click();
  await counted(page, 'Sent 1 invitation.');
  expect((await invitesOf()).get(ada)).toEqual(['engineer Web']);
});

test('the template can be imported unchanged, and the file can be removed again', async () => {
  const page = await open('/invite');
  const template = await savedBy(page, () => page.getByRole('button', { name: 'Download template' }).click());
  await importFile(page, template);
  await page.getByText('3 people in new.csv').waitFor();
  await page.getByText('Manager · Web').waitFor();
  await page.getByRole('button', { name: 'Remove file' }).click();
  await page.getByRole('textbox', { name: 'Email addresses' }).waitFor();
});
