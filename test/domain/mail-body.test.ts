import { describe, expect, test } from 'vitest';
import {
  addressInMail,
  escapeHtml,
  headerText,
  inert,
  mailHtml,
  mailText,
  type MailContent,
} from '../../shared/mail/mail-body.ts';

const content: MailContent = {
  heading: 'Join Acme',
  paragraphs: ['Ada invited you to Acme.', 'Your roles: Member.'],
  quote: 'Hello Bob,\nsee you there.',
  button: { label: 'View the invitation', url: 'https://roster.example/invites/accept#a.b.c' },
  closing: ['It ends by itself.', 'Do nothing.'],
};

const hostile = `<script>alert("1")</script><img src=x onerror='a&b'>`;
const harmless = '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&lt;img src=x onerror=&#39;a&amp;b&#39;&gt;';

/** The text that a mail program would extract from the HTML. */
const unescape = (html: string): string =>
  html
    .replace(/<\/?span>/g, '')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? "'");

describe('the text of an email', () => {
  test('consists of its parts with an empty line between them', () => {
    expect(mailText(content)).toBe(
      [
        'Join Acme',
        '',
        'Ada invited you to Acme.',
        '',
        'Your roles: Member.',
        '',
        '> Hello Bob,',
        '> see you there.',
        '',
        'View the invitation:',
        'https://roster.example/invites/accept#a.b.c',
        '',
        'It ends by itself.',
        '',
        'Do nothing.',
        '',
      ].join('\n'),
    );
  });

  test('ends with the link below everything else', () => {
    const footer = { label: 'Block invitations', url: 'https://roster.example/invites/accept#d.e.f' };
    expect(mailText({ ...content, footer })).toBe(`${mailText(content)}\n${footer.label}:\n${footer.url}\n`);
    expect(mailHtml({ ...content, footer })).toContain(
      `href="${footer.url}" style="color:#5a6577">Block invitations</a>`,
    );
  });

  test('of an email without a quote and a button has neither', () => {
    expect(mailText({ heading: 'Hi', paragraphs: ['One.'], closing: ['Two.'] })).toBe('Hi\n\nOne.\n\nTwo.\n');
  });

  test('of an email with an empty quote has none', () => {
    expect(mailText({ heading: 'Hi', paragraphs: [], quote: '', closing: [] })).toBe('Hi\n');
  });

  test('is not escaped as HTML', () => {
    expect(mailText({ heading: hostile, paragraphs: [], closing: [] })).toBe(`${hostile}\n`);
  });

  test.each([
    { what: 'line feeds', line: '\n' },
    { what: 'carriage returns and line feeds', line: '\r\n' },
    { what: 'empty lines', line: '\n\n' },
    { what: 'carriage returns', line: '\r' },
    { what: 'line separators', line: '\u2028' },
    { what: 'paragraph separators', line: '\u2029' },
    { what: 'next-line characters', line: '\u0085' },
  ])('quotes every line of a message, with $what between them', ({ line }) => {
    const text = mailText({ ...content, quote: `Hello${line}View the invitation:${line}https://evil.example` });
    const lines = text.split(/\r\n|[\n\r\u0085\u2028\u2029]/);
    expect(lines).toContain('> Hello');
    expect(lines.filter((each) => each === 'View the invitation:')).toHaveLength(1);
    expect(lines).not.toContain('https://evil.example');
  });

  test('quotes lines with a carriage return and line feed between as two, not three', () => {
    expect(mailText({ ...content, quote: 'One.\r\nTwo.' })).toContain('\n\n> One.\n> Two.\n\n');
  });

  test('writes every line end of a message as a line feed', () => {
    const text = mailText({ ...content, quote: 'a\rb\r\nc\u0085d\u2028e\u2029f\n\rg' });
    expect(text).toContain('\n\n> a\n> b\n> c\n> d\n> e\n> f\n> \n> g\n\n');
    expect(text).not.toMatch(/[\r\u0085\u2028\u2029]/);
  });

  test('breaks long lines at spaces, including those of a message', () => {
    const long = 'Every word of this sentence is short, but all of them together are much longer than a line.';
    expect(mailText({ heading: 'Hi', paragraphs: [long], quote: `${long}\nBye.`, closing: [long] })).toBe(
      [
        'Hi',
        '',
        'Every word of this sentence is short, but all of them together are much',
        'longer than a line.',
        '',
        '> Every word of this sentence is short, but all of them together are much',
        '> longer than a line.',
        '> Bye.',
        '',
        'Every word of this sentence is short, but all of them together are much',
        'longer than a line.',
        '',
      ].join('\n'),
    );
  });

  test('never breaks the link or any other long word', () => {
    const url = `https://roster.example/invites/accept#${'x'.repeat(120)}`;
    const word = 'y'.repeat(100);
    const lines = mailText({
      ...content,
      paragraphs: [`One ${word} two.`],
      button: { label: 'View the invitation', url },
    }).split('\n');
    expect(lines).toContain(url);
    expect(lines.slice(2, 5)).toEqual(['One', word, 'two.']);
  });

  test('does not count the word joiners that keep names from being links', () => {
    const names = inert('a.b '.repeat(19).trim());
    expect(mailText({ heading: 'Hi', paragraphs: [names], closing: [] })).toBe(`Hi\n\n${names}\n`);
  });

  test('keeps the spaces of a line that is not broken', () => {
    expect(mailText({ ...content, quote: '  - one\n  - two' })).toContain('\n>   - one\n>   - two\n');
  });

  test('adds a second level of quotation to a message that is already quoted', () => {
    expect(mailText({ ...content, quote: '> Hello' })).toContain('\n> > Hello\n');
  });
});

describe('the HTML of an email', () => {
  const html = mailHtml(content);

  test('contains everything that the text contains', () => {
    const quote = (content.quote ?? '').split('\n');
    for (const part of [content.heading, ...content.paragraphs, ...quote, ...content.closing])
      expect(html).toContain(part);
  });

  test('breaks the lines of a message in a way that Outlook supports', () => {
    expect(mailHtml({ ...content, quote: 'One.\r\n<Two>' })).toContain('>One.<br>\n&lt;Two&gt;<');
  });

  test('has a button whose color and padding Outlook also shows', () => {
    expect(html).toMatch(/<td align="center" bgcolor="#0b5cad" style="[^"]*mso-padding-alt:12px 24px[^"]*"><a href=/);
  });

  test('sets the font on every text element, where Outlook expects it', () => {
    for (const [tag] of html.matchAll(/<(h1|p|a)\b[^>]*>|<td class="quote"[^>]*>/g))
      expect(tag).toContain('font-family:');
  });

  test('closes every conditional comment for Outlook', () => {
    expect(html.match(/<!--\[if mso\]>/g)).toHaveLength(2);
    expect(html.match(/<!\[endif\]-->/g)).toHaveLength(2);
    expect(html.match(/<table\b/g)?.length).toBe(html.match(/<\/table>/g)?.length);
  });

  test('has one link, and nothing else that loads or runs anything', () => {
    expect(html.match(/href=/g)).toHaveLength(1);
    expect(html).toContain('<a href="https://roster.example/invites/accept#a.b.c"');
    expect(html).not.toMatch(/<(script|img|iframe|link|form|object|base)\b|\ssrc=|\son\w+=|url\(|@import/i);
  });

  test('shows the link itself as text on its own line', () => {
    expect(html.split('\n').map((line) => line.replace(/<[^>]*>/g, '').trim())).toContain(
      'https://roster.example/invites/accept#a.b.c',
    );
  });

  test('without a button has no link', () => {
    expect(mailHtml({ heading: 'Hi', paragraphs: [], closing: [] })).not.toContain('href');
  });

  test.each<{ place: string; made: MailContent }>([
    { place: 'the heading', made: { ...content, heading: hostile } },
    { place: 'a paragraph', made: { ...content, paragraphs: ['One.', hostile] } },
    { place: 'the quote', made: { ...content, quote: hostile } },
    { place: 'the closing', made: { ...content, closing: [hostile] } },
    { place: 'the label of the button', made: { ...content, button: { label: hostile, url: 'https://x.example' } } },
    { place: 'the address of the button', made: { ...content, button: { label: 'Go', url: hostile } } },
  ])('escapes tags in $place', ({ made }) => {
    const page = mailHtml(made);
    expect(page.replace(/<\/?span>/g, '')).toContain(harmless);
    expect(page).not.toContain('<script');
    expect(page).not.toContain('<img');
  });

  test('keeps the link of the button intact if it contains special characters of HTML', () => {
    const url = 'https://roster.example/?a=1&b="2"';
    const href = /href="([^"]*)"/.exec(mailHtml({ ...content, button: { label: 'Go', url } }))?.[1];
    expect(href && unescape(href)).toBe(url);
  });

  test('also uses the heading as the title', () => {
    expect(html).toContain('<title>Join Acme</title>');
  });

  test('says that it is UTF-8', () => {
    expect(html).toContain('<meta charset="utf-8">');
  });
});

describe('a name in an email', () => {
  test.each([
    { what: 'a domain', name: 'evil.example', shown: 'evil\u2060.\u2060example' },
    {
      what: 'a URL',
      name: 'https://evil.example/x',
      shown: 'https\u2060:\u2060\u2060/\u2060\u2060/\u2060evil\u2060.\u2060example\u2060/\u2060x',
    },
    { what: 'an email address', name: 'eve@evil.example', shown: 'eve\u2060@\u2060evil\u2060.\u2060example' },
    { what: 'a script address', name: 'javascript:alert(1)', shown: 'javascript\u2060:\u2060alert(1)' },
    { what: 'a domain with full-width dots', name: 'evil．example', shown: 'evil\u2060．\u2060example' },
    {
      what: 'a domain with ideographic dots',
      name: 'evil。example｡cn',
      shown: 'evil\u2060。\u2060example\u2060｡\u2060cn',
    },
    { what: 'a domain with a small dot', name: 'evil﹒example', shown: 'evil\u2060﹒\u2060example' },
    { what: 'a domain with a leader', name: 'evil․example', shown: 'evil\u2060․\u2060example' },
    {
      what: 'a URL in full width',
      name: 'https：／／evil',
      shown: 'https\u2060：\u2060\u2060／\u2060\u2060／\u2060evil',
    },
    { what: 'an address with a full-width at sign', name: 'eve＠evil', shown: 'eve\u2060＠\u2060evil' },
  ])('like $what is not recognized as an address by mail programs', ({ name, shown }) => {
    expect(inert(name)).toBe(shown);
  });

  test.each(['Ada King', 'Zoë O’Neil-Müller', '王小明', 'Dr. No', 'Acme Inc.', 'A / B', 'علی‌رضا', ''])(
    '%j is unchanged',
    (name) => {
      expect(inert(name)).toBe(name);
    },
  );

  test('looks unchanged to the reader', () => {
    expect(inert('Acme Inc. (acme.com)').replaceAll('\u2060', '')).toBe('Acme Inc. (acme.com)');
  });

  test('is unchanged in the HTML, where markup encloses the characters', () => {
    const html = mailHtml({ heading: 'Hi', paragraphs: [`${inert('acme.com: a&b')} invites you.`], closing: [] });
    expect(html).toContain('>acme<span>.</span>com: a&amp;b invites you.</p>');
  });
});

describe('an address in an email', () => {
  test.each([
    { email: 'ada.king+1@x.example', shown: 'ada.king+1@x.example' },
    { email: 'ada@xn--bcher-kva.de', shown: 'ada@bücher.de' },
  ])('$email stays intact, so that it can be copied', ({ email, shown }) => {
    expect(addressInMail(email)).toBe(shown);
  });

  test.each(['www.evil.example@x.example', 'evil.example/login@x.example', 'a?b@x.example'])(
    '%s does not become a link, although it begins like one',
    (email) => {
      expect(addressInMail(email)).toBe(inert(email));
    },
  );
});

describe('a header', () => {
  test.each([
    {
      what: 'a line end and another header',
      text: 'Hi\r\nBcc: eve@x.com',
      line: 'Hi Bcc: eve\u2060@\u2060x\u2060.\u2060com',
    },
    { what: 'a line feed', text: 'Hi\nthere', line: 'Hi there' },
    { what: 'a carriage return', text: 'Hi\rthere', line: 'Hi there' },
    { what: 'a folded line', text: 'Hi\r\n there', line: 'Hi  there' },
    { what: 'a null character', text: 'Hi\0there', line: 'Hi there' },
    { what: 'a next-line character', text: 'Hi\u0085there', line: 'Hi there' },
    { what: 'a line separator', text: 'Hi\u2028there', line: 'Hi there' },
    { what: 'a paragraph separator', text: 'Hi\u2029there', line: 'Hi there' },
    { what: 'line ends around', text: '\r\nHi\r\n', line: 'Hi' },
    { what: 'a body behind an empty line', text: 'Hi\r\n\r\n<p>', line: 'Hi <p>' },
    { what: 'nothing to change', text: 'Zoë: 50 % 😀', line: 'Zoë: 50 % 😀' },
  ])('stays on one line with $what', ({ text, line }) => {
    expect(headerText(text)).toBe(line);
  });
});

describe('escaping', () => {
  test.each([
    { text: '&', html: '&amp;' },
    { text: '<', html: '&lt;' },
    { text: '>', html: '&gt;' },
    { text: '"', html: '&quot;' },
    { text: "'", html: '&#39;' },
    { text: '&amp;', html: '&amp;amp;' },
    { text: hostile, html: harmless },
    { text: 'Zoë 😀', html: 'Zoë 😀' },
  ])('$text is written $html', ({ text, html }) => {
    expect(escapeHtml(text)).toBe(html);
  });
});
