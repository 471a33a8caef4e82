import { expect, test } from 'vitest';
import { noticeMail } from '../../shared/mail/notice-mail.ts';
import { expectReadable, openMail, useBrowser, wcag } from '../support/browser.ts';
import { reportedExamples } from '../support/notice-facts.ts';

const browser = useBrowser();

test.each(Object.entries(reportedExamples))(
  'the notice %s is readable, light and dark, wide and narrow',
  async (_, changes) => {
    const { html, text } = noticeMail(
      { id: 'mail_1', to: 'bob@example.com', createdAt: '2026-11-23T12:00:00.000Z' },
      changes,
    );
    const page = await openMail(browser, html);
    await expectReadable(page, wcag);
    expect(await page.getByRole('link').count()).toBe(0);
    const [heading = ''] = text.split('\n\n');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(heading.replaceAll('\n', ' '));
  },
);
