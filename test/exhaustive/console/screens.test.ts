import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { nameLettersMax, organizationsPerPersonMax } from '../../../shared/limits.ts';
import { expectReadable } from '../../support/browser.ts';
import { openConsole, useConsole } from '../../support/console.ts';
import {
  insertMember,
  inviteByMail,
  newEmail,
  newMember,
  newOrganization,
  newPool,
  newResource,
  take,
  type TestMember,
} from '../../support/organization.ts';

/** The content of a screen fits its width and the rights of the person. */
const { stack, browser, organization, open } = useConsole();
let member: TestMember;

beforeAll(async () => {
  const { params, manager, rootPoolId } = organization;
  member = await newMember(stack, organization, [{ role: 'member' }], 'Mel Member');
  const web = await newPool(organization, 'Web', rootPoolId);
  const ada = await insertMember(organization, [{ role: 'manager', poolId: web }], { name: 'Ada Lovelace' });
  await newResource(organization, web, { monthlyCost: 1_234.5, ownerId: ada.id });
  await newResource(organization, web, { name: 'Disk', monthlyCost: 7, ownerId: ada.id });
  await inviteByMail(stack, organization, newEmail('a.long.name.that.many.people.have'), [
    { role: 'engineer', poolId: web },
  ]);
  take(await manager.client.createPolicy({ params, body: { type: 'budget', name: 'Monthly budget', amount: 90_000 } }));
});

describe('a member', () => {
  test('sees only pages that they can open in the sidebar and in the settings', async () => {
    const page = await open('/settings/organization', member);
    await page.getByRole('tab', { name: 'Data sources' }).waitFor();
    await page.getByRole('link', { name: 'Resources' }).waitFor();
    expect(await page.getByRole('tab', { name: 'Audit log' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Invite users' }).count()).toBe(0);
    const forManager = await open('/settings/organization');
    await forManager.getByRole('tab', { name: 'Audit log' }).waitFor();
    await forManager.getByRole('link', { name: 'Invite users' }).waitFor();
  });

  test.each([
    ['/invite', 'Only organization managers can invite users.'],
    ['/settings/audit-log', 'Only organization managers can read the audit log.'],
  ])('who follows a link to %s sees why they have no access', async (address, why) => {
    const page = await open(address, member);
    await page.getByText(why).waitFor();
    await expectReadable(page);
  });
});

describe('the organization switcher', () => {
  test('leads to a form that creates another organization', async () => {
    const page = await open('/users');
    await page.getByRole('button', { name: 'Organizations: Acme FinOps' }).click();
    await page.getByRole('menuitem', { name: 'Create organization' }).click();
    await page.getByRole('heading', { name: 'Create organization' }).waitFor();
    await expectReadable(page);
    await page.getByLabel('Organization name').fill('Second Works');
    await page.getByRole('button', { name: 'Create organization' }).click();
    await page.getByRole('button', { name: 'Organizations: Second Works' }).waitFor();
  });

  test('shows why a person cannot create another one', async () => {
    const person = await newOrganization(stack, 'First');
    for (let count = 1; count < organizationsPerPersonMax; count += 1)
      take(await person.manager.client.createOrganization({ body: { name: `Number ${count}` } }));
    const page = await openConsole(stack, browser, person, person.manager, '/users');
    await page.goto(`${stack.endpoints.api}/console/new`);
    await page.getByLabel('Organization name').fill('One too many');
    await page.getByRole('button', { name: 'Create organization' }).click();
    await page.getByText(`A person can create at most ${organizationsPerPersonMax} organizations`).waitFor();
    expect(await page.getByLabel('Organization name').inputValue()).toBe('One too many');
  });
});

test.each(['Wide '.repeat(20).trim(), 'W'.repeat(97)])(
  'a long organization name (%s) leaves room for everything else in the header',
  async (name) => {
    expect(name.length).toBeLessThanOrEqual(nameLettersMax);
    const long = await newOrganization(stack, name);
    const page = await openConsole(stack, browser, long, long.manager, '/users');
    const mine = page.getByRole('button', { name: /^Account/ });
    await mine.getByText('Mara Manager').waitFor();
    await page.getByRole('link', { name: 'Pools', exact: true }).waitFor();
    expect(await overflowing(page, 'nav, nav *')).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1280);
  },
);

/** The texts of the elements whose content is wider than the element. */
const overflowing = (page: Page, selector: string): Promise<string[]> =>
  page
    .locator(selector)
    .evaluateAll((elements) =>
      elements
        .filter(({ scrollWidth, clientWidth }) => clientWidth > 1 && scrollWidth > clientWidth + 1)
        .map(({ textContent }) => textContent),
    );

test('at 1280 pixels the list of invitations shows every column without scrolling', async () => {
  const page = await open('/settings/invitations');
  await page.getByText('Pending').first().waitFor();
  const actions = await page.getByRole('columnheader', { name: 'Actions' }).boundingBox();
  for (const name of ['Email address', 'Roles', 'Status', 'Delivery', 'Expires', 'Invited by']) {
    const box = await page.getByRole('columnheader', { name }).boundingBox();
    expect((box?.x ?? Infinity) + (box?.width ?? 0), name).toBeLessThanOrEqual((actions?.x ?? 0) + 1);
  }
});

test('amounts have their currency and are right-aligned', async () => {
  const page = await open('/resources');
  const ends = await Promise.all(
    ['US$1,234.50', 'US$7.00'].map(async (amount) => {
      const cell = page.getByRole('cell', { name: amount });
      await cell.waitFor();
      return cell.evaluate((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return Math.round(Math.max(...[...range.getClientRects()].map(({ right }) => right)));
      });
    }),
  );
  expect(ends[0]).toBe(ends[1]);
  const texts = page.getByText(/^US\$/);
  const boxes = await texts.evaluateAll((elements) => elements.map((element) => getComputedStyle(element).textAlign));
  expect(new Set(boxes)).toEqual(new Set(['end']));
});

describe('at 360 pixels', () => {
  test.each([
    ['/users', 'Ada Lovelace'],
    ['/resources', 'US$1,234.50'],
    ['/settings/invitations', 'Pending'],
    ['/settings/policies', 'Monthly budget'],
    ['/settings/audit-log', 'created the policy'],
  ])('%s shows cards, and nothing is wider than the screen', async (address, text) => {
    const page = await open(address, organization.manager, { viewport: { width: 360, height: 800 } });
    await page.locator('main ol > li').getByText(text).first().waitFor();
    expect(await page.getByRole('table').count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });

  test('the tree of pools needs no horizontal scrolling', async () => {
    const page = await open('/pools', organization.manager, { viewport: { width: 360, height: 800 } });
    const table = page.getByRole('treegrid').or(page.getByRole('table')).first();
    await table.getByText('Web').waitFor();
    expect((await table.boundingBox())?.width).toBeLessThanOrEqual(360);
  });
});

test('only the component that can also show cards uses tables, apart from the tree of pools, which cannot be shown as cards', () => {
  const app = 'functions/console/app';
  const files = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'));
  const showTables = files.filter((file) => /import Table\b/.test(readFileSync(path.join(app, file), 'utf8')));
  expect(showTables.toSorted()).toEqual(['parts/data-table.tsx', 'pools/pools-page.tsx']);
});
