import type { Locator, Page } from 'playwright-core';
import type { PageOptions, TestBrowser } from './browser.ts';
import type { TestOrganization } from './organization.ts';
import { password, type SignedIn, type TestStack } from './stack.ts';

/** As a person with a mouse, a large screen and no patience for animations. */
const screen: PageOptions = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' };

/** A page of the console as the person sees it who signed in before: `/users`, `/users?search=ada`. */
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
  // Any page of the origin will do.
  await page.goto(`${api}/health`);
  // Where the console keeps it: see functions/console/app/session/session.ts.
  await page.evaluate(([name, value]) => sessionStorage.setItem(name, value), [
    `oidc.user:${cognito.endpoint}/${cognito.userPoolId}:${cognito.clientId}`,
    JSON.stringify(session),
  ] as const);
  await page.goto(`${api}/console/${id}${path}`);
  return page;
};

/** Fills in the form of the sign-in page, where a page of the console has led. */
export const signInByForm = async (page: Page, email: string, secret = password): Promise<void> => {
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
};

/** What the page asked for from now on: addresses of requests, and what the console of the browser complained about. */
export const listenTo = (page: Page): { asked: string[]; complaints: string[] } => {
  const heard = { asked: [] as string[], complaints: [] as string[] };
  page.on('request', (request) => heard.asked.push(request.url()));
  page.on('console', (message) => heard.complaints.push(message.text()));
  return heard;
};

/** The text of a file that the page saves while something is done. */
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
