import * as fc from 'fast-check';
import { normalizeEmail } from '../../shared/invites/email-address.ts';
import { shownAddress } from '../../shared/shown-address.ts';

/** What mails and pages print, and what a person copies from them. */

/** Names in many scripts, of people, organizations and pools, also those that look like links. */
export const anyPrintedName = fc.oneof(
  fc.constantFrom(
    'Ada King',
    'Dr. Zoë O’Neill',
    'Łukasz Żak',
    'Анна-Мария',
    'Γιώργος Παπάς',
    'علی\u200cرضا',
    'דנה כהן',
    '王小明。',
    'ශ්\u200dරීමාලි',
    '👩\u200d💻 Dev',
    'Booking.com',
    'https://evil.example/x',
    'https：／／evil．example',
    'evil。example｡cn',
    'eve@evil.example',
    'R&D <1/2>',
    '"Acme" & \'Sons\'',
  ),
  fc
    .array(fc.constantFrom('evil', 'a', '王', '.', ':', '/', '@', '．', '。', '：', '-', ' b'), {
      minLength: 1,
      maxLength: 8,
    })
    .map((parts) => parts.join('').trim())
    .filter((name) => name !== ''),
);

/** A normalized address, and how mails and pages show it. */
export const anyPrintedAddress = fc
  .tuple(
    fc.stringMatching(/^[a-z0-9]{1,8}([.+_-][a-z0-9]{1,6})?$/),
    fc.constantFrom(
      'x.example',
      'bücher.example',
      'пример.рф',
      '例え.テスト',
      'pаypal.com',
      'نامه\u200cای.com',
      'mail.한국',
    ),
  )
  .map(([local, domain]) => {
    const email = normalizeEmail(`${local}@${domain}`);
    if (!email.ok) throw new Error(`${domain} is no domain`);
    return { email: email.value, shown: shownAddress(email.value) };
  });

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

/** The text of a mail's HTML as a browser shows and copies it. */
export const printedText = (html: string): string =>
  html
    .replace(/^[^]*<body/, '<body')
    .replace(/<br>\n/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#?\w+);/g, (entity, name: string) => entities[name] ?? entity);
