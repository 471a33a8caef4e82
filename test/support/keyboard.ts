import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** No page of the console needs this many presses of Tab. */
const stepsMax = 80;

/** The accessible name of the focused element. */
const focusedName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused) return '';
    const ids = focused.getAttribute('aria-labelledby')?.split(' ') ?? [];
    const labels =
      focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement ? focused.labels : null;
    const named = ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
    return (focused.getAttribute('aria-label') ?? (named || labels?.[0]?.textContent) ?? focused.textContent).trim();
  });

/** Presses a key, by default Tab, until the accessible name of the focused element begins with `name`. */
export const tabTo = async (page: Page, name: string, key = 'Tab'): Promise<void> => {
  const passed: string[] = [];
  for (let step = 0; step < stepsMax; step += 1) {
    const focused = await focusedName(page);
    if (focused.startsWith(name)) return;
    passed.push(focused.slice(0, 40));
    await page.keyboard.press(key);
  }
  expect.unreachable(`${key} does not lead to ${name}, but to ${[...new Set(passed)].join(' | ')}`);
};

/** Presses keys one after another. */
export const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
