import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectReadable } from '../../support/browser.ts';
import { choose, useConsole } from '../../support/console.ts';
import { newMember, newPool, take, type TestMember } from '../../support/organization.ts';

/** Unsent input is never lost, never shown to another person, and never overwrites a newer version. */
const { stack, organization, open } = useConsole();
let other: TestMember;
let web: string;

beforeAll(async () => {
  web = await newPool(organization, 'Web', organization.rootPoolId);
  other = await newMember(stack, organization, [{ role: 'organization_manager' }], 'Olga Other');
});

const addresses = (page: Page) => page.getByRole('textbox', { name: /addresses/ });
const nameIn = (dialog: Locator) => dialog.getByLabel('Name', { exact: true });
const storedDrafts = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('roster.draft.')));

const editWeb = async (page: Page): Promise<Locator> => {
  await page.getByRole('button', { name: 'Actions for Web' }).first().click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  return page.getByRole('dialog', { name: 'Edit Web' });
};

test('the addresses, roles, message and expiry of an invitation survive a reload, and are deleted once it is sent', async () => {
  const page = await open('/invite');
  await addresses(page).fill('ann@example.org, grace@example.com');
  await page.keyboard.press('Enter');
  await addresses(page).fill('linus@exam');
  await choose(page, /^Role/, 'Engineer');
  await page.getByLabel(/^Message/).fill('Welcome!');
  await page.getByLabel(/^Days until/).fill('3');
  await page.reload();
  await page.getByText(/^Restored from/).waitFor();
  await expectReadable(page);
  await page.getByText('ann@example.org').first().waitFor();
  expect(await addresses(page).inputValue()).toBe('linus@exam');
  expect(await page.getByLabel(/^Message/).inputValue()).toBe('Welcome!');
  expect(await page.getByLabel(/^Days until/).inputValue()).toBe('3');
  await page.getByRole('button', { name: /^Role.*Engineer/ }).waitFor();

  await addresses(page).fill('');
  await choose(page, /^Role/, 'Member');
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: /^Send 2/ }).click();
  await page.getByText('Invited', { exact: true }).first().waitFor();
  expect(await storedDrafts(page)).toEqual([]);
  await page.reload();
  await addresses(page).waitFor();
  expect(await page.getByText(/^Restored from/).count()).toBe(0);
  expect(await page.getByText('ann@example.org').count()).toBe(0);
});

describe('a dialog', () => {
  test.each<[way: string, close: (dialog: Locator, page: Page) => Promise<void>]>([
    ['Escape', (_, page) => page.keyboard.press('Escape')],
    ['Cancel', (dialog) => dialog.getByRole('button', { name: 'Cancel' }).click()],
    ['the X', (dialog) => dialog.getByRole('button', { name: /Close/ }).click()],
    ['a click outside', (_, page) => page.mouse.click(10, 400)],
  ])('asks for confirmation before %s discards the input', async (_, close) => {
    const page = await open('/pools');
    const dialog = await editWeb(page);
    await nameIn(dialog).fill('Shop');
    await close(dialog, page);
    const question = page.getByRole('dialog', { name: 'Discard your changes?' });
    await question.getByRole('button', { name: 'Keep editing' }).click();
    expect(await nameIn(dialog).inputValue()).toBe('Shop');
    await close(dialog, page);
    await expectReadable(page);
    await question.getByRole('button', { name: 'Discard' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await storedDrafts(page)).toEqual([]);
    expect(await nameIn(await editWeb(page)).inputValue()).toBe('Web');
  });

  test('closes without confirmation if its values are unchanged', async () => {
    const page = await open('/pools');
    const dialog = await editWeb(page);
    await nameIn(dialog).fill('Shop');
    await nameIn(dialog).fill('Web');
    await nameIn(dialog).press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('restores its input after the tab crashed, says so, and can discard it', async () => {
    const page = await open('/settings/data-sources');
    await page.getByRole('button', { name: 'Connect data source' }).click();
    await page.getByRole('dialog').getByLabel('Account ID').fill('123');
    // A second tab of the same person stands for the restart, because no script of the first tab runs in it.
    const tab = await open('/settings/data-sources');
    await tab.getByRole('button', { name: 'Connect data source' }).click();
    const dialog = tab.getByRole('dialog');
    expect(await dialog.getByLabel('Account ID').inputValue()).toBe('123');
    await dialog.getByText(/^Restored from/).waitFor();
    await dialog.getByRole('button', { name: 'Discard' }).click();
    expect(await dialog.getByLabel('Account ID').inputValue()).toBe('');
    await dialog.getByText(/^Restored from/).waitFor({ state: 'detached' });
  });

  test('with a restored draft does not overwrite a concurrent change without asking', async () => {
    const page = await open('/pools');
    const dialog = await editWeb(page);
    await dialog.getByLabel(/^Monthly limit/).fill('700');
    const { params, manager } = organization;
    const call = { params: { ...params, poolId: web } };
    take(await manager.client.updatePool({ ...call, body: { monthlyLimit: 900 } }));
    await page.reload();
    // It opens again by itself.
    const restored = page.getByRole('dialog', { name: 'Edit Web' });
    expect(await restored.getByLabel(/^Monthly limit/).inputValue()).toBe('700');
    await restored.getByRole('button', { name: 'Save' }).click();
    await restored.getByText('Somebody else has changed this').waitFor();
    expect(take(await manager.client.getPool(call)).monthlyLimit).toBe(900);
    await restored.getByRole('button', { name: 'Reload and keep my changes' }).click();
    await restored.getByRole('button', { name: 'Save' }).click();
    await restored.waitFor({ state: 'detached' });
    expect(take(await manager.client.getPool(call)).monthlyLimit).toBe(700);
    expect(await storedDrafts(page)).toEqual([]);
  });
});

test('an unsaved change of roles survives the end of the session', async () => {
  const page = await open(`/users/${other.userId}`);
  await page.getByRole('button', { name: 'Change roles' }).click();
  const dialog = page.getByRole('dialog', { name: /^Change roles/ });
  await dialog.getByRole('button', { name: 'Add role' }).click();
  await page.evaluate(() => sessionStorage.clear());
  // Signing in again leads back to this page.
  const again = await open(`/users/${other.userId}`);
  await again.getByRole('button', { name: 'Change roles' }).click();
  await again.getByRole('button', { name: 'Remove role 2' }).waitFor();
});

test('another person who signs in with the same browser does not see a draft, and signing out removes one’s own drafts', async () => {
  const page = await open('/invite');
  await addresses(page).fill('ann@example.org');
  const theirs = await open('/invite', other);
  await addresses(theirs).waitFor();
  expect(await addresses(theirs).inputValue()).toBe('');
  await addresses(theirs).fill('secret@example.com');
  expect(await storedDrafts(theirs)).toHaveLength(2);
  await theirs.getByRole('button', { name: /^Account: / }).click();
  await theirs.getByRole('menuitem', { name: 'Sign out' }).click();
  await theirs.getByRole('heading', { name: 'Sign in' }).waitFor();
  const left = await storedDrafts(page);
  expect(left).toHaveLength(1);
  expect(left[0]).toContain(organization.manager.personId);
});

test.each([
  ['not JSON', '{'],
  ['in an older format', JSON.stringify({ savedAt: Date.now(), value: { emails: 'ann@example.org' } })],
  ['without a time', JSON.stringify({ value: {} })],
  ['null', 'null'],
])('a stored draft that is %s is ignored', async (_, stored) => {
  const page = await open('/invite');
  await addresses(page).fill('ann@example.org');
  const [key = ''] = await storedDrafts(page);
  await page.evaluate(([name, text]) => localStorage.setItem(name, text), [key, stored] as const);
  await page.reload();
  await addresses(page).waitFor();
  expect(await addresses(page).inputValue()).toBe('');
  expect(await page.getByText(/^Restored from/).count()).toBe(0);
});

test('a draft that is too old is ignored', async () => {
  const page = await open('/invite');
  await addresses(page).fill('ann@example.org');
  await page.evaluate(() => {
    for (const [key, text] of Object.entries(localStorage) as [string, string][])
      if (key.startsWith('roster.draft.'))
        localStorage.setItem(
          key,
          JSON.stringify({ ...(JSON.parse(text) as object), savedAt: Date.now() - 8 * 86_400_000 }),
        );
  });
  await page.reload();
  await addresses(page).waitFor();
  expect(await addresses(page).inputValue()).toBe('');
});

test('a page with input that the browser cannot store asks for confirmation before it is left', async () => {
  const page = await open('/invite');
  await page.evaluate(() => {
    const store = Storage.prototype.setItem;
    Storage.prototype.setItem = function setItem(key, text) {
      if (key.startsWith('roster.draft.')) throw new DOMException('Full', 'QuotaExceededError');
      store.call(this, key, text);
    };
  });
  await addresses(page).fill('ann@example.org');
  const questions: string[] = [];
  page.on('dialog', (dialog) => {
    questions.push(dialog.type());
    void (questions.length === 1 ? dialog.dismiss() : dialog.accept());
  });
  await page.getByRole('link', { name: 'Pools' }).click();
  await expect.poll(() => questions).toEqual(['confirm']);
  expect(await addresses(page).inputValue()).toBe('ann@example.org');
  await page.reload();
  expect(questions).toEqual(['confirm', 'beforeunload']);
});
