import { beforeAll, expect, test } from 'vitest';
import { expectReadable, useBrowser } from '../../support/browser.ts';
import { clock } from '../../support/clock.ts';
import { openConsole, savedBy } from '../../support/console.ts';
import {
  newMember,
  newOrganization,
  newPool,
  take,
  type TestMember,
  type TestOrganization,
} from '../../support/organization.ts';
import { useStack } from '../../support/stack.ts';

const stack = useStack();
const browser = useBrowser();

let organization: TestOrganization;
let linus: TestMember;

beforeAll(async () => {
  organization = await newOrganization(stack, 'Acme FinOps');
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

const open = (path = '') =>
  openConsole(stack, browser, organization, organization.manager, `/settings/audit-log${path}`);

test('the audit log is filtered by action and by day, and its address has the filters', async () => {
  const page = await open();
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

test('the export has the events that the filters leave, with details, and nothing that a spreadsheet would run', async () => {
  const page = await open('?action=pool_changed');
  await page.getByText('Mara Manager changed the pool Data.').waitFor();
  const file = await savedBy(page, () => page.getByRole('button', { name: 'Export CSV' }).click());
  await page.getByText('Exported 1 event.').waitFor();
  const [, row = ''] = file.trim().split('\r\n');
  expect(file.trim().split('\r\n')).toHaveLength(2);
  expect(row).toContain('"Mara Manager","Pool changed","Mara Manager changed the pool Data."');
  expect(row).toContain('was Mara Manager, now =Linus');
});
