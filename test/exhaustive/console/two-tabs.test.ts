import { beforeAll, expect, test } from 'vitest';
import { choose, startAction, useConsole } from '../../support/console.ts';
import { newMember, newPool, take, type TestMember } from '../../support/organization.ts';

const { stack, organization, open } = useConsole();
let web: string;
let grace: TestMember;

beforeAll(async () => {
  web = await newPool(organization, 'Web', organization.rootPoolId);
  grace = await newMember(stack, organization, [{ role: 'member' }], 'Grace Hopper');
});

/** Two tabs of one person, with the same dialog open in both. */
const tabs = async (path: string, row: string, action: string) => {
  const openDialog = async () => {
    const page = await open(path);
    await startAction(page, row, action);
    return { page, dialog: page.getByRole('dialog').filter({ visible: true }) };
  };
  return [await openDialog(), await openDialog()] as const;
};

test('if two tabs change the roles of a user, the second tab overwrites the first only after confirmation', async () => {
  const [one, two] = await tabs('/users', 'Grace Hopper', 'Change roles');
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

test('if two tabs rename a pool, the second tab overwrites the first only after confirmation, and its input stays', async () => {
  const [one, two] = await tabs('/pools', 'Web', 'Edit');
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
