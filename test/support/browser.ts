import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

const installed = '/usr/bin/chromium';

/** A real Chromium: the machine's own where there is one, else the one that comes through the npm registry. */
export const useBrowser = (): { newPage: (options?: Parameters<Browser['newPage']>[0]) => Promise<Page> } => {
  let browser: Browser | undefined;
  let directory = '';
  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'roster-browser-'));
    browser = await chromium.launch({ ...(await findChromium(directory)), headless: true });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(directory, { recursive: true, force: true });
  });
  return {
    newPage: async (options) => {
      if (!browser) throw new Error('The browser is not up yet');
      const page = await browser.newPage({ locale: 'en-GB', timezoneId: 'UTC', ...options });
      page.setDefaultTimeout(patience);
      return page;
    },
  };
};

const findChromium = async (directory: string): Promise<{ executablePath: string; args: string[] }> => {
  if (existsSync(installed)) return { executablePath: installed, args: ['--no-sandbox'] };
  // The package unpacks itself into TMPDIR, and brings the libraries that a bare machine lacks when it believes to be in Lambda.
  const temporary = process.env.TMPDIR;
  process.env.TMPDIR = directory;
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs24.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  const executablePath = await packaged.executablePath();
  // Its own fonts.conf looks for its font in /tmp only.
  const fonts = path.join(directory, 'fonts');
  writeFileSync(
    path.join(fonts, 'fonts.conf'),
    `<fontconfig><dir>${fonts}</dir><cachedir>${path.join(directory, 'font-cache')}</cachedir></fontconfig>`,
  );
  if (temporary === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = temporary;
  return { executablePath, args: packaged.args };
};

/** Milliseconds that a page may take for what a test waits for. */
const patience = 10_000;

const pictures = path.resolve(import.meta.dirname, '../browser/pictures');

/** With `PICTURES=1` in the environment, takes the picture that the README shows. */
export const picture = async (page: Page, name: string): Promise<void> => {
  if (process.env.PICTURES !== '1') return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `${name}.png`) });
};
