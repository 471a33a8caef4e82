import { expect, test } from 'vitest';
import { tokenIn } from '../../functions/accept/page-link.ts';
import { inviteLink } from '../../shared/invites/token.ts';

const link = inviteLink('https://roster.example', {
  organizationId: 'org_01ARZ3NDEKTSV4RRFFQ69G5FAV',
  inviteId: 'inv_01BX5ZZKBKACTAV9WEVGEMMVRZ',
  secret: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd-_8',
});
const [, token = ''] = link.split('#');

test.each([
  { what: 'the link', text: link },
  { what: 'what follows the #', text: token },
  { what: 'the fragment', text: `#${token}` },
  { what: 'spaces around', text: `  ${link}\n` },
  { what: 'lines that a mail program made', text: link.replace(/(.{60})/g, '$1\r\n') },
  { what: 'lines that begin with spaces', text: link.replace(/(.{60})/g, '$1\n    ') },
  { what: 'words around', text: `See the invite: ${link} and more` },
  { what: 'the end of a sentence', text: `${link}.` },
  { what: 'brackets', text: `See the invite <${link}>` },
  { what: 'Markdown', text: `[See the invite](${link})` },
  { what: 'an address in the address', text: `https://gateway.example/?url=${encodeURIComponent(link)}&data=05%7C02` },
  { what: 'one encoded twice', text: `https://gateway.example/?u=${encodeURIComponent(encodeURIComponent(link))}` },
])('the token is found in $what', ({ text }) => {
  expect(tokenIn(text)).toBe(token);
});

test.each([
  { what: 'nothing', text: '' },
  { what: 'a link without its secret', text: link.slice(0, link.lastIndexOf('.')) },
  { what: 'a link that lacks a letter', text: link.slice(0, -1) },
  { what: 'a link with a letter too many', text: `${link}x` },
  { what: 'the address of the page', text: 'https://roster.example/invites/accept' },
  { what: 'something else', text: '%23 %% a.b.c #org_1.inv_2.x' },
])('no token is found in $what', ({ text }) => {
  expect(tokenIn(text)).toBeUndefined();
});
