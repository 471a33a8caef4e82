import type { Locator, Page } from 'playwright-core';
import { beforeAll } from 'vitest';
import { day } from '../../shared/time.ts';
import { type PageOptions, type TestBrowser, useBrowser } from './browser.ts';
import { newOrganization, type TestOrganization } from './organization.ts';
import { password, type SignedIn, type TestStack, useStack } from './stack.ts';

/** A large screen. Animations are off, so that tests need not wait for them. */
const screen: PageOptions = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' };

/** Opens a page of the console, such as `/users?search=ada`, with a session of the person. */
export const openConsole = async (
  { endpoints }: TestStack,
  browser: TestBrowser,
  { id }: TestOrganization,
  person: SignedIn,
  path: string,
  options: PageOptions = {},
): Promise<Page> => {
  const page = await browser.newPage({ reused: true, ...screen, ...options });
  const { cognito, api } = endpoints;
  const { exp } = JSON.parse(Buffer.from(person.accessToken.split('.')[1] ?? '', 'base64url').toString()) as {
    exp: number;
  };
  const session = {
    access_token: person.accessToken,
    token_type: 'Bearer',
    profile: { sub: person.personId },
    expires_at: exp,
  };
  // Session storage belongs to the origin, so any of its pages serves to fill it.
  await page.goto(`${api}/health`);
  // The key under which the console keeps its session. See functions/console/app/session/session.ts.
  await page.evaluate(([name, value]) => sessionStorage.setItem(name, value), [
    `oidc.user:${cognito.endpoint}/${cognito.userPoolId}:${cognito.clientId}`,
    JSON.stringify(session),
  ] as const);
  await page.goto(`${api}/console/${id}${path}`);
  return page;
};

interface TestConsole {
  stack: TestStack;
  browser: TestBrowser;
  /** Exists as soon as the hooks of the test file run. */
  organization: TestOrganization;
  /** Opens a page of the organization. The person is by default its manager. */
  open(path: string, person?: SignedIn, options?: PageOptions): Promise<Page>;
}

/**
 * The application with a browser and one organization, for a test file of the console. `atNoon` advances the clock to noon of the
 * next day, so that the daily limits are not reset while a test runs.
 */
export const useConsole = ({ name = 'Acme FinOps', atNoon = false } = {}): TestConsole => {
  const stack = useStack();
  const browser = useBrowser();
  const organization = {} as TestOrganization;
  beforeAll(async () => {
    if (atNoon) stack.advanceClock(day + day / 2 - (stack.now() % day));
    Object.assign(organization, await newOrganization(stack, name));
  });
  return {
    stack,
    browser,
    organization,
    open: (path, person = organization.manager, options = {}) =>
      openConsole(stack, browser, organization, person, path, options),
  };
};

/** Fills in and submits the form of the sign-in page, to which the console has redirected. */
export const signInByForm = async (page: Page, email: string, secret = password): Promise<void> => {
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
};

/** Records from now on the addresses that the page requests and the messages of the browser's console. */
export const listenTo = (page: Page): { asked: string[]; complaints: string[] } => {
  const heard = { asked: [] as string[], complaints: [] as string[] };
  page.on('request', (request) => heard.asked.push(request.url()));
  page.on('console', (message) => heard.complaints.push(message.text()));
  return heard;
};

/** The text of the file that the page downloads while `act` runs. */
export const savedBy = async (page: Page, act: () => Promise<void>): Promise<string> => {
  const [saved] = await Promise.all([page.waitForEvent('download'), act()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await saved.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

/** Chooses an option of a select by the beginning of its text. */
export const choose = async (page: Page, field: string | RegExp, option: string): Promise<void> => {
  await page.getByRole('button', { name: field }).click();
  await page.getByRole('option', { name: new RegExp(`^${option}`) }).click();
};

/** Starts an action from the menu of a row. Returns its dialog. */
export const startAction = async (page: Page, row: string, action: string): Promise<Locator> => {
  await page.getByRole('button', { name: `Actions for ${row}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
  return page.getByRole('dialog');
};

/** Selects rows of a table for bulk work. */
export const selectRows = async (page: Page, ...names: string[]): Promise<void> => {
  for (const name of names) await page.getByRole('checkbox', { name: `Select ${name}` }).check();
};

/** Starts bulk work with the selected rows. Returns its dialog. */
export const startForSelected = async (page: Page, action: string): Promise<Locator> => {
  await page.getByRole('button', { name: 'Actions', exact: true }).click();
  await page.getByRole('menuitem', { name: action }).click();
  return page.getByRole('dialog');
};
