import { readFileSync } from 'node:fs';
import type { Page, Request } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { callsPerPageLoadMax } from '../../../infra/stages.ts';
import { useBrowser } from '../../support/browser.ts';
import { listenTo, openConsole, startAction } from '../../support/console.ts';
import {
  insertMember,
  inviteByMail,
  newEmail,
  newMember,
  newOrganization,
  take,
  type TestOrganization,
} from '../../support/organization.ts';
import { bind } from '../../support/service-accounts.ts';
import { useStack } from '../../support/stack.ts';

/** The paths of all pages of the console. They are read as text, because the module imports the pages, which only a browser runs. */
const paths = Array.from(
  readFileSync('functions/console/app/pages.ts', 'utf8').matchAll(/\bpath: '([^']+)'/g),
  ([, path]) => path ?? '',
);

const stack = useStack();
const browser = useBrowser();

/** An organization whose pages all show `size` rows, and each row names other people and things than the others do. */
interface Filled extends TestOrganization {
  poolId: string;
  /** A name that only the last row of a list shows. */
  lastOwner: string;
}

/**
 * No page of the console makes a request per row. Each page is opened in two organizations that differ in the number of rows: the
 * page must make the same requests.
 */
let [few, many] = [] as unknown as [Filled, Filled];

beforeAll(async () => {
  [few, many] = [await filled(1), await filled(12)];
});

const filled = async (size: number): Promise<Filled> => {
  const organization = await newOrganization(stack);
  const { params, rootPoolId, manager } = organization;
  const asManager = manager.client;
  const [ownerIds, poolIds, dataSourceIds]: [string[], string[], string[]] = [[], [], []];
  const web = take(await asManager.createPool({ params, body: { name: 'Web', parentId: rootPoolId } })).id;
  take(await bind(organization, { clientId: (await stack.machine()).personId }));
  for (let index = 0; index < size; index += 1) {
    const { client, userId } = await newMember(stack, organization, [{ role: 'organization_manager' }], nameOf(index));
    const pool = take(await client.createPool({ params, body: { name: `Pool ${index}`, parentId: rootPoolId } })).id;
    const aws = { type: 'aws' as const, name: `Source ${index}`, accountId: String(index) };
    const source = take(await client.createDataSource({ params, body: aws })).id;
    const disk = { name: `Disk ${index}`, type: 'disk', poolId: pool, ownerId: userId, dataSourceId: source };
    take(await client.createResource({ params, body: disk }));
    const budget = { type: 'budget' as const, name: `Budget ${index}`, amount: 1, poolId: pool };
    take(await client.createPolicy({ params, body: budget }));
    const roles = [{ role: 'engineer' as const, poolId: pool }];
    take(await client.inviteUsers({ params, body: { emails: [newEmail()], roles } }));
    // What the manager's own page shows: people taken over from, resources in several pools and invites.
    const leaver = await insertMember(organization, [{ role: 'engineer', poolId: web }], { name: `Leaver ${index}` });
    take(await asManager.createResource({ params, body: { ...disk, ownerId: leaver.id } }));
    const removal = { params: { ...params, userId: leaver.id }, query: { successorId: manager.userId } };
    take(await asManager.removeUser(removal));
    await inviteByMail(stack, organization, newEmail());
    await insertMember(organization, [{ role: 'manager', poolId: web }], { name: `User of a pool ${index}` });
    ownerIds.push(userId);
    poolIds.push(pool);
    dataSourceIds.push(source);
  }
  const filters = { ownerIds, poolIds, dataSourceIds };
  take(await asManager.createPolicy({ params, body: { type: 'budget', name: 'Filtered', amount: 1, filters } }));
  return { ...organization, poolId: web, lastOwner: nameOf(size - 1) };
};

/**
 * Opens a page of the console and acts on it. Returns the page and its requests to the API, without ids. Equal requests count once,
 * because a component may repeat the request of another one if that has been answered by then.
 */
const requestsOf = async (organization: Filled, path: string, act: (page: Page) => Promise<void> = async () => {}) => {
  const place = path.replace(':userId', organization.manager.userId).replace(':poolId', organization.poolId);
  const page = await openConsole(stack, browser, organization, organization.manager, '/me');
  // Leaves the console, so that it sends no more requests until the page is opened whose requests are counted.
  await page.goto(`${stack.endpoints.api}/health`);
  const { asked, settled } = trackRequests(page);
  await page.goto(`${stack.endpoints.api}/console/${organization.id}${place}`);
  await page
    .locator('main')
    .getByText(loaded[path] ?? expect.unreachable())
    .first()
    .waitFor();
  await settled();
  await act(page);
  await settled();
  const api = `${stack.endpoints.api}/v1/`;
  const requests = [...new Set(asked)]
    .filter((url) => url.startsWith(api))
    .map((url) => new URL(url).pathname.replaceAll(/\b[a-z]+_[0-9A-Z]{26}\b/g, '{id}'))
    .toSorted();
  return { page, requests };
};

/** The requests that the page sends from now on. `settled` waits until all are answered and the page sends no more. */
const trackRequests = (page: Page) => {
  const { asked } = listenTo(page);
  const open = new Set<Request>();
  page.on('request', (request) => open.add(request));
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  const idle = () => page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  const settled = () =>
    expect
      .poll(async () => {
        const before = asked.length;
        // Before the browser is idle, it has rendered all responses and sent the requests that follow from them.
        await idle();
        await idle();
        return before > 0 && asked.length === before && open.size === 0;
      })
      .toBe(true);
  return { asked, settled };
};

const nameOf = (index: number): string => `Owner Number${index}`;

/** A text that each page shows once it has read what it lists. */
const loaded: Record<string, string> = {
  '/users': nameOf(0),
  '/invite': 'Email addresses',
  '/pools': 'Pool 0',
  '/resources': 'Disk 0',
  '/settings/organization': 'Days until an invitation expires',
  '/settings/security': 'Hours until people sign in again',
  '/settings/invitations': 'Engineer · Pool 0',
  '/settings/policies': 'Budget 0',
  '/settings/data-sources': 'Source 0',
  '/settings/service-accounts': 'Pipeline',
  '/settings/audit-log': 'created the policy Filtered',
  '/users/:userId': 'Joined',
  '/users/:userId?tab=predecessors': 'Leaver 0',
  '/users/:userId?tab=activity': 'created the policy Filtered',
  '/users/:userId?tab=assets': 'Resources by pool',
  '/pools/:poolId': 'User of a pool 0',
  '/me': 'Organization manager',
};

/** Pages without a list of the organization's users, pools or assets. */
const withoutList = new Set([
  '/invite',
  '/settings/organization',
  '/settings/security',
  '/me',
  '/users/:userId',
  '/settings/service-accounts',
]);

test('these tests open every page of the console', () => {
  const opened = Object.keys(loaded).map((path) => path.replace(/\?.*/, ''));
  expect(paths.toSorted()).toEqual([...new Set(opened)].toSorted());
});

describe('a page makes the same requests for 12 rows as for 1', () => {
  let most = 0;
  test.each(Object.keys(loaded))('%s', async (path) => {
    const small = await requestsOf(few, path);
    most = Math.max(most, small.requests.length);
    const smallRows = await small.page.locator('tbody tr').count();
    const large = await requestsOf(many, path);
    const largeRows = await large.page.locator('tbody tr').count();
    expect(small.requests.length).toBeGreaterThan(0);
    expect(large.requests).toEqual(small.requests);
    // A page of the audit log shows 20 events, and the small organization has 15.
    if (!withoutList.has(path)) expect(largeRows - smallRows).toBeGreaterThanOrEqual(5);
  });

  test('at most as many as the firewall limit assumes', () => {
    expect(most).toBe(callsPerPageLoadMax);
  });

  test('/settings/audit-log, with the details of every event', async () => {
    const openDetails = async (page: Page) => {
      const details = page.getByRole('button', { name: /^Details/ });
      for (const button of await details.all()) await button.click();
      await page.getByText('Only some resources').waitFor();
    };
    const small = await requestsOf(few, '/settings/audit-log', openDetails);
    expect((await requestsOf(many, '/settings/audit-log', openDetails)).requests).toEqual(small.requests);
  });

  test('/settings/policies, with the dialog of a policy whose filters name many', async () => {
    const openDialog =
      ({ lastOwner }: Filled) =>
      async (page: Page) => {
        await startAction(page, 'Filtered', 'Edit');
        await page.getByRole('dialog').getByText(lastOwner).waitFor();
      };
    const small = await requestsOf(few, '/settings/policies', openDialog(few));
    expect((await requestsOf(many, '/settings/policies', openDialog(many))).requests).toEqual(small.requests);
  });
});
