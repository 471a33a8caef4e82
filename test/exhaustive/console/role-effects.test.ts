import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { expectReadable } from '../../support/browser.ts';
import { choose, useConsole } from '../../support/console.ts';
import { newMember, newPool, newResource, type TestMember } from '../../support/organization.ts';

const { stack, organization, open } = useConsole();
let web: string;
let ada: TestMember;

beforeAll(async () => {
  web = await newPool(organization, 'Web', organization.rootPoolId);
  ada = await newMember(stack, organization, [{ role: 'manager', poolId: web }], 'Ada Lovelace');
  await newResource(organization, web, { ownerId: ada.userId });
  await newResource(organization, web, { ownerId: ada.userId });
});

const changeRolesOf = async ({ userId }: TestMember): Promise<Page> => {
  const page = await open(`/users/${userId}`);
  await page.getByRole('button', { name: 'Change roles' }).click();
  return page;
};

test('before roles are changed, the dialog shows which rights the user loses and which pools are left without a manager', async () => {
  const page = await changeRolesOf(ada);
  const dialog = page.getByRole('dialog', { name: 'Change roles of Ada Lovelace' });
  await dialog.waitFor();
  expect(await dialog.getByText('What changes').count()).toBe(0);
  await choose(page, /^Role 1/, 'Member');
  await dialog.getByText('Can no longer change 2 resources they own.').waitFor();
  await dialog.getByText('Nobody else is a manager of Web.').waitFor();
  await dialog.getByText(/^Acme FinOps \/ Web and its sub-pools: create pools;/).waitFor();
  await expectReadable(page);
  await choose(page, /^Role 1/, 'Manager');
  await dialog.getByText('What changes').waitFor({ state: 'detached' });
});

test('organization managers are warned before they remove their own role', async () => {
  const page = await changeRolesOf(organization.manager);
  await choose(page, /^Role 1/, 'Member');
  await page.getByText('You are taking away your own rights').waitFor();
  await expectReadable(page);
});
