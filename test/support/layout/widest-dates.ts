import type { Page } from 'playwright-core';

/** The widest date in the font of the pinned browser. */
const widest = '28\u00a0May\u00a02028';

/** Replaces every short date on the page by the widest one, so that the result does not depend on the day of the test. */
export const showWidestDates = (page: Page): Promise<void> =>
  page.evaluate((date) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      node.nodeValue = node.nodeValue?.replaceAll(/\b\d{1,2}\s[A-Z][a-z]{2}\s\d{4}\b/g, date) ?? null;
  }, widest);
