import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalizeEmail } from '../../shared/invites/email-address.ts';
import { anyCodeUnits, anyText } from './any-text.ts';

const invalid = { ok: false, error: 'invalid_email' };

/** 63 characters: with a local part of 64 and the at sign, 128 in all: the longest user name of Cognito. */
const longDomain = `${'a'.repeat(29)}.${'b'.repeat(29)}.com`;
const longLocalPart = 'x'.repeat(64);

describe('one form for every way to write an address', () => {
  test.each([
    { what: 'is kept as it is', given: 'ada@example.com', email: 'ada@example.com' },
    { what: 'loses its capitals', given: 'Ada.King@Example.COM', email: 'ada.king@example.com' },
    { what: 'loses spaces around it', given: '  ada@example.com\t', email: 'ada@example.com' },
    { what: 'loses line ends around it', given: '\r\nada@example.com\r\n', email: 'ada@example.com' },
    { what: 'loses other white space around it', given: '\u00a0\ufeffada@example.com\u3000', email: 'ada@example.com' },
    { what: 'keeps its plus tag', given: 'ada+roster@example.com', email: 'ada+roster@example.com' },
    { what: 'keeps its dots', given: 'a.d.a@example.com', email: 'a.d.a@example.com' },
    { what: 'keeps an apostrophe', given: "o'neil@example.com", email: "o'neil@example.com" },
    {
      what: 'keeps all signs of an atom',
      given: "!#$%&'*+/=?^_`{|}~-@example.com",
      email: "!#$%&'*+/=?^_`{|}~-@example.com",
    },
    {
      what: 'keeps its plus tag and its dots, at any provider',
      given: 'A.d.a+X@Gmail.com',
      email: 'a.d.a+x@gmail.com',
    },
    { what: 'may have one letter on each side', given: 'a@b.co', email: 'a@b.co' },
    { what: 'may be of digits', given: '42@163.com', email: '42@163.com' },
    { what: 'may have many domain labels', given: 'ada@a.b.c.example.com', email: 'ada@a.b.c.example.com' },
    { what: 'may have a label of hyphens and digits', given: 'ada@x-1.example.com', email: 'ada@x-1.example.com' },
    { what: 'gets its domain in punycode', given: 'ada@bücher.de', email: 'ada@xn--bcher-kva.de' },
    { what: 'gets a domain in capitals in punycode', given: 'ada@BÜCHER.DE', email: 'ada@xn--bcher-kva.de' },
    { what: 'gets a decomposed domain in punycode', given: 'ada@bu\u0308cher.de', email: 'ada@xn--bcher-kva.de' },
    { what: 'keeps punycode', given: 'ada@XN--BCHER-KVA.de', email: 'ada@xn--bcher-kva.de' },
    { what: 'gets a top-level domain in punycode', given: 'ada@例え.テスト', email: 'ada@xn--r8jz45g.xn--zckzah' },
    { what: 'loses the word joiners of a mail', given: 'ada\u2060@\u2060x\u2060.\u2060com', email: 'ada@x.com' },
    { what: 'loses a zero-width space', given: 'a\u200bda@x.com', email: 'ada@x.com' },
    { what: 'loses a soft hyphen', given: 'a\u00adda@x.com', email: 'ada@x.com' },
    { what: 'loses a joiner of its local part', given: 'a\u200dda@x.com', email: 'ada@x.com' },
    { what: 'loses a joiner between Latin letters', given: 'ada@b\u00fc\u200ccher.de', email: 'ada@xn--bcher-kva.de' },
    { what: 'loses marks of direction', given: '\u202aada@\u200ex.com\u202c\u2069', email: 'ada@x.com' },
    { what: 'loses a byte order mark', given: '\ufeffada@x.com', email: 'ada@x.com' },
    { what: 'loses a filler', given: 'ada\u3164@x.com', email: 'ada@x.com' },
    { what: 'loses a variation selector', given: 'ada@x.com\ufe0f', email: 'ada@x.com' },
    {
      what: 'keeps a joiner that its domain is spelled with',
      given: 'ada@نامه\u200cای.com',
      email: 'ada@xn--mgba3gch31f060k.com',
    },
    { what: 'gets full-width letters of its domain as plain ones', given: 'ada@ｅｘ.com', email: 'ada@ex.com' },
  ])('an address $what', ({ given, email }) => {
    expect(normalizeEmail(given)).toEqual({ ok: true, value: email });
  });
});

describe('what is no address', () => {
  test.each([
    { what: 'nothing', given: '' },
    { what: 'spaces only', given: '   ' },
    { what: 'no at sign', given: 'example.com' },
    { what: 'only an at sign', given: '@' },
    { what: 'no local part', given: '@example.com' },
    { what: 'no domain', given: 'ada@' },
    { what: 'two at signs', given: 'ada@king@example.com' },
    { what: 'two at signs in a row', given: 'ada@@example.com' },
    { what: 'two addresses with a comma', given: 'ada@example.com,eve@example.com' },
    { what: 'two addresses with a semicolon', given: 'ada@example.com;eve@example.com' },
    { what: 'two addresses with a space', given: 'ada@example.com eve@example.com' },
    { what: 'a comma in the local part', given: 'ada,king@example.com' },
    { what: 'a comma in the domain', given: 'ada@example,com' },
    { what: 'a display name', given: 'Ada <ada@example.com>' },
    { what: 'angle brackets', given: '<ada@example.com>' },
    { what: 'a mailto link', given: 'mailto:ada@example.com' },
    { what: 'a comment', given: 'ada(work)@example.com' },
    { what: 'a quoted local part', given: '"ada king"@example.com' },
    { what: 'a quoted local part without need', given: '"ada"@example.com' },
    { what: 'a back slash', given: 'ada\\king@example.com' },
    { what: 'a space in the local part', given: 'ada king@example.com' },
    { what: 'a line end in the local part', given: 'ada\r\nBcc: eve@example.com' },
    { what: 'a carriage return in the local part', given: 'ada\rking@example.com' },
    { what: 'a line feed in the domain', given: 'ada@exam\nple.com' },
    { what: 'a tab in the domain', given: 'ada@exam\tple.com' },
    { what: 'a header after the domain', given: 'ada@example.com\r\nBcc: eve@example.com' },
    { what: 'a null character', given: 'ada\0@example.com' },
    { what: 'a null character in the domain', given: 'ada@example\0.com' },
    { what: 'a delete character', given: 'ada\x7f@example.com' },
    { what: 'a dot at the beginning', given: '.ada@example.com' },
    { what: 'a dot before the at sign', given: 'ada.@example.com' },
    { what: 'two dots in a row', given: 'ada..king@example.com' },
    { what: 'a dotless i', given: 'm\u0131ke@x.com' },
    { what: 'an I with a dot', given: 'm\u0130ke@x.com' },
    { what: 'a Cyrillic e, for a Latin one', given: 'mik\u0435@x.com' },
    { what: 'a Greek o, for a Latin one', given: 'j\u03bfe@x.com' },
    { what: 'a ligature', given: '\ufb01rst@x.com' },
    { what: 'a letter with a combining mark', given: 'zoe\u0308@x.com' },
    { what: 'a mark that writes from right to left', given: 'ada\u202e@x.com' },
    { what: 'the Kelvin sign', given: '\u212aate@x.com' },
    { what: 'a long s', given: '\u017fam@x.com' },
    { what: 'a Cyrillic a', given: '\u0430da@x.com' },
    { what: 'full-width letters in the local part', given: '\uff41da@x.com' },
    { what: 'an accent in the local part', given: 'zoë@example.com' },
    { what: 'an emoji in the local part', given: '😀@example.com' },
    { what: 'half of a surrogate pair', given: 'ada@ex\ud83dample.com' },
    { what: 'a full-width at sign', given: 'ada\uff20example.com' },
    { what: 'a domain without a dot', given: 'ada@localhost' },
    { what: 'a domain with an empty label', given: 'ada@example..com' },
    { what: 'a domain that begins with a dot', given: 'ada@.example.com' },
    { what: 'a domain that ends with a dot', given: 'ada@example.com.' },
    { what: 'a domain label that begins with a hyphen', given: 'ada@-example.com' },
    { what: 'a domain label that ends with a hyphen', given: 'ada@example-.com' },
    { what: 'an underscore in the domain', given: 'ada@exam_ple.com' },
    { what: 'a domain label of 64 characters', given: `ada@${'a'.repeat(64)}.com` },
    { what: 'an IP address', given: 'ada@127.0.0.1' },
    { what: 'a short IP address', given: 'ada@127.1' },
    { what: 'an IP address as one number', given: 'ada@2130706433' },
    { what: 'an IP address in hexadecimal', given: 'ada@0x7f.0.0.1' },
    { what: 'an IP address in full-width digits', given: 'ada@１２７.０.０.１' },
    { what: 'an IP address in brackets', given: 'ada@[127.0.0.1]' },
    { what: 'an IPv6 address', given: 'ada@[::1]' },
    { what: 'an IPv6 literal', given: 'ada@[IPv6:2001:db8::1]' },
    { what: 'a top-level domain of digits', given: 'ada@example.123' },
    { what: 'a port', given: 'ada@example.com:25' },
    { what: 'a path', given: 'ada@example.com/inbox' },
    { what: 'a path with a back slash', given: 'ada@example.com\\inbox' },
    { what: 'a query', given: 'ada@example.com?cc=eve' },
    { what: 'a fragment', given: 'ada@example.com#eve' },
    { what: 'a user of a URL', given: 'ada@eve:secret@example.com' },
    { what: 'a percent sign in the domain', given: 'ada@ex%61mple.com' },
    { what: 'a sign that unfolds to a slash', given: 'ada@\u2100.com' },
    { what: 'an asterisk in the domain', given: 'ada@*.example.com' },
  ])('$what is refused', ({ given }) => {
    expect(normalizeEmail(given)).toEqual(invalid);
  });
});

describe('an address with a look-alike', () => {
  test.each([
    { what: 'the Kelvin sign for a k', given: 'mi\u212ae@x.com', meant: 'mike@x.com' },
    { what: 'a dotless i for an i', given: 'm\u0131ke@x.com', meant: 'mike@x.com' },
    { what: 'a long s for an s', given: 'jone\u017f@x.com', meant: 'jones@x.com' },
    { what: 'full-width letters', given: '\uff4dike@x.com', meant: 'mike@x.com' },
  ])('$what is never taken for the address that it looks like', ({ given, meant }) => {
    // Folding case, or NFKC, would make them one.
    expect([given.toLowerCase(), given.toUpperCase().toLowerCase(), given.normalize('NFKC').toLowerCase()]).toContain(
      meant,
    );
    expect(normalizeEmail(given)).toEqual(invalid);
  });

  test('of other letters in the domain is another address', () => {
    expect(normalizeEmail('ada@\u0430pple.com')).toEqual({ ok: true, value: 'ada@xn--pple-43d.com' });
  });
});

describe('how long an address may be', () => {
  test('a local part of 64 characters is taken', () => {
    expect(normalizeEmail(`${longLocalPart}@example.com`)).toMatchObject({ ok: true });
  });

  test('a local part of 65 characters is refused', () => {
    expect(normalizeEmail(`${longLocalPart}x@example.com`)).toEqual(invalid);
  });

  test('128 characters are taken', () => {
    const longest = `${longLocalPart}@${longDomain}`;
    expect(longest).toHaveLength(128);
    expect(normalizeEmail(longest)).toEqual({ ok: true, value: longest });
  });

  test('129 characters are refused', () => {
    expect(normalizeEmail(`${longLocalPart}@${longDomain.replace('.com', 'c.com')}`)).toEqual(invalid);
  });

  test('255 characters are refused', () => {
    const domain = Array.from({ length: 12 }, () => 'x'.repeat(15)).join('.');
    expect(normalizeEmail(`${longLocalPart.slice(1)}@${domain}`)).toEqual(invalid);
    expect(`${longLocalPart.slice(1)}@${domain}`).toHaveLength(255);
  });

  test('spaces around do not count', () => {
    expect(normalizeEmail(`${' '.repeat(300)}ada@example.com`)).toEqual({ ok: true, value: 'ada@example.com' });
  });

  test('the length is that of the punycode, not of what was typed', () => {
    const typed = (labels: number) => `ada@${'üüüüü.'.repeat(labels)}com`;
    expect(typed(12).length).toBeLessThan(128);
    expect(normalizeEmail(typed(12))).toEqual(invalid);
    expect(normalizeEmail(typed(6))).toMatchObject({ ok: true });
  });

  test('a megabyte of dots is refused without delay', () => {
    expect(normalizeEmail(`${'a.'.repeat(500_000)}@example.com`)).toEqual(invalid);
  });
});

const domainLabels = fc.oneof(
  fc.stringMatching(/^[a-zA-Z0-9-]{1,10}$/),
  fc.stringMatching(/^[xX][nN]--[a-z0-9-]{1,8}$/),
  anyText(5),
  fc.constantFrom('com', 'ß', 'ς', '\u212a', '\u00ad', '１', '127', '0x1', 'xn--'),
);
const nearlyAddresses = fc
  .tuple(
    fc.oneof(fc.stringMatching(/^[A-Za-z0-9.+_-]{1,12}$/), anyText(8)),
    fc.array(domainLabels, { minLength: 1, maxLength: 3 }),
  )
  .map(([local, labels]) => `${local}@${labels.join('.')}`);

describe('for every text', () => {
  test('what comes out comes out again when it is normalized again', () => {
    fc.assert(
      fc.property(fc.oneof(nearlyAddresses, fc.emailAddress()), (text) => {
        const once = normalizeEmail(text);
        fc.pre(once.ok);
        expect(normalizeEmail(once.value)).toEqual(once);
      }),
      { numRuns: 300 },
    );
  });

  test('what comes out is one lower-case ASCII address with one at sign, at most 128 characters', () => {
    fc.assert(
      fc.property(fc.oneof(nearlyAddresses, fc.emailAddress()), (text) => {
        const once = normalizeEmail(text);
        fc.pre(once.ok);
        expect(once.value).toMatch(/^[\x21-\x3f\x5b-\x7e]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/);
        expect(once.value.length).toBeLessThanOrEqual(128);
      }),
      { numRuns: 300 },
    );
  });

  test('nothing makes it throw, not even half of a surrogate pair', () => {
    fc.assert(
      fc.property(fc.oneof(nearlyAddresses, anyCodeUnits()), (text) => {
        expect(() => normalizeEmail(text)).not.toThrow();
        expect(() => normalizeEmail(`ada@${text}`)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});
