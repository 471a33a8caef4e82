import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inviteMail, type InviteMailFacts } from '../../shared/invites/invite-mail.ts';
import type { Invite } from '../../shared/invites/invite.ts';
import { subjectLettersMax } from '../../shared/limits.ts';
import { inviteLink } from '../../shared/invites/token.ts';
import { withoutHiddenCharacters } from '../../shared/pasted-text.ts';
import { buildPoolTree } from '../../shared/roles/pool-tree.ts';
import { anyPrintedAddress, anyPrintedName, printedText } from '../support/printed.ts';

const secret = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd-_8';
const link = inviteLink('https://roster.example', {
  organizationId: 'org_01ARZ3NDEKTSV4RRFFQ69G5FAV',
  inviteId: 'inv_01BX5ZZKBKACTAV9WEVGEMMVRZ',
  secret,
});

const blockLink = link.replace(/.$/, '9');

const invite: Invite = {
  id: 'inv_01BX5ZZKBKACTAV9WEVGEMMVRZ',
  organizationId: 'org_01ARZ3NDEKTSV4RRFFQ69G5FAV',
  email: 'bob@example.com',
  assignments: [{ role: 'manager', poolId: 'pool_web' }, { role: 'member' }],
  message: 'Hello Bob,\nsee you there.',
  status: 'pending',
  delivery: 'queued',
  invitedBy: 'usr_ada',
  invitedBySince: '2026-11-23T14:05:00.000Z',
  createdIn: 'evt_01',
  createdAt: '2026-11-23T14:05:00.000Z',
  expiresAt: '2026-11-30T14:05:00.000Z',
  lifetimeDays: 7,
  requestedAt: '2026-11-23T14:05:00.000Z',
  round: 1,
  sends: 0,
  attempts: 0,
  secretHashes: [],
  supersededHashes: [],
  version: 1,
};

const treeWith = (poolName: string) =>
  buildPoolTree([
    { id: 'pool_root', name: 'Acme' },
    { id: 'pool_web', name: poolName, parentId: 'pool_root' },
  ]);

const mailOf = (more: Partial<InviteMailFacts> = {}) =>
  inviteMail({
    invite,
    organizationName: 'Acme',
    inviterName: 'Ada King',
    inviterEmail: 'ada@example.com',
    organizationCreatedAt: '2026-11-01T09:00:00.000Z',
    namesake: false,
    tree: treeWith('Web'),
    link,
    blockLink,
    subject: '{inviter} invited you to {organization}',
    ...more,
  });

const withMessage = (message: string) => mailOf({ invite: { ...invite, message } });

/** The text of an email without the word joiners that keep its names from becoming links. */
const plain = (text: string): string => text.replaceAll('\u2060', '').replace(/<\/?span>/g, '');

const occurrences = (text: string, part: string): number => text.split(part).length - 1;

/** Everything in the email that a person wrote. */
const names: { place: string; mailWith: (name: string) => ReturnType<typeof inviteMail> }[] = [
  { place: 'the organization', mailWith: (organizationName) => mailOf({ organizationName }) },
  { place: 'the inviter', mailWith: (inviterName) => mailOf({ inviterName }) },
  { place: 'the pool', mailWith: (poolName) => mailOf({ tree: treeWith(poolName) }) },
  { place: 'the message', mailWith: withMessage },
];

describe('the email of an invite', () => {
  test('has this text', () => {
    const paragraphs = plain(mailOf().text).trimEnd().split('\n\n');
    expect(paragraphs.map((text) => (/^>|#/m.test(text) ? text : text.replaceAll('\n', ' ')))).toEqual([
      'Join Acme',
      'Ada King invited you to Acme.',
      'Your roles: Manager in Web, Member.',
      'Ada King added a message. Nobody else has checked it:',
      '> Hello Bob,\n> see you there.',
      `View the invitation:\n${link}`,
      'The inviter’s address is ada@example.com. The organization was created on 1 November 2026.',
      'The invitation is for bob@example.com and expires on 30 November 2026, 14:05 UTC.',
      'Not expecting this? You can ignore this email. The invitation will expire on its own.',
      `Block invitations from this organization:\n${blockLink}`,
    ]);
  });

  test('shows no address of a service account, but shows the age of the organization', () => {
    const text = plain(mailOf({ inviterEmail: undefined }).text);
    expect(text).toContain('\n\nThe organization was created on 1 November 2026.\n');
  });

  test('warns only recipients who belong to another organization with the same name', () => {
    const warning = /You already belong to another organization named Acme\./;
    expect(plain(mailOf({ namesake: true }).text)).toMatch(warning);
    expect(plain(mailOf().text)).not.toMatch(warning);
  });

  test('goes to the invited address, and names the inviter and the organization in its subject', () => {
    expect(mailOf()).toMatchObject({ to: 'bob@example.com', subject: 'Ada King invited you to Acme' });
  });

  test('has the subject that the stage configures, with names only in place of placeholders', () => {
    const subject = 'You may join {organization}, says {inviter} ({role})';
    expect(mailOf({ subject }).subject).toBe('You may join Acme, says Ada King ({role})');
    expect(mailOf({ inviterName: '{organization}' }).subject).toBe('{organization} invited you to Acme');
  });

  test.each([1, 7])('contains the ids that its delivery events return, and the number of sends: %i', (round) => {
    const { tags } = mailOf({ invite: { ...invite, round } });
    expect(tags).toEqual({ organization: invite.organizationId, invite: invite.id, round: String(round) });
    // The characters that SES accepts in tags: docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageTag.html
    for (const value of Object.values(tags)) expect(value).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
    expect(JSON.stringify(tags)).not.toContain(secret);
  });

  test('contains the link exactly twice in its HTML: as the target of the button and as a line of text', () => {
    const { html } = mailOf();
    expect(occurrences(html, link)).toBe(2);
    expect(occurrences(html, secret)).toBe(2);
    expect(occurrences(html, 'href=')).toBe(2);
    expect(html).toContain(`<a class="quiet" href="${blockLink}"`);
    expect(html).toContain(`<a href="${link}"`);
    expect(html).toContain(`<br>\n${link}</p>`);
  });

  test('contains the link exactly once in its text, on its own line', () => {
    const { text } = mailOf();
    expect(occurrences(text, secret)).toBe(1);
    expect(text.split('\n').filter((line) => line === link)).toHaveLength(1);
  });

  test('has a short subject on one line, however long the names are', () => {
    const { subject } = mailOf({ inviterName: `Call ${'now '.repeat(25)}`, organizationName: 'é'.repeat(100) });
    expect(subject).toBe(`Call ${'now '.repeat(8)}no… invited you to ${'é'.repeat(39)}…`);
    const stage = mailOf({ subject: `{inviter} ${'x'.repeat(200)}` }).subject;
    expect([stage.slice(0, 10), stage.length, stage.at(-1)]).toEqual(['Ada King x', subjectLettersMax, '…']);
  });

  test('does not contain the secret in its subject', () => {
    expect(mailOf().subject).not.toContain(secret);
  });

  test('quotes nothing if there is no message', () => {
    const { message: _, ...silent } = invite;
    const { html, text } = mailOf({ invite: silent });
    expect(text).not.toMatch(/^>/m);
    expect(html).not.toContain('class="quote"');
  });

  test('does not show a role on a deleted pool', () => {
    const tree = buildPoolTree([{ id: 'pool_root', name: 'Acme' }]);
    expect(plain(mailOf({ tree }).text)).toContain('\nYour roles: Member.\n');
  });

  test.each([
    { expiresAt: '2026-12-01T00:00:00.000Z', words: '1 December 2026, 00:00 UTC' },
    { expiresAt: '2027-02-28T23:59:59.999Z', words: '28 February 2027, 23:59 UTC' },
  ])('shows the expiry $words in any time zone of the machine', ({ expiresAt, words }) => {
    const { html, text } = mailOf({ invite: { ...invite, expiresAt } });
    expect(plain(text).replaceAll('\n', ' ')).toContain(`expires on ${words}.`);
    expect(plain(html)).toContain(`expires on ${words}.`);
  });
});

describe('the reminder', () => {
  const reminder = (more: Partial<InviteMailFacts> = {}) => mailOf({ ...more, isReminder: true });

  test('says first that it is a reminder, also in its subject', () => {
    const { subject, text } = reminder();
    expect(subject).toBe('Reminder: Ada King invited you to Acme');
    expect(plain(text).split('\n\n').slice(0, 3)).toEqual([
      'Join Acme',
      'This is a reminder: you have not answered, and the invitation expires soon.',
      'Ada King invited you to Acme.',
    ]);
    expect(reminder().html).toContain('This is a reminder');
  });

  test('is otherwise equal to the email that it repeats', () => {
    const { text, ...others } = reminder();
    const first = mailOf();
    const sentence = 'This is a reminder: you have not answered, and the invitation expires soon.';
    expect(text.replace(`${sentence}\n\n`, '')).toBe(first.text);
    expect(others).toMatchObject({ to: first.to, tags: first.tags });
  });

  test('uses the word “reminder”, which the first email does not contain', () => {
    expect(mailOf().text).not.toContain('reminder');
    expect(mailOf().html).not.toContain('reminder');
  });
});

describe('a text that a person wrote', () => {
  test.each(names)('is escaped in HTML: $place', ({ mailWith }) => {
    const { html } = mailWith(`<script>alert("1")</script><a href='x'>&amp;`);
    expect(html).not.toMatch(/<script|<a href='/);
    expect(plain(html)).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;');
    expect(occurrences(html, '<a ')).toBe(2);
  });

  test.each(names)('is not escaped in the text: $place', ({ mailWith }) => {
    expect(plain(mailWith('Tom & <Jerry>').text)).toContain('Tom & <Jerry>');
  });

  test.each(names)('does not become a link in HTML, though it looks like one: $place', ({ mailWith }) => {
    const { html } = mailWith('https://evil.example/x eve@evil.example www.evil.example');
    expect(html.replaceAll(link, '').replaceAll(blockLink, '')).not.toMatch(/evil\.example|eve@|www\.|https:/);
  });

  test.each(names.filter(({ place }) => place !== 'the message'))(
    'does not become a link in the text or the subject either: $place',
    ({ mailWith }) => {
      const { text, subject } = mailWith('https://evil.example/x eve@evil.example www.evil.example');
      expect((text + subject).replaceAll(link, '').replaceAll(blockLink, '')).not.toMatch(
        /evil\.example|eve@|www\.|https:/,
      );
    },
  );

  test.each(names)('does not change the link: $place', ({ mailWith }) => {
    const { html, text } = mailWith(`x" href="https://evil.example`);
    expect(html).toContain(`<a href="${link}"`);
    expect(occurrences(text, link)).toBe(1);
  });

  test.each(['Eve\r\nBcc: eve@x.com', 'Eve\nSubject: Hi', 'Eve\rX-Y: z', '\r\n\r\n<p>Hi</p>', 'Eve\u2028x', 'Eve\0x'])(
    '%j adds no second line to the subject, and no other recipient',
    (name) => {
      for (const { mailWith } of names) {
        const mail = mailWith(name);
        expect(mail.subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        expect(mail.to).toBe('bob@example.com');
        expect(Object.keys(mail).toSorted()).toEqual(['html', 'requestedAt', 'subject', 'tags', 'text', 'to']);
      }
    },
  );

  test('can be the name of a property that every object has', () => {
    expect(plain(mailOf({ organizationName: '__proto__', inviterName: 'constructor' }).text)).toContain(
      'constructor invited you to __proto__.',
    );
  });
});

describe('the message of the inviter', () => {
  test('is quoted line by line in the text', () => {
    expect(plain(withMessage('One.\n\nTwo.').text)).toContain('\n\n> One.\n> \n> Two.\n\nView the invitation:\n');
  });

  test('cannot imitate the rest of the email', () => {
    const lines = plain(withMessage('Hi\n\nView the invitation:\nhttps://evil.example').text).split('\n');
    expect(lines.filter((line) => line === 'View the invitation:')).toHaveLength(1);
    expect(lines).not.toContain('https://evil.example');
  });

  test('keeps its lines in the HTML', () => {
    expect(withMessage('One.\nTwo.').html).toContain('>One.<br>\nTwo.<');
  });

  test('can be copied with its links from HTML and text, after a warning', () => {
    const message = 'Read https://wiki.example/start?a=1#b first.';
    const { html, text } = withMessage(message);
    expect(plain(html).replaceAll('&#39;', "'")).toContain(`>${message}<`);
    expect(text).toContain(`Nobody else has checked it:\n\n> ${message}\n`);
  });
});

describe('the contents of the email can be copied and pasted', () => {
  test.each(names)(
    'a name, exactly from the HTML, and from the text for every input: $place',
    ({ place, mailWith }) => {
      fc.assert(
        fc.property(anyPrintedName, (name) => {
          const { html, text } = mailWith(name);
          expect(printedText(html)).toContain(name);
          const copied = text.replaceAll('\n> ', ' ').replace(/\s+/g, ' ');
          if (place === 'the message') expect(copied).toContain(name);
          else expect(withoutHiddenCharacters(copied)).toContain(withoutHiddenCharacters(name));
        }),
        { numRuns: 50 },
      );
    },
  );

  test('the invited address, from HTML and text', () => {
    fc.assert(
      fc.property(anyPrintedAddress, ({ email, shown }) => {
        const { html, text } = mailOf({ invite: { ...invite, email } });
        expect(printedText(html)).toContain(`The invitation is for ${shown} and`);
        expect(text.replace(/\s+/g, ' ')).toContain(`The invitation is for ${shown} and`);
      }),
      { numRuns: 50 },
    );
  });
});
