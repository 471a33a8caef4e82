import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { expectReadable } from '../../support/browser.ts';
import {
  choose,
  openConsole,
  savedBy,
  selectRows,
  startAction,
  startForSelected,
  useConsole,
} from '../../support/console.ts';
import {
  everyPage,
  newMember,
  newOrganization,
  newPool,
  newResource,
  take,
  type TestMember,
} from '../../support/organization.ts';

const { stack, browser, organization, open } = useConsole();
let [engineering, web, data] = [] as unknown as [string, string, string];
let [ada, grace] = [] as unknown as [TestMember, TestMember];
let [server, bucket, cluster] = [] as unknown as [string, string, string];

beforeAll(async () => {
  engineering = await newPool(organization, 'Engineering', organization.rootPoolId);
  web = await newPool(organization, 'Web', engineering);
  data = await newPool(organization, 'Data', organization.rootPoolId);
  ada = await newMember(stack, organization, [{ role: 'manager', poolId: engineering }], 'Ada Lovelace');
  grace = await newMember(stack, organization, [{ role: 'engineer', poolId: engineering }], 'Grace Hopper');
  const { client } = organization.manager;
  const source = take(
    await client.createDataSource({
      params: organization.params,
      body: { type: 'aws', name: 'Production', accountId: '123456789012' },
    }),
  );
  server = (
    await newResource(organization, web, {
      name: 'Server',
      ownerId: grace.userId,
      monthlyCost: 1_250.5,
      tags: { env: 'prod', team: 'web' },
      dataSourceId: source.id,
      externalId: 'i-1',
    })
  ).id;
  bucket = (await newResource(organization, engineering, { name: '=Bucket', type: 'bucket', monthlyCost: 3 })).id;
  cluster = (await newResource(organization, data, { name: 'Cluster', type: 'cluster' })).id;
});

/** Waits until the table lists exactly these resources, in any order. */
const listed = (page: Page, ...wanted: string[]) =>
  expect.poll(async () => (await page.locator('tbody tr th').allTextContents()).toSorted()).toEqual(wanted.toSorted());

const resourceNow = async (resourceId: string) =>
  take(await organization.manager.client.getResource({ params: { ...organization.params, resourceId } }));

const change = async (resourceId: string, body: { name?: string; poolId?: string; ownerId?: string }) =>
  take(await organization.manager.client.updateResource({ params: { ...organization.params, resourceId }, body }));

test('resources are listed with all their fields, and the address of the page filters them by pool and owner', async () => {
  const page = await open('/resources');
  await listed(page, '=Bucket', 'Cluster', 'Server');
  const row = page.getByRole('row', { name: 'Server' });
  await row.getByRole('link', { name: 'Grace Hopper' }).waitFor();
  for (const text of ['vm', 'Web', 'US$1,250.50', 'env: prod', 'team: web'])
    await row.getByText(text).first().waitFor();
  await page.getByRole('row', { name: 'Cluster' }).getByText('Unknown').waitFor();
  await expectReadable(page);

  await choose(page, /^Pool/, 'Engineering');
  await listed(page, '=Bucket');
  await page.getByLabel('Include sub-pools').check();
  await listed(page, '=Bucket', 'Server');
  await choose(page, /^Owner/, 'Grace Hopper');
  await listed(page, 'Server');
  const { pathname, search } = new URL(page.url());
  expect(search).toBe(`?poolId=${engineering}&subPools=true&ownerId=${grace.userId}`);

  const sent = await open(pathname.replace(/.*(?=\/resources)/, '') + search.replace(engineering, data));
  await sent.getByText('The chosen owner has no resources in the chosen pool.').waitFor();
  await sent.getByRole('button', { name: /^Owner.*Grace Hopper/ }).waitFor();
  await expectReadable(sent);
  await sent.getByRole('button', { name: 'Clear filters' }).click();
  await listed(sent, '=Bucket', 'Cluster', 'Server');
});

test('a resource is created in a dialog that reports missing values at their fields', async () => {
  const page = await open(`/resources?poolId=${data}`);
  await page.getByRole('button', { name: 'Create resource' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create resource' });
  const create = dialog.getByRole('button', { name: 'Create resource' });
  await dialog.getByRole('button', { name: 'Add tag' }).click();
  await dialog.getByRole('textbox', { name: 'Monthly cost' }).fill('1.2.3');
  await create.click();
  for (const text of ['Enter a name.', 'Enter a type.', 'Enter an amount with a decimal point', 'Enter a key.'])
    await dialog.getByText(text).last().waitFor();
  await expectReadable(page);
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Lake');
  await dialog.getByRole('textbox', { name: 'Type' }).fill('bucket');
  await dialog.getByRole('textbox', { name: 'Monthly cost' }).fill('12.345');
  await dialog.getByRole('textbox', { name: 'Key' }).fill('env');
  await dialog.getByRole('textbox', { name: 'Value' }).fill('test');
  await create.click();
  await page.getByText('Created the resource Lake.').waitFor();
  await listed(page, 'Cluster', 'Lake');
  const { params, manager } = organization;
  const all = await everyPage((cursor) => manager.client.listResources({ params, query: { poolId: data, ...cursor } }));
  expect(all.find(({ name }) => name === 'Lake')).toMatchObject({
    type: 'bucket',
    ownerId: manager.userId,
    monthlyCost: 12.345,
    tags: { env: 'test' },
  });
});

test('a resource is edited, and a concurrent change is not lost and does not discard the entered values', async () => {
  const page = await open(`/resources?poolId=${web}`);
  const dialog = await startAction(page, 'Server', 'Edit');
  await dialog.getByRole('textbox', { name: 'Monthly cost' }).fill('');
  await dialog.getByRole('button', { name: 'Remove tag env' }).click();
  await dialog.getByRole('button', { name: 'Add tag' }).click();
  await dialog.getByRole('textbox', { name: 'Key' }).last().fill('team');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Another tag has this key.').waitFor();
  await expectReadable(page);
  await dialog.getByRole('textbox', { name: 'Key' }).last().fill('tier');
  await change(server, { name: 'Server 1' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('button', { name: 'Reload and keep my changes' }).click();
  await expect.poll(() => dialog.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Server 1');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved the resource Server 1.').waitFor();
  const now = await resourceNow(server);
  expect(now).toMatchObject({ name: 'Server 1', tags: { team: 'web', tier: '' } });
  expect(now).not.toHaveProperty('monthlyCost');
  await change(server, { name: 'Server' });
});

test('several resources are moved at once, and those that fail are shown with the reason, stay selected and can be retried', async () => {
  const page = await open('/resources');
  await selectRows(page, 'Server', 'Cluster');
  await page.getByText('(2 selected)').waitFor();
  await change(cluster, { name: 'Cluster 1' });
  const dialog = await startForSelected(page, 'Move');
  await choose(page, /^New pool/, 'Engineering');
  await dialog.getByRole('button', { name: 'Move' }).click();
  await dialog.getByText('1 of 2 failed').waitFor();
  await dialog.getByText('Cluster: Somebody else has changed this').waitFor();
  await page.getByText('Moved 1 resource to Engineering.').waitFor();
  await expectReadable(page);
  expect((await resourceNow(server)).poolId).toBe(engineering);
  expect((await resourceNow(cluster)).poolId).toBe(data);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('(1 selected)').waitFor();

  await change(cluster, { name: 'Cluster' });
  await startForSelected(page, 'Move');
  await choose(page, /^New pool/, 'Engineering');
  await dialog.getByRole('button', { name: 'Move' }).click();
  await dialog.getByRole('button', { name: 'Reload and keep my changes' }).click();
  await dialog.getByText('Something went wrong').waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: 'Move' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect((await resourceNow(cluster)).poolId).toBe(engineering);
  await page.getByText('(1 selected)').waitFor({ state: 'detached' });
  await change(server, { poolId: web });
  await change(cluster, { poolId: data });
});

test('several resources get another owner, and several are deleted after a warning', async () => {
  const more = [
    await newResource(organization, data, { name: 'Old 1' }),
    await newResource(organization, data, { name: 'Old 2' }),
  ];
  const page = await open(`/resources?poolId=${data}`);
  await selectRows(page, 'Old 1', 'Old 2');
  const dialog = await startForSelected(page, 'Change owner');
  await dialog.getByRole('button', { name: 'Change owner' }).click();
  await dialog.getByText('Choose a new owner.').waitFor();
  await choose(page, /^New owner/, 'Ada Lovelace');
  await expectReadable(page);
  await dialog.getByRole('button', { name: 'Change owner' }).click();
  await page.getByText('Gave 2 resources to Ada Lovelace.').waitFor();
  for (const { id } of more) expect((await resourceNow(id)).ownerId).toBe(ada.userId);

  await selectRows(page, 'Old 1', 'Old 2');
  const warning = await startForSelected(page, 'Delete');
  await warning.getByText('Deleted resources cannot be restored').waitFor();
  await expectReadable(page);
  await warning.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Deleted 2 resources.').waitFor();
  await listed(page, 'Cluster', 'Lake');
  for (const { id: resourceId } of more) {
    const params = { ...organization.params, resourceId };
    expect((await organization.manager.client.getResource({ params })).status).toBe(404);
  }
});

/** The enabled actions in the menu of a resource. */
const actionsOf = async (page: Page, name: string) => {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).waitFor();
  const possible = await page
    .getByRole('menuitem')
    .evaluateAll((all) => all.filter((each) => !each.ariaDisabled).map((each) => each.textContent));
  // A click on the heading closes the menu. The menu may cover its button, and Escape may close only the tooltip of a disabled item.
  await page.getByRole('heading', { level: 1 }).click();
  await page.getByRole('menuitem').first().waitFor({ state: 'detached' });
  return possible;
};

test('a manager manages the resources in their pools, and cannot move them to other pools', async () => {
  const page = await open('/resources', ada);
  await listed(page, '=Bucket', 'Cluster', 'Lake', 'Server');
  expect(await actionsOf(page, 'Server')).toEqual(['Edit', 'Change owner', 'Move', 'Delete']);
  expect(await actionsOf(page, 'Cluster')).toEqual([]);
  await startAction(page, 'Server', 'Move');
  await page.getByRole('button', { name: /^New pool/ }).click();
  const disabled = (name: string) =>
    page.getByRole('option', { name: new RegExp(`^${name}`) }).getAttribute('aria-disabled');
  expect([await disabled('Data'), await disabled('Web'), await disabled('Engineering')]).toEqual([
    'true',
    'true',
    null,
  ]);
});

test('an engineer edits the name and tags of their own resources, and sees why other actions are disabled', async () => {
  const page = await open('/resources', grace);
  await page.getByRole('button', { name: 'Create resource' }).and(page.locator('[aria-disabled=true]')).waitFor();
  expect(await actionsOf(page, '=Bucket')).toEqual([]);
  expect(await actionsOf(page, 'Server')).toEqual(['Edit']);
  await page.getByRole('button', { name: 'Actions for =Bucket' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).hover();
  const why = 'Only organization managers, managers of the pool or of a pool above it, and engineers';
  await page.getByText(why).filter({ visible: true }).waitFor();
  await page.getByRole('button', { name: 'Actions for =Bucket' }).click();
  const dialog = await startAction(page, 'Server', 'Edit');
  expect(await dialog.getByRole('textbox', { name: 'Monthly cost' }).getAttribute('readonly')).not.toBeNull();
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('My server');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved the resource My server.').waitFor();
  expect(await resourceNow(server)).toMatchObject({ name: 'My server', tags: { team: 'web' } });
});

test('a CSV file names pools and owners, and contains nothing that a spreadsheet would execute', async () => {
  const page = await open(`/resources?poolId=${engineering}&subPools=true`);
  await listed(page, '=Bucket', 'My server');
  const all = await savedBy(page, () => page.getByRole('button', { name: 'Export CSV' }).click());
  expect(all.trim().split('\r\n')).toHaveLength(3);
  expect(all).toContain(`"'=Bucket","bucket","Acme FinOps / Engineering","Mara Manager","3","USD",""`);
  await page.getByText('Exported 2 resources.').waitFor();
  expect((await resourceNow(bucket)).name).toBe('=Bucket');
});

test('an empty list shows where resources come from, and the filter of a deleted pool can be cleared', async () => {
  const empty = await newOrganization(stack, 'Empty');
  const page = await openConsole(stack, browser, empty, empty.manager, '/resources');
  await page.getByText('Resources arrive from data sources. You can also create one here.').waitFor();
  await expectReadable(page);
  const gone = await open('/resources?poolId=pool_gone');
  await gone.getByText('No such pool').waitFor();
  await gone.getByRole('button', { name: 'Clear filters' }).click();
  await listed(gone, '=Bucket', 'Cluster', 'Lake', 'My server');
});
