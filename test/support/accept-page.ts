import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { PageOptions, TestBrowser } from './browser.ts';
import type { TestStack } from './stack.ts';

export const linkOf = ({ endpoints }: TestStack, token: string): string => `${endpoints.api}/invites/accept#${token}`;

/** A browser with the link of a token open. */
export const openLink = async (
  stack: TestStack,
  browser: TestBrowser,
  token: string,
  options: PageOptions = {},
): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width: 760, height: 940 }, ...options });
  await page.goto(linkOf(stack, token));
  return page;
};

/** That the page is in the state of this heading: it names the document, and has the focus. */
export const expectState = async (page: Page, heading: string): Promise<void> => {
  await page.getByRole('heading', { name: heading, level: 1, exact: true }).waitFor();
  expect(await page.title()).toBe(heading);
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(heading);
};

export const click = (page: Page, button: string): Promise<void> =>
  page.getByRole('button', { name: button, exact: true }).click();

/** Fills in what an account needs. */
export const fillAccount = async (page: Page, name: string, password: string): Promise<void> => {
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
};
