import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { noticeMail } from '../../shared/mail/notice-mail.ts';
import type { Notice } from '../../shared/mail/notice.ts';
import { day } from '../../shared/time.ts';
import { expectReadable, picture, useBrowser } from '../support/browser.ts';
import { newEmail, newOrganization, newPool, take } from '../support/organization.ts';
import { useStack, type ReceivedMail } from '../support/stack.ts';

const stack = useStack();
const browser = useBrowser();

/** A mail program's window with the HTML of a mail. */
const read = async ({ body }: Pick<ReceivedMail, 'body'>): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width: 640, height: 520 } });
  await page.setContent(body.html);
  return page;
};

/** The words of a mail without what keeps its names from becoming links. */
const plain = (text: string | null): string => (text ?? '').replaceAll('\u2060', '');

/** Every line of a mail's text, but for links, is short enough for a terminal. */
const expectShortLines = (text: string): void => {
  const lines = plain(text).split('\n');
  expect(lines.filter((line) => line.length > 72 && !/^https?:\S+$/.test(line))).toEqual([]);
};

test('the mails of an invite, light and dark, wide and narrow: the first and the reminder', async () => {
  const organization = await newOrganization(stack, 'Acme FinOps');
  const web = await newPool(organization, 'Web', organization.rootPoolId);
  const email = newEmail('grace');
  const { client } = organization.manager;
  const message = `Hello Grace,\n\nsee ${'https://wiki.example/'.padEnd(90, 'x')} before you start, and tell me if anything in it is unclear or out of date.`;
  const roles = [{ role: 'manager' as const, poolId: web }, { role: 'member' as const }];
  take(await client.inviteUsers({ params: organization.params, body: { emails: [email], roles, message } }));
  stack.advanceClock(5.5 * day);
  await stack.tick();
  const mails = await stack.mailsTo(email);
  expect(mails.map(({ subject }) => subject.startsWith('Reminder'))).toEqual([false, true]);
  for (const mail of mails) {
    const page = await read(mail);
    await expectReadable(page);
    expect(plain(await page.getByRole('heading', { level: 1 }).textContent())).toBe('Join Acme FinOps');
    expect(await page.getByRole('link').count()).toBe(1);
    expect(plain(await page.locator('.quote').innerText())).toBe(message);
    const url = await page.getByRole('link', { name: 'See the invite' }).getAttribute('href');
    expect(mail.body.text.split('\n')).toContain(url);
    expectShortLines(mail.body.text);
  }
});

test('the mail shows the invite in light and dark', async () => {
  const organization = await newOrganization(stack, 'Acme FinOps');
  const web = await newPool(organization, 'Web', organization.rootPoolId);
  const email = 'grace.hopper@example.com';
  const { client } = organization.manager;
  const body = {
    emails: [email],
    roles: [{ role: 'manager' as const, poolId: web }, { role: 'member' as const }],
    message: 'Hello Grace,\nwe start on Monday.',
  };
  take(await client.inviteUsers({ params: organization.params, body }));
  const [mail] = await stack.mailsTo(email);
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await read(mail ?? expect.unreachable('No mail came'));
    await page.emulateMedia({ colorScheme });
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      { light: 'rgb(242, 244, 247)', dark: 'rgb(20, 24, 31)' }[colorScheme],
    );
    await picture(page, `mail-${colorScheme}`);
  }
});

describe('notices', () => {
  const organization = 'Acme FinOps and its Subsidiaries';
  const facts: Record<Notice['kind'], Notice['facts']> = {
    account_made: { organization, email: `${'grace.hopper'.repeat(4)}@example.com` },
    roles_changed: { organization, actor: 'Ada King', roles: 'Manager in Web, Engineer in Data, Member' },
    assets_taken_over: { organization, leaver: 'Cyd' },
    removed: { organization, successor: 'Dan' },
    restored: { organization, actor: 'Ada King' },
    assets_given_back: { organization, restored: 'Cyd' },
    new_invite_requested: { organization, email: `${'grace.hopper'.repeat(4)}@example.com` },
  };

  test.each(Object.keys(facts) as Notice['kind'][])('%s is readable, light and dark, wide and narrow', async (kind) => {
    const { html, text } = noticeMail({
      id: 'mail_1',
      kind,
      to: 'bob@example.com',
      facts: facts[kind],
      delivery: 'queued',
      attempts: 0,
      createdAt: '2026-11-23T12:00:00.000Z',
    });
    const page = await read({ body: { html, text } });
    await expectReadable(page);
    expect(await page.getByRole('link').count()).toBe(0);
    expectShortLines(text);
    const [heading = ''] = text.split('\n\n');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(heading.replaceAll('\n', ' '));
  });
});
