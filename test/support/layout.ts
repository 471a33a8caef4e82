import path from 'node:path';
import { buildSync } from 'esbuild';
import type { Page } from 'playwright-core';
import type { First } from './layout/first-in-view.ts';

/** The script that measures a page. It runs in the browser. */
const script = buildSync({
  entryPoints: [path.join(import.meta.dirname, 'layout/in-page.ts')],
  bundle: true,
  write: false,
  format: 'iife',
}).outputFiles[0]?.text;

interface InPage {
  layoutFaults(first: First[]): string[];
}

/**
 * The layout faults of the current state of a page, one sentence each: controls and texts that touch, overlap or are cut off;
 * numbers, dates, words and column headings that break; anything that scrolls horizontally; and first elements that are out of
 * view. `first`: the kinds of elements whose first one must be in view.
 */
export const layoutFaults = async (page: Page, first: First[] = ['action']): Promise<string[]> => {
  if (!(await page.evaluate(() => 'layoutFaults' in globalThis))) await page.evaluate(script ?? '');
  const measure = (wanted: First[]) => (globalThis as unknown as InPage).layoutFaults(wanted);
  return page.evaluate(measure, first);
};
