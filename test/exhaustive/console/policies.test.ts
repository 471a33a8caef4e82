import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { expectReadable } from '../../support/browser.ts';
import { choose, startAction, useConsole } from '../../support/console.ts';
import { newMember, newPool, take, type TestMember } from '../../support/organization.ts';

const { stack, organization, open } = useConsole();
let [engineering, web] = ['', ''];
let ada: TestMember;

beforeAll(async () => {
  engineering = await newPool(organization, 'Engineering', organization.rootPoolId);
  web = await newPool(organization, 'Web', engineering);
  ada = await newMember(stack, organization, [{ role: 'engineer', poolId: web }], 'Ada Lovelace');
});

/** The fields of a policy that a person chose, except its name. */
const settings = async (name: string) => {
  const { items } = take(await organization.manager.client.listPolicies({ params: organization.params }));
  const found = items.find((policy) => policy.name === name);
  if (!found) return undefined;
  const answered = new Set(['id', 'name', 'createdAt', 'version', 'ownerName', 'poolName', 'filterNames']);
  return Object.fromEntries(Object.entries(found).filter(([field]) => !answered.has(field)));
};

const newPolicy = async (body: Parameters<TestMember['client']['createPolicy']>[0]['body']) =>
  take(await organization.manager.client.createPolicy({ params: organization.params, body }));

const openEdit = async (page: Page, name: string, action = 'Edit') => {
  await startAction(page, name, action);
  return page.getByRole('dialog', { name: new RegExp(`^${action} ${name}`) });
};

/** For each type, the options and texts that the test enters, the resulting policy, and the rule that the list shows. */
const kinds = [
  {
    type: 'Anomaly detection',
    chosen: { Metric: 'Expense' },
    typed: { 'Percent above the average': '30', 'Days in the average': '7' },
    made: { type: 'anomaly_detection', metric: 'expense', thresholdPercent: 30, days: 7 },
    rule: 'Expense 30 % above the average of 7 days',
    edited: { 'Percent above the average': '45.5' },
    changed: { thresholdPercent: 45.5 },
  },
  {
    type: 'Quota',
    chosen: { Metric: 'Number of resources' },
    typed: { Maximum: '20' },
    made: { type: 'quota', metric: 'resource_count', maximum: 20 },
    rule: 'At most 20 resources',
    edited: { Maximum: '21' },
    changed: { maximum: 21 },
  },
  {
    type: 'Budget',
    chosen: {},
    typed: { 'Amount (USD)': '1500.5', 'Last day': '2031-05-31' },
    made: { type: 'budget', amount: 1500.5, currency: 'USD', expiresOn: '2031-05-31' },
    rule: 'US$1,500.50 until 31 May 2031',
    edited: { 'Last day': '' },
    changed: { expiresOn: undefined },
  },
  {
    type: 'Tagging',
    chosen: {},
    typed: { 'Required tag': 'cost-centre', From: '2026-01-01' },
    made: { type: 'tagging', requiredTag: 'cost-centre', startsOn: '2026-01-01' },
    rule: 'Tag “cost-centre” on resources since 1 Jan 2026',
    edited: { 'Required tag': 'team' },
    changed: { requiredTag: 'team' },
  },
];

test('an empty list of policies explains what policies are for', async () => {
  const page = await open('/settings/policies');
  await page.getByText('No policies yet').waitFor();
  await expectReadable(page);
});

test('a policy of each type is created and edited, and one is deleted', async () => {
  const page = await open('/settings/policies');
  const everywhere = { ownerId: organization.manager.userId };
  for (const { type, chosen, typed, made, rule, edited, changed } of kinds) {
    const name = `${type} of all`;
    await page.getByRole('button', { name: 'Create policy' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create policy' });
    await choose(page, /^Type Choose/, type);
    await dialog.getByLabel('Name', { exact: true }).fill(name);
    for (const [field, option] of Object.entries(chosen)) await choose(page, new RegExp(`^${field}`), option);
    for (const [field, text] of Object.entries(typed)) await dialog.getByLabel(field, { exact: true }).fill(text);
    await dialog.getByRole('button', { name: 'Create policy' }).click();
    await page.getByText(`Created the policy ${name}.`).waitFor();
    await page.getByRole('row', { name }).getByText(rule).waitFor();
    expect(await settings(name)).toEqual({ ...everywhere, ...made });

    const editing = await openEdit(page, name);
    for (const [field, text] of Object.entries(edited)) await editing.getByLabel(field, { exact: true }).fill(text);
    await editing.getByRole('button', { name: 'Save' }).click();
    await page.getByText(`Saved the policy ${name}.`).waitFor();
    expect(await settings(name)).toEqual({ ...everywhere, ...made, ...changed });
  }
  const deleting = await openEdit(page, 'Quota of all', 'Delete');
  await expectReadable(page);
  await deleting.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Deleted the policy Quota of all.').waitFor();
  expect(await settings('Quota of all')).toBeUndefined();
  // The other tests expect an organization without policies.
  const { params, manager } = organization;
  for (const { id } of take(await manager.client.listPolicies({ params })).items)
    take(await manager.client.deletePolicy({ params: { ...params, policyId: id } }));
});

test('a policy can have a pool, an owner who is found by a search, and filters', async () => {
  const page = await open('/settings/policies');
  await page.getByRole('button', { name: 'Create policy' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create policy' });
  await choose(page, /^Type Choose/, 'Budget');
  await dialog.getByLabel('Name', { exact: true }).fill('Web budget');
  await dialog.getByRole('spinbutton', { name: 'Amount (USD)' }).fill('100');
  await choose(page, /^Applies to/, 'Web');
  await page.getByRole('button', { name: /^Owner/ }).click();
  await page.keyboard.type('love');
  await page.getByRole('option', { name: 'Ada Lovelace' }).click();
  await dialog.getByRole('button', { name: 'Only some resources' }).click();
  await choose(page, /^In pools/, 'Engineering');
  await dialog.getByLabel('Of types', { exact: true }).fill('vm');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Of types: remove value 1' }).waitFor();
  await expectReadable(page);
  await dialog.getByRole('button', { name: 'Create policy' }).click();
  const row = page.getByRole('row', { name: 'Web budget' });
  await row.getByRole('link', { name: 'Ada Lovelace' }).waitFor();
  await row.getByText('in 1 pool, of type vm').waitFor();
  expect(await settings('Web budget')).toEqual({
    type: 'budget',
    amount: 100,
    currency: 'USD',
    ownerId: ada.userId,
    poolId: web,
    filters: { poolIds: [engineering], resourceTypes: ['vm'] },
  });

  const editing = await openEdit(page, 'Web budget');
  await editing.getByRole('button', { name: 'Of types: remove value 1' }).click();
  await editing.getByRole('button', { name: 'In pools: remove value 1' }).click();
  await choose(page, /^Applies to/, 'The whole organization');
  await editing.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved the policy Web budget.').waitFor();
  expect(await settings('Web budget')).toEqual({ type: 'budget', amount: 100, currency: 'USD', ownerId: ada.userId });
});

test('missing and refused values are reported at their fields, and the entered values stay', async () => {
  const page = await open('/settings/policies');
  await page.getByRole('button', { name: 'Create policy' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create policy' });
  const create = dialog.getByRole('button', { name: 'Create policy' });
  await create.click();
  await dialog.getByText('Choose a type').nth(1).waitFor();
  await choose(page, /^Type Choose/, 'Quota');
  await create.click();
  await dialog.getByText('Enter a maximum.', { exact: true }).waitFor();
  await choose(page, /^Metric/, 'Number of resources');
  await dialog.getByLabel('Maximum', { exact: true }).fill('2.5');
  await dialog.getByLabel('Name', { exact: true }).fill('Some');
  await create.click();
  const wrong = dialog.locator('[aria-invalid=true]');
  await dialog.getByText('A whole number of resources.', { exact: true }).waitFor();
  expect(await wrong.count()).toBe(1);
  expect(await wrong.inputValue()).toBe('2.5');
  await expectReadable(page);
});

test('the list is filtered by type, and the address of the page contains the filter', async () => {
  await newPolicy({ type: 'tagging', name: 'Tagged', requiredTag: 'env', startsOn: '2026-01-01', poolId: web });
  await newPolicy({ type: 'quota', name: 'Limited', metric: 'expense', maximum: 10 });
  const page = await open('/settings/policies');
  await page.getByRole('row', { name: 'Tagged' }).waitFor();
  await expectReadable(page);
  await choose(page, /^Type/, 'Quota');
  await expect.poll(() => page.locator('tbody tr th').allTextContents()).toEqual(['Limited']);
  expect(page.url()).toContain('?type=quota');
  await choose(page, /^Type/, 'Anomaly detection');
  await page.getByText('No policies of this type').waitFor();
});

test('a user who cannot manage policies can read them, and sees why', async () => {
  await newPolicy({ type: 'quota', name: 'Ours', metric: 'expense', maximum: 10 });
  const page = await open('/settings/policies', ada);
  await page.getByRole('button', { name: 'Actions for Ours' }).click();
  for (const name of ['Edit', 'Delete'])
    expect(await page.getByRole('menuitem', { name }).getAttribute('aria-disabled')).toBe('true');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Create policy' }).hover();
  const why = page.getByText('Only organization managers can manage policies.');
  await why.filter({ visible: true }).waitFor();
});

test('a concurrent change of a policy is not overwritten without asking', async () => {
  const { id } = await newPolicy({ type: 'budget', name: 'Shared', amount: 1 });
  const page = await open('/settings/policies');
  const dialog = await openEdit(page, 'Shared');
  await dialog.getByRole('spinbutton', { name: 'Amount (USD)' }).fill('5');
  const call = { params: { ...organization.params, policyId: id } };
  take(await organization.manager.client.updatePolicy({ ...call, body: { amount: 3 } }));
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('button', { name: 'Reload and keep my changes' }).click();
  await page.getByText('Somebody else has changed this').waitFor({ state: 'detached' });
  expect(take(await organization.manager.client.getPolicy(call))).toMatchObject({ amount: 3 });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved the policy Shared.').waitFor();
  expect(take(await organization.manager.client.getPolicy(call))).toMatchObject({ amount: 5 });
});
