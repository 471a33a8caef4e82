import { describe, expect, test } from 'vitest';
import { tokenIn } from '../../functions/accept/page-link.ts';
import { inviteLink } from '../../shared/invites/token.ts';
import { linkReadingsMax, pastedLinkLettersMax } from '../../shared/limits.ts';

/** The secrets contain the characters that gateways and encodings change: hyphens and underscores, also at their ends. */
const links = [
  'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd-_8',
  '-__AwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd2D5F',
  '_--23QFBgcICQoL_5F-2D--__ODxAREhMUFRYXGBka_',
  '3DECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd9__',
].map((secret) =>
  inviteLink('https://roster.example', {
    organizationId: 'org_01ARZ3NDEKTSV4RRFFQ69G5FAV',
    inviteId: 'inv_01BX5ZZKBKACTAV9WEVGEMMVRZ',
    secret,
  }),
);
const [link = ''] = links;
const tokenOf = (text: string): string => text.slice(text.indexOf('#') + 1);
const token = tokenOf(link);

const percent = encodeURIComponent;
/** Encodes every character that is not a letter or digit, as some gateways do. */
const percentAll = (text: string): string =>
  text.replace(/[^A-Za-z0-9]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const base64url = (text: string): string => Buffer.from(text).toString('base64url');

const proofpointV2 = (text: string): string =>
  text.replace(/[^A-Za-z0-9./]/g, (sign) => `-${sign.charCodeAt(0).toString(16).toUpperCase()}`).replaceAll('/', '_');

const runLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Replaces each match by one star, or a longer match by two stars and a letter for its length. */
const proofpointV3 = (text: string, replaced: RegExp): string => {
  const characters: string[] = [];
  const starred = text.replace(replaced, (run) => {
    characters.push(run);
    return run.length === 1 ? '*' : `**${runLetters[run.length - 2]}`;
  });
  return `https://urldefense.com/v3/__${starred}__;${base64url(characters.join(''))}!!KwNVnqRv!AbCdEf-GhI_jKl$`;
};

/**
 * How gateways and mail programs rewrite a link. Sources, in addition to examples that their customers published:
 * - Safe Links: https://learn.microsoft.com/en-us/defender-office-365/safe-links-about, and, with the `#` encoded twice,
 *   https://github.com/Skyfay/SkySend/issues/68
 * - Proofpoint: https://help.proofpoint.com/Threat_Insight_Dashboard/Concepts/How_do_I_decode_a_rewritten_URL%3F
 * - Avanan: https://sc1.checkpoint.com/documents/Avanan_Admin_Guide/oxy_ex-1/Topics/click-time-protection/rewritten-avanan-url.html
 */
const gateways: Record<string, (url: string) => string> = {
  'Safe Links': (url) =>
    `https://nam02.safelinks.protection.outlook.com/?url=${percent(url)}&data=05%7C02%7Cada%40acme.example%7C0a1b%7C1000&sdata=x%2By%3D&reserved=0`,
  'Safe Links, encoded twice': (url) =>
    `https://deu01.safelinks.protection.outlook.com/?url=${percent(url.replace('#', '%23'))}&data=05%7C02&reserved=0`,
  'Safe Links in Teams': (url) =>
    `https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url=${percent(url)}&locale=en-us`,
  'Proofpoint v1': (url) =>
    `https://urldefense.proofpoint.com/v1/url?u=${percent(url)}&k=oIvRg1%2BdGAgOoM1BIlLLqw%3D%3D`,
  'Proofpoint v2': (url) =>
    `https://urldefense.proofpoint.com/v2/url?u=${proofpointV2(url)}&d=DwMFaQ&c=e_-2D&r=x&m=y&s=z&e=`,
  'Proofpoint v2, in another order': (url) => `https://urldefense.com/v2/url?d=DwMFaQ&c=e_-2D&u=${proofpointV2(url)}`,
  'Proofpoint v3': (url) => proofpointV3(url, /[^\w./:?=&~-]+/g),
  'Proofpoint v3, with more replaced': (url) => proofpointV3(url, /[^A-Za-z0-9./:]+/g),
  Barracuda: (url) =>
    `https://linkprotect.cudasvc.com/url?a=${percent(url).toLowerCase() === '' ? '' : percent(url)}&c=E,1,AbC_d-E,&typo=1`,
  Cisco: (url) => `https://secure-web.cisco.com/1aB-cD_eF/${percent(url)}`,
  Google: (url) => `https://www.google.com/url?q=${percent(url)}&source=gmail&ust=1764500000000000&usg=AOvVaw0-a_B`,
  'Google, with less encoded': (url) => `https://www.google.com/url?q=${url.replace('#', '%23')}&sa=D&source=docs`,
  Symantec: (url) => `https://clicktime.symantec.com/3AbCdEfGhI?u=${percent(url)}`,
  'Symantec.cloud': (url) =>
    `https://clicktime.cloud.postoffice.net/clicktime.php?U=${percentAll(url)}&E=ada%40acme.example&X=x&T=ACME`,
  'Trend Micro': (url) =>
    `https://imsva91-ctp.trendmicro.com:443/wis/clicktime/v1/query?url=${percentAll(url)}&umid=A1-B2&auth=c3-d4`,
  Trellix: (url) => `https://protect2.fireeye.com/v1/url?k=aa-bb-cc&q=1&e=11-22&u=${percent(url)}`,
  FortiMail: (url) => `https://mail.acme.example/fmlurlsvc/?fewReq=:B:JVoy&url=${percentAll(url)}`,
  Sophos: (url) =>
    `https://eu-west-1.protection.sophos.com?d=roster.example&u=${percent(base64(url))}&i=NWZm&t=ZGJl&h=0a1b&s=AVNPUEhUT0NFTkNSWVBUSVY`,
  Bitdefender: (url) => `https://linkscan.io/scan/ux/${base64url(url)}/0A1B2C3D4E5F?c=1&i=1&docs=1`,
  'Avanan v1': (url) => `https://avanan.url-protection.com/v1/url?o=${percent(url)}&g=NDk3&h=ZDE2&p=YXAzOmFj`,
  'Avanan v2': (url) => `https://url.avanan.click/v2/___${url}___.YXAzOmFjbWU6YTpvOjEy`,
  'Check Point': (url) => `https://protect.checkpoint.com/v2/r01/___${percent(url)}___.YzJlOmFjbWU6YzpvOjEy`,
  TitanHQ: (url) => `https://linklock.titanhq.com/analyse?url=${percent(url)}&data=eJx`,
  Libraesva: (url) => `https://urlsand.esvalabs.com/?u=${percent(url)}&e=0a1b&h=2c3d&f=y&p=n`,
  EdgePilot: (url) => `https://link.edgepilot.com/s/0a1b2c3d/AbC-dEf?u=${percent(url)}`,
  Slack: (url) => `https://slack-redir.net/link?url=${percent(url)}`,
  'the accept page, with an encoded #': (url) => url.replace('#', '%23'),
};

const quotedPrintable = (text: string): string =>
  text
    .replaceAll('=', '=3D')
    .replace(/(.{72}(?:[^=]{3}|=3D))/g, '$1=\r\n')
    .replace(/(?<=\n|^)\./g, '=2E');

const mail = (url: string): string =>
  `Join Acme\n\nMara Manager invited you to Acme.\n\nView the invitation:\n${url}\n\nThe invitation is for ada@acme.example and expires on\n30 November 2026, 14:05 UTC.\n`;

/** How a text with the link changes when it is sent, quoted or copied. */
const programs: Record<string, (text: string) => string> = {
  'nothing else': (text) => text,
  'lines of 60 letters': (text) => text.replace(/(.{60})/g, '$1\r\n'),
  'indented lines': (text) => text.replace(/(.{60})/g, '$1\n    '),
  'a quoted reply': (text) => text.replace(/(.{60})/g, '$1\n').replace(/(?<=\n|^)/g, '> '),
  'a reply to a quoted reply': (text) => text.replace(/(.{60})/g, '$1\n').replace(/(?<=\n|^)/g, '>> > '),
  'quoted-printable lines': quotedPrintable,
  'quoted-printable lines in a quoted reply': (text) => quotedPrintable(text).replace(/(?<=\n|^)/g, '> '),
  'a quoted reply in quoted-printable lines': (text) => quotedPrintable(text.replace(/(?<=\n|^)/g, '> ')),
  'HTML source': (text) => `<a href="${text.replaceAll('&', '&amp;')}" style=3D"x">View the invitation</a>`,
  'HTML source with numbers': (text) =>
    text.replaceAll('&', '&#38;').replaceAll('#', '&#x23;').replaceAll('_', '&lowbar;'),
  'characters that are not displayed': (text) => text.replace(/(.{20})/g, '$1\u200B\u2060\u00AD'),
  'other hyphens': (text) => text.replaceAll('-', '\u2011'),
  'full-width characters': (text) =>
    text.replace(/[!-~]/g, (sign) => String.fromCodePoint(sign.charCodeAt(0) + 0xfee0)),
  'angle brackets': (text) => `View the invitation <${text}> and answer`,
  Markdown: (text) => `[View the invitation](${text})`,
  'Markdown in italics': (text) => `_${text}_`,
  'the end of a sentence': (text) => `Open "${text}".`,
};

describe('the token is found', () => {
  test.each([
    token,
    `#${token}`,
    `  ${link}\n`,
    `${link}).`,
    `${link}…`,
    `${link}/`,
    `${link}&utm_source=x`,
    mail(link),
  ])('in %j', (text) => {
    expect(tokenIn(text)).toBe(token);
  });

  test.each(Object.entries(gateways))('in each link that %s rewrote', (_, gateway) => {
    for (const each of links) expect(tokenIn(gateway(each))).toBe(tokenOf(each));
  });

  test.each(Object.entries(gateways))('in a link that any other gateway rewrote before %s', (_, gateway) => {
    for (const each of links)
      for (const [inner, other] of Object.entries(gateways))
        expect([inner, tokenIn(gateway(other(each)))]).toEqual([inner, tokenOf(each)]);
  });

  test.each(Object.entries(programs))('in %s, for each link and for each rewritten link', (name, program) => {
    for (const each of links) {
      // A whole email is not tested with full-width characters, because its spaces and line breaks are never full-width.
      if (name !== 'full-width characters') expect(tokenIn(program(mail(each)))).toBe(tokenOf(each));
      for (const [inner, gateway] of Object.entries(gateways))
        expect([inner, tokenIn(program(gateway(each)))]).toEqual([inner, tokenOf(each)]);
    }
  });

  test('in a single-line field, which drops line breaks', () => {
    const oneLine = (text: string) => text.replace(/[\r\n]/g, '');
    for (const each of links) {
      expect(tokenIn(oneLine(quotedPrintable(each)))).toBe(tokenOf(each));
      expect(tokenIn(oneLine(each.replace(/(.{60})/g, '$1\n> ')))).toBe(tokenOf(each));
      for (const [name, gateway] of Object.entries(gateways)) {
        const rewritten = gateway(each);
        expect([name, tokenIn(oneLine(rewritten.replace(/(.{60})/g, '$1\n> ')))]).toEqual([name, tokenOf(each)]);
        expect([name, tokenIn(oneLine(quotedPrintable(rewritten)))]).toEqual([name, tokenOf(each)]);
      }
    }
  });

  test('in a text of the maximum length, within the limit of attempts', () => {
    const noise = '> a=3D%41 &amp; https://urldefense.com/v2/url?u=http-3A__x&d=1 aHR0cHM6Ly94 '.repeat(2_000);
    const text = noise.slice(0, pastedLinkLettersMax - 1_000);
    expect(tokenIn(`${text} ${gateways['Proofpoint v2']?.(link)}`)).toBe(token);
    expect(linkReadingsMax).toBeGreaterThan(100);
  });
});

test.each([
  { what: 'nothing', text: '' },
  { what: 'a link without its secret', text: link.slice(0, link.lastIndexOf('.')) },
  { what: 'a link that lacks a letter', text: link.slice(0, -1) },
  { what: 'a link with a letter too many', text: `${link}x` },
  { what: 'the address of the page', text: 'https://roster.example/invites/accept' },
  {
    what: 'an address that only its gateway can read',
    text: 'https://protect-eu.mimecast.com/s/AbCdEf?domain=roster.example',
  },
  { what: 'something else', text: '%23 %% &#99; =3D a.b.c #org_1.inv_2.x aHR0cHM6Ly94 /v3/__x__;!' },
])('no token is found in $what', ({ text }) => {
  expect(tokenIn(text)).toBeUndefined();
});
