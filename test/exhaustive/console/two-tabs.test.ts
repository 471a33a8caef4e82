import { beforeAll, expect, test } from 'vitest';
import { useBrowser } from '../../support/browser.ts';
import { choose, openConsole } from '../../support/console.ts';
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
let web: string;
let grace: TestMember;

beforeAll(async () => {
  organization = await newOrganization(stack, 'Acme FinOps');
  web = await newPool(organization, 'Web', organization.rootPoolId);
  grace = await newMember(stack, organization, [{ role: 'member' }], 'Grace Hopper');
});

/** Two tabs of one person, with the same dialog open in both. */
const tabs = async (path: string, menu: string, action: string) => {
  const open = async () => {
    const page = await openConsole(stack, browser, organization, organization.manager, path);
    await page.getByRole('button', { name: menu }).click();
    await page.getByRole('menuitem', { name: action }).click();
    return { page, dialog: page.getByRole('dialog').filter({ visible: true }) };
  };
  return [await open(), await open()] as const;
};

test('the roles of a user that two tabs change are overwritten only if the second tab confirms it', async () => {
  const [one, two] = await tabs('/users', 'Actions for Grace Hopper', 'Change roles');
  await choose(two.page, /^Role 1/, 'Organization manager');
  await choose(one.page, /^Role 1/, 'Engineer');
  await choose(one.page, /^Pool 1/, 'Web');
  await one.dialog.getByRole('button', { name: 'Change roles' }).click();
  await one.dialog.waitFor({ state: 'detached' });
  const roles = async () => {
    const params = { ...organization.params, userId: grace.userId };
    return take(await organization.manager.client.getUser({ params })).roles.map(({ role }) => role);
  };
  const save = two.dialog.getByRole('button', { name: 'Change roles' });
  await save.click();
  const keep = two.dialog.getByRole('button', { name: 'Reload and keep my changes' });
  await keep.waitFor();
  expect(await roles()).toEqual(['engineer']);
  await keep.click();
  await keep.waitFor({ state: 'detached' });
  await save.click();
  await two.dialog.waitFor({ state: 'detached' });
  expect(await roles()).toEqual(['organization_manager']);
});

test('a name that two tabs give a pool is overwritten only if the second tab confirms it, and what was typed stays', async () => {
  const [one, two] = await tabs('/pools', 'Actions for Web', 'Edit');
  const name = ({ dialog }: typeof one) => dialog.getByRole('textbox', { name: 'Name' });
  await name(two).fill('Shop');
  await name(one).fill('Website');
  await one.dialog.getByRole('button', { name: 'Save' }).click();
  await one.dialog.waitFor({ state: 'detached' });
  await two.dialog.getByRole('button', { name: 'Save' }).click();
  await two.dialog.getByRole('button', { name: 'Reload and keep my changes' }).click();
  expect(await name(two).inputValue()).toBe('Shop');
  await two.dialog.getByRole('button', { name: 'Save' }).click();
  await two.dialog.waitFor({ state: 'detached' });
  const params = { ...organization.params, poolId: web };
  expect(take(await organization.manager.client.getPool({ params })).name).toBe('Shop');
});
