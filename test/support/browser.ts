import axe, { type RunOptions } from 'axe-core';
import { chromium, type Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { patience } from '../../infra/local/patience.ts';
import { findChromium } from './chromium.ts';

export interface TestBrowser {
  /** A page for the current test alone. The test fails if a script of the page throws. */
  newPage(options?: PageOptions): Promise<Page>;
}

/** How a page is displayed to the person who reads it. */
export interface PageOptions {
  /** Pixels. */
  viewport?: { width: number; height: number };
  reducedMotion?: 'reduce';
  colorScheme?: 'light' | 'dark';
  /** Absent: JavaScript is enabled. */
  javaScriptEnabled?: boolean;
  /** Reuses a page of an earlier test if there is one, because it has already loaded the console. Absent: opens a new page. */
  reused?: boolean;
  /** Runs before the page is opened. */
  prepare?: (page: Page) => Promise<void>;
}

const person = { locale: 'en-GB', timezoneId: 'UTC', viewport: { width: 1280, height: 720 } };

/** One browser with one shared context for all test files of this process. It ends with the process. */
const launched = findChromium().then(async (found) => {
  const browser = await chromium.launch({ ...found, headless: true });
  return { browser, common: await browser.newContext(person) };
});

/** Pages that tests have finished with. The next test saves compiling the console, because such a page has already done so. */
const free: Page[] = [];

/** Restores a page to the state of a new one, and keeps it for the next test. */
const cleanUp = async (page: Page): Promise<void> => {
  await page.unrouteAll();
  for (const event of ['request', 'requestfinished', 'requestfailed', 'console', 'pageerror', 'download'] as const)
    page.removeAllListeners(event);
  if (page.url().startsWith('http'))
    await page.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
    });
  await page.context().clearCookies();
  free.push(page);
};

export const useBrowser = (): TestBrowser => ({
  newPage: async ({ javaScriptEnabled = true, reused = false, viewport, prepare, ...media } = {}) => {
    const { browser, common } = await launched;
    const context = reused ? common : await browser.newContext({ ...person, javaScriptEnabled });
    await Promise.all([context.setOffline(false), context.clearPermissions()]);
    const page = (reused && free.pop()) || (await context.newPage());
    await page.setViewportSize(viewport ?? person.viewport);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference', ...media });
    page.setDefaultTimeout(patience.page);
    await prepare?.(page);
    const thrown: string[] = [];
    page.on('pageerror', ({ message }) => thrown.push(message));
    onTestFinished(async () => {
      await (reused ? cleanUp(page) : context.close());
      expect(thrown).toEqual([]);
    });
    return page;
  },
});

/** Opens the HTML of an email in a window, by default of the size of a mail program's. */
export const openMail = async (browser: TestBrowser, html: string, options: PageOptions = {}): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width: 640, height: 560 }, ...options });
  await page.setContent(html);
  return page;
};

/** The violations that axe-core finds in the current state of the page: `rule: element`. */
const violations = async (page: Page, options: RunOptions): Promise<string[]> => {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async (given) => {
    const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
    // Preloading would fetch each style sheet again, for rules that these checks do not include.
    const found = await inPage.run({ resultTypes: ['violations'], preload: false, ...given });
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  }, options);
};

export const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The narrowest width in pixels at which a page must not need horizontal scrolling. Source: WCAG 2.1, 1.4.10. */
const narrow = 320;

/** Asserts that the current state of the page is accessible and readable: light and dark, wide and narrow. `standard`: tags of axe-core. */
export const expectReadable = async (page: Page, standard = [...wcag, 'best-practice']): Promise<void> => {
  // Sticky notices and headers cover part of a scrolled list, and axe measures only the part of a button that is not covered.
  await page.evaluate(() => scrollTo(0, 0));
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violations(page, { runOnly: { type: 'rule', values: ['color-contrast'] } }), 'dark').toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await violations(page, { runOnly: { type: 'tag', values: standard } })).toEqual([]);
  const size = page.viewportSize() ?? { width: 1280, height: 720 };
  await page.setViewportSize({ ...size, width: narrow });
  // A page may take a moment to adapt its layout to the new width.
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(narrow);
  await page.setViewportSize(size);
};
