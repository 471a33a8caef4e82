import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressSearch } from '../../shared/address-search.ts';
import { normalizeEmail } from '../../shared/invites/email-address.ts';
import { parsePasted } from '../../shared/invites/parse-pasted.ts';
import { noticeMail } from '../../shared/mail/notice-mail.ts';
import type { ChangeKind } from '../../shared/mail/notice.ts';
import { withoutHiddenCharacters } from '../../shared/pasted-text.ts';
import { anyPrintedAddress, anyPrintedName, printedText } from '../support/printed.ts';

const facts: Record<ChangeKind, Record<string, string>> = {
  account_made: { organization: 'Acme', email: 'bob@example.com' },
  roles_changed: { organization: 'Acme', actor: 'Ada King', roles: 'Manager in Web, Member' },
  assets_taken_over: { organization: 'Acme', leaver: 'Cyd' },
  removed: { organization: 'Acme', successor: 'Dan' },
  restored: { organization: 'Acme', actor: 'Ada King' },
  assets_given_back: { organization: 'Acme', restored: 'Cyd' },
  new_invite_requested: { organization: 'Acme', email: 'bob@example.com' },
  address_changed: { organization: 'Acme', name: 'Ada King', before: 'ada@example.com', after: 'ada@example.org' },
  address_not_allowed: { organization: 'Acme', name: 'Ada King', before: 'ada@example.com', after: 'ada@example.org' },
  address_conflict: { organization: 'Acme', name: 'Ada King', before: 'ada@example.com', after: 'ada@example.org' },
};

const kinds = Object.keys(facts) as ChangeKind[];

const notice = { id: 'mail_1', to: 'bob@example.com', createdAt: '2026-11-23T12:00:00.000Z' };

const mailOf = (kind: ChangeKind, given: Record<string, string>) => noticeMail(notice, [{ kind, facts: given }]);

/** The text of an email without the word joiners that keep its names from becoming links. */
const plain = (text: string): string => text.replaceAll('\u2060', '').replace(/<\/?span>/g, '');

/** The text without the line breaks that only limit the length of lines. */
const unwrapped = (text: string): string => plain(text).replace(/(?<!\n)\n(?!\n)/g, ' ');

const withNames = (kind: ChangeKind, name: string) =>
  mailOf(kind, Object.fromEntries(Object.keys(facts[kind]).map((fact) => [fact, name])));

/** Every kind with each of the facts that it shows. */
const everyFact = kinds.flatMap((kind) => Object.keys(facts[kind]).map((fact) => ({ kind, fact })));

describe('the text of a notice', () => {
  test.each([
    {
      kind: 'account_made',
      subject: 'Your account was created',
      says: 'An account for bob@example.com was created when the invitation to Acme was accepted, with the password chosen there.',
    },
    {
      kind: 'roles_changed',
      subject: 'Your roles in Acme changed',
      says: 'Ada King changed your roles. Your roles are now: Manager in Web, Member.',
    },
    {
      kind: 'assets_taken_over',
      subject: 'You took over from Cyd',
      says: 'Cyd is no longer a user of Acme. Everything they owned there now belongs to you.',
    },
    {
      kind: 'removed',
      subject: 'You are no longer a user of Acme',
      says: 'Your access to Acme has ended. Dan took over what you owned there.',
    },
    {
      kind: 'restored',
      subject: 'You are a user of Acme again',
      says: 'Ada King restored your access, with your roles and everything you owned there that has not been reassigned since.',
    },
    {
      kind: 'assets_given_back',
      subject: 'Cyd is back',
      says: 'Cyd is a user of Acme again. Everything you took over from them belongs to them again, except what has been reassigned since.',
    },
    {
      kind: 'new_invite_requested',
      subject: 'bob@example.com requested a new invitation',
      says: 'The invitation of bob@example.com to Acme has expired, and they requested a new one. To send it, open the invitations of Acme and choose Resend.',
    },
  ] as const)('$kind', ({ kind, subject, says }) => {
    const mail = mailOf(kind, facts[kind]);
    expect(mail).toMatchObject({ to: 'bob@example.com', tags: { notice: 'mail_1' } });
    expect(plain(mail.subject)).toBe(subject);
    expect(unwrapped(mail.text)).toContain(`\n\n${says}\n\n`);
    expect(plain(mail.html)).toContain(`>${says}</p>`);
  });

  test.each(kinds)('%s contains no undefined value', (kind) => {
    const { subject, html, text } = mailOf(kind, facts[kind]);
    for (const part of [subject, html, text]) expect(part).not.toMatch(/undefined|\[object/);
  });

  test.each(kinds)('%s has no link', (kind) => {
    const { html, text } = mailOf(kind, facts[kind]);
    expect(html).not.toMatch(/href|https?:/);
    expect(text).not.toMatch(/https?:/);
  });
});

describe('several changes in one email', () => {
  const change = (kind: ChangeKind, more: Record<string, string> = {}) => ({
    kind,
    facts: { ...facts[kind], ...more },
  });

  test('are listed in their order, and each closing sentence appears once', () => {
    const { subject, text } = noticeMail(notice, [
      change('roles_changed'),
      change('assets_taken_over'),
      change('assets_given_back', { restored: 'Eve' }),
    ]);
    expect(subject).toBe('3 changes in Acme');
    expect(unwrapped(text).trim().split('\n\n')).toEqual([
      '3 changes in Acme',
      'Ada King changed your roles. Your roles are now: Manager in Web, Member.',
      'Cyd is no longer a user of Acme. Everything they owned there now belongs to you.',
      'Eve is a user of Acme again. Everything you took over from them belongs to them again, except what has been reassigned since.',
      'You received this email because you are a user of Acme.',
    ]);
  });

  test('that are all successions name everybody in one sentence', () => {
    const { subject, html, text } = noticeMail(
      notice,
      ['Cyd', 'Dan', '<b>Eve</b>.example'].map((leaver) => change('assets_taken_over', { leaver })),
    );
    expect(subject).toBe('You took over from 3 people');
    expect(unwrapped(text)).toContain(
      '\n\nThese people are no longer users of Acme. Everything they owned there now belongs to you.\n\nCyd, Dan, <b>Eve</b>.example\n\n',
    );
    expect(text).not.toContain('b>.example');
    expect(html).not.toContain('<b>');
  });
});

describe('a hostile name', () => {
  test.each(everyFact)('is escaped in the HTML of $kind as $fact', ({ kind, fact }) => {
    const name = `<script>alert("1")</script><b>'&amp;`;
    const { html } = mailOf(kind, { ...facts[kind], [fact]: name });
    expect(html).not.toMatch(/<script|<b>/);
    expect(plain(html)).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&lt;b&gt;&#39;&amp;amp;');
  });

  test.each(everyFact)('that is a URL does not become a link in $kind as $fact', ({ kind, fact }) => {
    const { subject, html, text } = mailOf(kind, {
      ...facts[kind],
      [fact]: 'https://evil.example/x?y=eve@evil.example',
    });
    for (const part of [subject, html, text]) {
      expect(part).not.toContain('evil.example');
      expect(part).not.toContain('https:');
      expect(part).not.toContain('eve@');
    }
    expect(html).not.toContain('href');
  });

  test.each([
    '\r\nBcc: eve@x.com',
    'Eve\nSubject: Hi',
    'Eve\rX-Y: z',
    'Eve\r\n\r\n<p>',
    'Eve\u2028x',
    'Eve\u0085x',
    'Eve\0',
  ])('%j adds no second line to a subject', (name) => {
    for (const kind of kinds) expect(withNames(kind, name).subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
  });

  test.each(kinds)('does not change the recipient of %s', (kind) => {
    expect(withNames(kind, 'x\r\nTo: eve@x.com')).toMatchObject({ to: 'bob@example.com', tags: { notice: 'mail_1' } });
  });
});

const isAddress = (fact: string): boolean => ['email', 'before', 'after'].includes(fact);

describe('the contents of a notice can be copied and pasted', () => {
  test.each(everyFact.filter(({ fact }) => !isAddress(fact)))('a name: $fact in $kind', ({ kind, fact }) => {
    fc.assert(
      fc.property(anyPrintedName, (name) => {
        const { subject, html, text } = mailOf(kind, { ...facts[kind], [fact]: name });
        expect(printedText(html)).toContain(name);
        const isInSubject = mailOf(kind, facts[kind]).subject.includes(facts[kind][fact] ?? '');
        for (const part of [unwrapped(text), ...(isInSubject ? [subject] : [])])
          expect(withoutHiddenCharacters(part)).toContain(withoutHiddenCharacters(name));
      }),
      { numRuns: 30 },
    );
  });

  test.each(everyFact.filter(({ fact }) => isAddress(fact)))('an address: $fact in $kind', ({ kind, fact }) => {
    fc.assert(
      fc.property(anyPrintedAddress, ({ email, shown }) => {
        const { subject, html, text } = mailOf(kind, { ...facts[kind], [fact]: email });
        expect(printedText(html)).toContain(shown);
        expect(text.replace(/\s+/g, ' ')).toContain(shown);
        for (const part of [printedText(html), text, subject].flatMap((each) => each.split(/\s+/))) {
          if (!withoutHiddenCharacters(part).startsWith(shown)) continue;
          expect(parsePasted(part).map(normalizeEmail)).toEqual([{ ok: true, value: email }]);
          const { prefix, finds = () => true } = addressSearch(part.replace(/[.,]+$/, ''));
          expect(email.startsWith(prefix) && finds(email)).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });
});
