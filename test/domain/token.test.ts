import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatToken, inviteLink, parseToken } from '../../shared/invites/token.ts';
import { anyText } from './any-text.ts';

const organizationId = 'org_01ARZ3NDEKTSV4RRFFQ69G5FAV';
const inviteId = 'inv_01BX5ZZKBKACTAV9WEVGEMMVRZ';
/** 32 bytes in base64url. */
const secret = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd-_8';
const text = `${organizationId}.${inviteId}.${secret}`;

describe('the token of an invite', () => {
  test('is organization, invite and secret with dots between them', () => {
    expect(formatToken({ organizationId, inviteId, secret })).toBe(text);
  });

  test('reads back as it was written', () => {
    expect(parseToken(text)).toEqual({ organizationId, inviteId, secret });
  });

  test('may be pasted with white space around it', () => {
    expect(parseToken(` \r\n\t${text}\r\n`)).toEqual({ organizationId, inviteId, secret });
  });

  test('stands in the fragment of the link, which no server sees', () => {
    const link = inviteLink('https://roster.example', { organizationId, inviteId, secret });
    expect(link).toBe(`https://roster.example/invites/accept#${text}`);
    const { pathname, search, hash } = new URL(link);
    expect([pathname, search]).toEqual(['/invites/accept', '']);
    expect(parseToken(hash.slice(1))).toEqual({ organizationId, inviteId, secret });
  });
});

describe('no token is', () => {
  test.each([
    { what: 'nothing', token: '' },
    { what: 'only dots', token: '..' },
    { what: 'a token without its secret', token: `${organizationId}.${inviteId}.` },
    { what: 'a token without its organization', token: `${inviteId}.${secret}` },
    { what: 'a token cut at its end', token: text.slice(0, -1) },
    { what: 'a token with a letter too many', token: `${text}A` },
    { what: 'a token with a fourth part', token: `${text}.x` },
    { what: 'a token twice', token: `${text}${text}` },
    { what: 'a token on the second line', token: `x\n${text}` },
    { what: 'a token before a second line', token: `${text}\nx` },
    { what: 'a token with white space in it', token: `${organizationId}. ${inviteId}.${secret}` },
    { what: 'a whole link', token: `https://roster.example/invites/accept#${text}` },
    { what: 'a token with its sharp sign', token: `#${text}` },
    { what: 'the ids in the wrong order', token: `${inviteId}.${organizationId}.${secret}` },
    { what: 'ids of another kind', token: `${organizationId}.${inviteId.replace('inv_', 'usr_')}.${secret}` },
    { what: 'ids in lower case', token: `${organizationId.toLowerCase()}.${inviteId}.${secret}` },
    { what: 'a key of another partition', token: `${organizationId}#user#x.${inviteId}.${secret}` },
    { what: 'a short id', token: `${organizationId.slice(0, -1)}.${inviteId}.${secret}` },
    { what: 'a secret in plain base64', token: text.replace('-_8', '+/8') },
    { what: 'a secret with padding', token: `${text}=` },
    { what: 'a secret with look-alike letters', token: text.replace('AAEC', '\u0410AEC') },
    { what: 'full-width digits', token: text.replace('01AR', '\uff10\uff11AR') },
  ])('$what', ({ token }) => {
    expect(parseToken(token)).toBeUndefined();
  });
});

/** Ids as the system makes them. */
const idsOf = (kind: string) => fc.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/).map((ulid) => `${kind}_${ulid}`);

describe('for every text', () => {
  test('parsing never throws, and takes only what formats to the same text', () => {
    const near = fc
      .tuple(fc.nat(text.length), fc.nat(3), anyText(3))
      .map(([at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut));
    fc.assert(
      fc.property(fc.oneof(near, anyText()), (given) => {
        const token = parseToken(given);
        if (token) expect(formatToken(token)).toBe(given.trim());
      }),
      { numRuns: 200 },
    );
  });

  test('every token comes back from its link', () => {
    const tokens = fc.record({
      organizationId: idsOf('org'),
      inviteId: idsOf('inv'),
      secret: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
    });
    fc.assert(
      fc.property(tokens, (token) => {
        expect(parseToken(new URL(inviteLink('https://roster.example', token)).hash.slice(1))).toEqual(token);
      }),
      { numRuns: 100 },
    );
  });
});
