import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectReadable } from '../../support/browser.ts';
import { choose, selectRows, signInByForm, startAction, useConsole } from '../../support/console.ts';
import { newMember, newPool, take, type TestMember } from '../../support/organization.ts';

/** A dialog with unsent input opens again after a reload and after a new sign-in. One without input does not. */
const { stack, browser, organization, open } = useConsole();
let ada: TestMember;
let other: TestMember;

beforeAll(async () => {
  const web = await newPool(organization, 'Web', organization.rootPoolId);
  await newPool(organization, 'Data', organization.rootPoolId);
  ada = await newMember(stack, organization, [{ role: 'member' }], 'Ada Leaver');
  await newMember(stack, organization, [{ role: 'member' }], 'Bea Leaver');
  other = await newMember(stack, organization, [{ role: 'organization_manager' }], 'Olga Other');
  const { params, manager } = organization;
  for (const name of ['Server', 'Cluster'])
    take(await manager.client.createResource({ params, body: { name, type: 'vm', poolId: web, ownerId: ada.userId } }));
});

const draftsIn = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('roster.draft.')).length);

const chosen = (name: RegExp) => async (dialog: Locator) => dialog.getByRole('button', { name }).waitFor();
const entered = (label: string, value: string) => async (dialog: Locator) =>
  expect(await dialog.getByLabel(label, { exact: true }).inputValue()).toBe(value);

const actOnSelected = async (page: Page, action: string): Promise<void> => {
  await page.getByRole('button', { name: 'Actions', exact: true }).click();
  await page.getByRole('menuitem', { name: action }).click();
};

interface Case {
  path: () => string;
  title: RegExp;
  enter: (page: Page) => Promise<unknown>;
  /** Waits for what was entered, in the dialog that has opened again. */
  restored: (dialog: Locator) => Promise<unknown>;
}

const cases: Record<string, Case> = {
  'that edits a pool': {
    path: () => '/pools',
    title: /^Edit Web/,
    enter: async (page) => (await startAction(page, 'Web', 'Edit')).getByLabel('Name', { exact: true }).fill('Shop'),
    restored: entered('Name', 'Shop'),
  },
  'that moves a pool': {
    path: () => '/pools',
    title: /^Move Web/,
    enter: async (page) => {
      await startAction(page, 'Web', 'Move');
      await choose(page, /^New parent/, 'Data');
    },
    restored: chosen(/^New parent.*Data/),
  },
  'that moves several resources': {
    path: () => '/resources',
    title: /^Move/,
    enter: async (page) => {
      await selectRows(page, 'Server', 'Cluster');
      await actOnSelected(page, 'Move');
      await choose(page, /^New pool/, 'Data');
    },
    restored: async (dialog) => {
      await dialog.getByRole('button', { name: /^New pool.*Data/ }).waitFor();
      expect(await dialog.textContent()).toContain('2 resources');
    },
  },
  'that gives a resource to another owner': {
    path: () => '/resources',
    title: /Server/,
    enter: async (page) => {
      await startAction(page, 'Server', 'owner');
      await choose(page, /^New owner/, 'Olga Other');
    },
    restored: chosen(/^New owner.*Olga Other/),
  },
  'that deletes a user, on the list': {
    path: () => '/users',
    title: /^Delete Ada Leaver/,
    enter: async (page) => {
      await startAction(page, 'Ada Leaver', 'Delete');
      await choose(page, /^Successor/, 'Olga Other');
    },
    restored: chosen(/^Successor.*Olga Other/),
  },
  'that deletes a user, on their page': {
    path: () => `/users/${ada.userId}`,
    title: /^Delete Ada Leaver/,
    enter: async (page) => {
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await choose(page, /^Successor/, 'Olga Other');
    },
    restored: chosen(/^Successor.*Olga Other/),
  },
  'that deletes several users': {
    path: () => '/users',
    title: /^Delete 2 users/,
    enter: async (page) => {
      await selectRows(page, 'Ada Leaver', 'Bea Leaver');
      await actOnSelected(page, 'Delete');
      await choose(page, /^Successor/, 'Olga Other');
    },
    restored: chosen(/^Successor.*Olga Other/),
  },
  'that connects a data source': {
    path: () => '/settings/data-sources',
    title: /data source/,
    enter: async (page) => {
      await page.getByRole('button', { name: 'Connect data source' }).click();
      await page.getByRole('dialog').getByLabel('Account ID').fill('123');
    },
    restored: entered('Account ID', '123'),
  },
};

describe.each(Object.entries(cases))('the dialog %s', (_, { path, title, enter, restored }) => {
  test('opens again after a reload, with what was entered, until it is discarded', async () => {
    const page = await open(path());
    await enter(page);
    const isReopened = async (): Promise<void> => {
      await page.reload();
      const dialog = page.getByRole('dialog', { name: title });
      await dialog.getByText(/^Restored from/).waitFor();
      await restored(dialog);
    };
    await isReopened();
    await isReopened();
    await expectReadable(page);
    await page.getByRole('dialog', { name: title }).getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog', { name: 'Discard your changes?' }).getByRole('button', { name: 'Discard' }).click();
    expect(await draftsIn(page)).toBe(0);
    await page.reload();
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});

test('a dialog in which nothing was entered stays closed after a reload', async () => {
  const page = await open('/pools');
  await startAction(page, 'Web', 'Edit');
  await page.getByRole('dialog', { name: /^Edit Web/ }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Actions for Web' }).first().waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('a dialog opens again after the session has ended and the person has signed in, and not for another person', async () => {
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  const address = `${stack.endpoints.api}/console/${organization.id}/pools`;
  const endSession = () =>
    page.evaluate(() => {
      for (const key of Object.keys(sessionStorage)) if (key.startsWith('oidc.')) sessionStorage.removeItem(key);
    });
  await page.goto(address);
  await signInByForm(page, organization.manager.email);
  await (await startAction(page, 'Web', 'Edit')).getByLabel('Name', { exact: true }).fill('Shop');
  await endSession();
  await page.context().clearCookies();
  await page.reload();
  await signInByForm(page, other.email);
  await page.getByRole('button', { name: 'Actions for Web' }).first().waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  await endSession();
  await page.context().clearCookies();
  await page.reload();
  await signInByForm(page, organization.manager.email);
  const dialog = page.getByRole('dialog', { name: /^Edit Web/ });
  await dialog.waitFor();
  expect(await dialog.getByLabel('Name', { exact: true }).inputValue()).toBe('Shop');
});
