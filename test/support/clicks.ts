import type { Page } from 'playwright-core';

/**
 * The number of mouse clicks on a page while `act` runs, also across navigations within its origin. Keys do not count.
 *
 *     expect(await clicksOf(page, () => deleteTenUsers(page))).toBeLessThan(8);
 */
export const clicksOf = async (page: Page, act: () => Promise<void>): Promise<number> => {
  await page.addInitScript(countClicks, counter);
  await page.evaluate(countClicks, counter);
  await page.evaluate((key) => sessionStorage.setItem(key, '0'), counter);
  await act();
  return page.evaluate((key) => {
    const count = Number(sessionStorage.getItem(key));
    sessionStorage.removeItem(key);
    return count;
  }, counter);
};

const counter = 'test.clicks';

/** Runs in the page, and counts only while `clicksOf` runs. Calling it again in the same document has no effect. */
const countClicks = (key: string): void => {
  const scope = globalThis as { countsClicks?: true };
  if (scope.countsClicks) return;
  scope.countsClicks = true;
  addEventListener(
    'pointerdown',
    ({ isTrusted, pointerType }) => {
      const count = sessionStorage.getItem(key);
      if (count === null || !isTrusted || pointerType !== 'mouse') return;
      sessionStorage.setItem(key, String(Number(count) + 1));
    },
    { capture: true },
  );
};
