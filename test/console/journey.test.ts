import { expect, test } from 'vitest';
import { click, expectState, fillAccount } from '../support/accept-page.ts';
import { openMail, useBrowser } from '../support/browser.ts';
import { choose, listenTo, signInByForm, startAction } from '../support/console.ts';
import { newEmail, newOrganization } from '../support/organization.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
const browser = useBrowser();

/** The password that the user chooses on the accept page and then signs in with. */
const chosenPassword = 'Correct-horse-8';

test('a manager invites a user, who opens the email, accepts and signs in, and can no longer sign in after being deleted', async () => {
  const organization = await newOrganization(stack, 'Acme FinOps');
  const { origin } = new URL(stack.endpoints.api);
  const email = newEmail('ada');

  const managers = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  });
  const heard = [listenTo(managers)];
  await managers.goto(origin);
  await signInByForm(managers, organization.manager.email);
  await managers.getByRole('button', { name: 'Invite users' }).click();
  const field = managers.getByRole('textbox', { name: 'Email addresses' });
  await field.fill(`Ada Lovelace <${email}>`);
  await field.press('Enter');
  await managers.getByRole('button', { name: 'Review' }).click();
  await managers.getByRole('button', { name: 'Send 1 invitation' }).click();
  await managers.getByText('Invited', { exact: true }).first().waitFor();

  const [mail, ...others] = await stack.mailsTo(email);
  expect(others).toEqual([]);
  const opened = await openMail(browser, mail?.body.html ?? '');
  const link = (await opened.getByRole('link', { name: /invit/i }).first().getAttribute('href')) ?? '';
  const token = link.split('#')[1] ?? '';
  expect(token).not.toBe('');

  const hers = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  await hers.goto(link);
  heard.push(listenTo(hers));
  await fillAccount(hers, 'Ada Lovelace', chosenPassword);
  await click(hers, 'Accept');
  await expectState(hers, 'Welcome to Acme FinOps');
  await hers.getByRole('link', { name: 'Sign in' }).click();
  expect(await hers.getByLabel('Email address').inputValue()).toBe(email);
  await signInByForm(hers, email, chosenPassword);
  await hers.getByRole('row', { name: 'Ada Lovelace' }).getByText('Member').waitFor();

  await managers.getByRole('link', { name: 'Users', exact: true }).first().click();
  await startAction(managers, 'Ada Lovelace', 'Delete');
  const dialog = managers.getByRole('dialog', { name: 'Delete Ada Lovelace' });
  await choose(managers, /^Successor/, 'Mara Manager');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await managers
    .getByText(/Deleted Ada Lovelace/)
    .first()
    .waitFor();

  await hers.reload();
  await hers.getByText('This organization does not exist, or you do not belong to it').waitFor();

  const asked = heard.flatMap((each) => each.asked).filter((url) => !url.startsWith('data:'));
  expect(new Set(asked.map((url) => new URL(url).origin))).toEqual(new Set([origin, stack.endpoints.cognito.endpoint]));
  for (const secret of [token, chosenPassword]) expect(asked.join(' ')).not.toContain(secret);
});
