import type { Page } from 'playwright-core';
import { everyPage, type TestOrganization } from './organization.ts';

/** The page "Invite users". */

export const field = (page: Page) => page.getByRole('textbox', { name: 'Email addresses' });

export const paste = async (page: Page, text: string) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((given) => navigator.clipboard.writeText(given), text);
  await field(page).press('Control+v');
};

/** The text appears a second time for screen readers, a moment later, so this waits for the first element, which is the visible one. */
export const counted = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

export const review = (page: Page) => page.getByRole('button', { name: 'Review' }).click();

/** The lines of the forecast, such as `Will be invited: 3`. */
export const forecast = async (page: Page) => {
  const shown = page.getByRole('heading', { name: 'What will happen' });
  await shown.waitFor();
  return page.getByText(/^(Will be|Already|Entered twice;|Not invited|Not an email).*: \d+/).allTextContents();
};

export const everyInvite = ({ params, manager }: TestOrganization) =>
  everyPage((cursor) => manager.client.listInvites({ params, query: { limit: 100, ...cursor } }));
