import type { Page } from 'playwright-core';

/** The time that every picture shows. */
const fixed = Date.parse('2026-11-23T09:00:00.000Z');

const hour = 60 * 60 * 1_000;

/**
 * Makes the page show every instant as if the scene had been built and the page opened at a fixed time. Instants keep their distance
 * from the start of the scene, rounded to hours, so that the time for building the scene does not matter.
 */
export const fixTime = async (page: Page, startedAt: string): Promise<void> => {
  const start = Date.parse(startedAt);
  const moved = (instant: string) =>
    new Date(fixed + Math.round((Date.parse(instant) - start) / hour) * hour).toISOString();
  const day = startedAt.slice(0, 10);
  const fixedDay = new Date(fixed).toISOString().slice(0, 10);
  await page.clock.setFixedTime(fixed);
  await page.route('**/v1/**', async (route) => {
    const response = await route.fetch();
    const isJson = response.headers()['content-type']?.includes('json') === true;
    if (!isJson) return route.fulfill({ response });
    const text = await response.text();
    const body = text
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, moved)
      .replaceAll(`"${day}"`, `"${fixedDay}"`);
    return route.fulfill({ response, body });
  });
};

/** Replaces texts that differ between runs: ids, and the dates in an email, which the functions rendered on the server. */
export const fixTexts = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const { nodeValue: text } = node;
      const fixedText = text
        ?.replaceAll(/https?:\/\/localhost:\d+\/(\S*\.)\S+/g, 'https://roster.example/$1V9X2B4D6F8H0J1L3N5P7')
        .replaceAll(/\b([a-z]+)_[0-9A-Z]{26}\b/g, '$1_01KAQ8M3ZC5T7V9X2B4D6F8H0J')
        // An email has markup around the colon, so that the parts of a time are separate text nodes.
        .replaceAll(/\d{1,2}\s[A-Z][a-z]+\s\d{4},\s\d\d(?=:\d\d\sUTC|$)/g, '30 November 2026, 09')
        .replaceAll(/(?<=:|^)\d\d\sUTC/g, '00 UTC')
        .replaceAll(/(?<=created\son\s)\d{1,2}\s[A-Z][a-z]+\s\d{4}/g, '23 November 2026');
      if (fixedText !== undefined && fixedText !== text) node.nodeValue = fixedText;
    }
  });
