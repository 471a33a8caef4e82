import { beforeAll, expect, test } from 'vitest';
import { expectReadable } from '../../support/browser.ts';
import { clock } from '../../support/clock.ts';
import { savedBy, useConsole } from '../../support/console.ts';
import { newMember, newPool, take, type TestMember } from '../../support/organization.ts';

const { stack, organization, open } = useConsole();
let linus: TestMember;

beforeAll(async () => {
  linus = await newMember(stack, organization, [{ role: 'member' }], '=Linus');
  await newPool(organization, 'Web', organization.rootPoolId);
  const poolId = await newPool(organization, 'Data', organization.rootPoolId);
  take(
    await organization.manager.client.updatePool({
      params: { ...organization.params, poolId },
      body: { defaultOwnerId: linus.userId },
    }),
  );
});

test('the audit log is filtered by action and by day, and the address of the page contains the filters', async () => {
  const page = await open('/settings/audit-log');
  const rows = page.locator('tbody tr');
  await page.getByRole('button', { name: 'Action Any action' }).click();
  await page.keyboard.type('pool cr');
  await page.getByRole('option', { name: 'Pool created' }).click();
  await expect.poll(() => rows.count()).toBe(2);
  await page.getByText('Mara Manager created the pool Web.').waitFor();
  await expectReadable(page);

  const day = clock.now().slice(0, 10);
  await page.getByRole('textbox', { name: 'From' }).fill(day);
  await page.getByRole('textbox', { name: 'Until' }).fill(day);
  await expect.poll(() => new URL(page.url()).search).toBe(`?action=pool_created&from=${day}&to=${day}`);
  await page.getByText('Mara Manager created the pool Web.').waitFor();
  await page.getByRole('textbox', { name: 'From' }).fill('');
  await page.getByRole('textbox', { name: 'Until' }).fill('2020-01-31');
  await page.getByText('No matching events').waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByText('Mara Manager changed the pool Data.').waitFor();
});

test('the export contains the filtered events with their details, and nothing that a spreadsheet would execute', async () => {
  const page = await open('/settings/audit-log?action=pool_changed');
  await page.getByText('Mara Manager changed the pool Data.').waitFor();
  const file = await savedBy(page, () => page.getByRole('button', { name: 'Export CSV' }).click());
  await page.getByText('Exported 1 event.').waitFor();
  const [, row = ''] = file.trim().split('\r\n');
  expect(file.trim().split('\r\n')).toHaveLength(2);
  expect(row).toContain('"Mara Manager","Pool changed","Mara Manager changed the pool Data."');
  expect(row).toContain('was Mara Manager, now =Linus');
});
