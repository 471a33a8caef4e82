import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { expectReadable, useBrowser } from '../../support/browser.ts';
import { choose, openConsole } from '../../support/console.ts';
import {
  newMember,
  newOrganization,
  newPool,
  newResource,
  type TestMember,
  type TestOrganization,
} from '../../support/organization.ts';
import { useStack } from '../../support/stack.ts';

const stack = useStack();
const browser = useBrowser();

let organization: TestOrganization;
let web: string;
let ada: TestMember;

beforeAll(async () => {
  organization = await newOrganization(stack, 'Acme FinOps');
  web = await newPool(organization, 'Web', organization.rootPoolId);
  ada = await newMember(stack, organization, [{ role: 'manager', poolId: web }], 'Ada Lovelace');
  await newResource(organization, web, { ownerId: ada.userId });
  await newResource(organization, web, { ownerId: ada.userId });
});

const changeRolesOf = async ({ userId }: TestMember): Promise<Page> => {
  const page = await openConsole(stack, browser, organization, organization.manager, `/users/${userId}`);
  await page.getByRole('button', { name: 'Change roles' }).click();
  return page;
};

test('before roles are changed, the dialog says what the user loses, and of which pool nobody else is a manager', async () => {
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

test('organization managers who take away their own role are warned first', async () => {
  const page = await changeRolesOf(organization.manager);
  await choose(page, /^Role 1/, 'Member');
  await page.getByText('You are taking away your own rights').waitFor();
  await expectReadable(page);
});
