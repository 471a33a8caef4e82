import type { Page } from 'playwright-core';
import { noticeMail } from '../../../shared/mail/notice-mail.ts';
import { shellTexts } from '../../../functions/console/app/shell/texts.ts';
import { openLink } from '../accept-page.ts';
import { openMail, type PageOptions, type TestBrowser } from '../browser.ts';
import { openConsole } from '../console.ts';
import type { First } from '../layout/first-in-view.ts';
import { reportedExamples } from '../notice-facts.ts';
import type { TestStack } from '../stack.ts';
import { consoleScreens, nameOf, pathOf, type ConsoleScreen } from './console-screens.ts';
import { addressOf, type Scene } from './scene.ts';

/** Everything that is needed to open a screen. */
export interface Place {
  stack: TestStack;
  browser: TestBrowser;
  scene: Scene;
}

/** A page, a dialog or an email. */
interface Screen {
  name: string;
  /** The elements that must be in view without scrolling. */
  first: First[];
  /** A mail program displays the screen, so some rules for pages do not apply. */
  isEmail?: true;
  /** Opens the screen, and waits until it is complete. */
  open(place: Place, options?: PageOptions): Promise<Page>;
}

const inConsole = (screen: ConsoleScreen): Screen => ({
  name: nameOf(screen),
  first: screen.isList && screen.dialog === undefined ? ['action', 'row'] : ['action'],
  open: async ({ stack, browser, scene }, options) => {
    const { organization } = scene;
    const page = await openConsole(stack, browser, organization, organization.manager, pathOf(screen, scene), options);
    await page.locator('main').getByText(screen.loaded(scene)).first().waitFor();
    await page.waitForLoadState('networkidle');
    await screen.act?.(page, scene);
    if (screen.dialog !== undefined) await page.getByRole('dialog').filter({ visible: true }).first().waitFor();
    await page.waitForLoadState('networkidle');
    return page;
  },
});

/** A page outside the console's list of pages, without elements that must be in view. */
const page = (name: string, open: Screen['open']): Screen => ({ name, first: [], open });

const email = (name: string, html: (place: Place) => string | Promise<string>): Screen => ({
  name: `email: ${name}`,
  first: [],
  isEmail: true,
  open: async (place, options) => openMail(place.browser, await html(place), options),
});

const others: Screen[] = [
  page('accept page', async ({ stack, browser, scene }, options) => {
    const opened = await openLink(stack, browser, scene.token, options);
    await opened.locator('#invite').waitFor();
    return opened;
  }),
  page('accept page without a link', async ({ stack, browser }, options) => {
    const opened = await openLink(stack, browser, '', options);
    await opened.locator('#paste').waitFor();
    return opened;
  }),
  page('no organization yet', async ({ stack, browser, scene }, options) => {
    const newcomer = await stack.newPerson(`${crypto.randomUUID()}@example.com`, scene.words.manager);
    const opened = await openConsole(stack, browser, scene.organization, newcomer, '/users', options);
    await opened.goto(`${stack.endpoints.api}/`);
    await opened.getByRole('heading').first().waitFor();
    await opened.waitForLoadState('networkidle');
    return opened;
  }),
  page('session-ended', async ({ stack, browser, scene: { organization } }, options) => {
    // With a filter, because the filters are collapsed on a phone until one is set.
    const opened = await openConsole(stack, browser, organization, organization.manager, '/users?search=m', options);
    const search = opened.getByRole('searchbox', { name: 'Search' });
    await search.waitFor();
    await opened.route('**/v1/**', (route) => route.fulfill({ status: 401, json: { message: 'Unauthorized' } }));
    await search.fill('a');
    await opened.getByRole('dialog').filter({ visible: true }).waitFor();
    return opened;
  }),
  page('no such page', async ({ stack, browser, scene: { organization } }, options) => {
    const opened = await openConsole(stack, browser, organization, organization.manager, '/nothing', options);
    await opened.getByText(shellTexts.notFound).waitFor();
    return opened;
  }),
  email('invitation', async ({ stack, scene }) => {
    const [mail] = await stack.mailsTo(addressOf(scene.words.manager, scene.words));
    return mail?.body.html ?? '';
  }),
  ...Object.entries(reportedExamples).map(([name, changes]) =>
    email(name, ({ scene: { words } }) => {
      const [actor, leaver] = words.people;
      const named = changes.map((change) => ({
        ...change,
        facts: {
          ...change.facts,
          organization: words.organization,
          ...('actor' in change.facts && { actor }),
          ...('leaver' in change.facts && { leaver }),
        },
      }));
      const notice = { id: 'mail_1', to: addressOf(actor, words), createdAt: '2026-11-23T12:00:00.000Z' };
      return noticeMail(notice, named).html;
    }),
  ),
];

/** Every page, every dialog and every email. Tests open each of them to check its layout and accessibility. */
export const screens: Screen[] = [...consoleScreens.map(inConsole), ...others];
