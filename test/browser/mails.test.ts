import { expect, test } from 'vitest';
import { noticeMail } from '../../shared/mail/notice-mail.ts';
import type { Notice } from '../../shared/mail/notice.ts';
import { expectReadable, openMail, useBrowser, wcag } from '../support/browser.ts';

const browser = useBrowser();

const organization = 'Acme FinOps and its Subsidiaries';
const email = `${'grace.hopper'.repeat(4)}@example.com`;
const facts: Record<Notice['kind'], Notice['facts']> = {
  account_made: { organization, email },
  roles_changed: { organization, actor: 'Ada King', roles: 'Manager in Web, Engineer in Data, Member' },
  assets_taken_over: { organization, leaver: 'Cyd' },
  removed: { organization, successor: 'Dan' },
  restored: { organization, actor: 'Ada King' },
  assets_given_back: { organization, restored: 'Cyd' },
  new_invite_requested: { organization, email },
  address_changed: { organization, name: 'Ada King', before: email, after: 'ada@example.org' },
  address_conflict: { organization, name: 'Ada King', before: email, after: 'ada@example.org' },
};

test.each(Object.keys(facts) as Notice['kind'][])(
  'the notice %s is readable, light and dark, wide and narrow',
  async (kind) => {
    const { html, text } = noticeMail({
      id: 'mail_1',
      kind,
      to: 'bob@example.com',
      facts: facts[kind],
      delivery: 'queued',
      attempts: 0,
      createdAt: '2026-11-23T12:00:00.000Z',
    });
    const page = await openMail(browser, html);
    await expectReadable(page, wcag);
    expect(await page.getByRole('link').count()).toBe(0);
    const [heading = ''] = text.split('\n\n');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(heading.replaceAll('\n', ' '));
  },
);
