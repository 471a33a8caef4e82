import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePasted, readPasted } from '../../shared/invites/parse-pasted.ts';
import { normalizeEmail } from '../../shared/invites/email-address.ts';
import { withoutHiddenCharacters } from '../../shared/pasted-text.ts';
import { anyCodeUnits, anyText } from './any-text.ts';

const [ada, eve, jane] = ['ada@x.example', 'eve+1@y.example', 'j@z.example'];

describe('a pasted list of addresses', () => {
  test.each([
    { what: 'of nothing is empty', pasted: '', found: [] },
    { what: 'of separators is empty', pasted: ' ,;\t\r\n, ;', found: [] },
    { what: 'may be one address', pasted: ada, found: [ada] },
    { what: 'is separated by commas', pasted: `${ada},${eve}, ${jane}`, found: [ada, eve, jane] },
    { what: 'is separated by semicolons', pasted: `${ada};${eve}; ${jane};`, found: [ada, eve, jane] },
    { what: 'is separated by spaces', pasted: ` ${ada} ${eve}  ${jane} `, found: [ada, eve, jane] },
    {
      what: 'is separated by the spaces of web pages',
      pasted: `${ada}\u00a0${eve}\u2003${jane}`,
      found: [ada, eve, jane],
    },
    { what: 'is separated by tabs, as from a spreadsheet', pasted: `${ada}\t${eve}\t${jane}`, found: [ada, eve, jane] },
    { what: 'is separated by lines', pasted: `${ada}\n${eve}\n\n${jane}\n`, found: [ada, eve, jane] },
    { what: 'is separated by the lines of Windows', pasted: `${ada}\r\n${eve}\r\n${jane}`, found: [ada, eve, jane] },
    { what: 'is separated by all of them', pasted: `${ada}; ${eve},\n\t${jane}`, found: [ada, eve, jane] },
    { what: 'may name an address twice', pasted: `${ada} ${ada}`, found: [ada, ada] },
    { what: 'keeps the case', pasted: 'Ada@X.example', found: ['Ada@X.example'] },
  ])('$what', ({ pasted, found }) => {
    expect(parsePasted(pasted)).toEqual(found);
  });
});

describe('an address with a name', () => {
  test.each([
    { what: 'of one word', pasted: `Ada <${ada}>` },
    { what: 'of many words', pasted: `Ada King Lovelace <${ada}>` },
    { what: 'in quotes', pasted: `"Ada Lovelace" <${ada}>` },
    { what: 'with a comma in quotes', pasted: `"Lovelace, Ada" <${ada}>` },
    { what: 'with quotes in quotes', pasted: String.raw`"Ada \"the first\" Lovelace" <${ada}>` },
    { what: 'partly in quotes', pasted: `Dr. "Ada" Lovelace <${ada}>` },
    { what: 'of no letters', pasted: `"" <${ada}>` },
    { what: 'and no space between', pasted: `Ada<${ada}>` },
    { what: 'and spaces in the brackets', pasted: `Ada < ${ada} >` },
    { what: 'that is the address', pasted: `${ada} <${ada}>` },
    { what: 'that is the address in quotes', pasted: `"${ada}" <${ada}>` },
    { what: 'that is the address in single quotes', pasted: `'${ada}' <${ada}>` },
    { what: 'as a mail program copies a link', pasted: `Ada Lovelace <mailto:${ada}>` },
    { what: 'that is the address, as a mail program copies a link', pasted: `${ada} <mailto:${ada}>` },
  ])('$what is that address', ({ pasted }) => {
    expect(parsePasted(pasted)).toEqual([ada]);
    expect(parsePasted(`${eve}, ${pasted}; ${jane}`)).toEqual([eve, ada, jane]);
  });

  test('keeps an address before the name, which is another one', () => {
    expect(parsePasted(`${eve} Ada <${ada}>`)).toEqual([eve, ada]);
    expect(parsePasted(`${eve} <${ada}>`)).toEqual([eve, ada]);
  });

  test('takes no word of the line before it for its name', () => {
    expect(parsePasted(`nobody\nAda <${ada}>`)).toEqual(['nobody', ada]);
  });
});

describe('a link to an address', () => {
  test.each([
    { what: 'by itself', pasted: `mailto:${ada}` },
    { what: 'in capitals', pasted: `MAILTO:${ada}` },
    { what: 'with a subject', pasted: `mailto:${ada}?subject=Hello&cc=x` },
    { what: 'in brackets', pasted: `<mailto:${ada}?subject=Hello%20there>` },
  ])('$what is that address', ({ pasted }) => {
    expect(parsePasted(pasted)).toEqual([ada]);
  });
});

/** Lists as programs copy or export them. Each is read as the addresses in it: no name is an error. */
describe('a list from', () => {
  test.each([
    { from: 'Excel: two columns', pasted: `Ada King\t${ada}\r\nEve Byron\t${eve}\r\n`, found: [ada, eve] },
    {
      from: 'Excel: a header, a byte order mark and other columns',
      pasted: `\ufeffName\tE-Mail\tPhone\tJoined\r\nAda King\t${ada}\t+44 20 7946\t2026-01-05\r\n王小明\t${eve}\t\tR&D\r\n`,
      found: [ada, eve],
    },
    { from: 'Excel: one column with a header', pasted: `Email\r\n${ada}\r\n${eve}\r\n`, found: [ada, eve] },
    { from: 'Excel: one column with a header in Japanese', pasted: `メール\n${ada}\n${eve}`, found: [ada, eve] },
    {
      from: 'a CSV file with semicolons',
      pasted: `Name;Vorname;E-Mail;Firma\nKönig;Åsa;${ada};Acme.com\no'neill;mary;${eve};\n`,
      found: [ada, eve],
    },
    {
      from: 'a CSV file with commas and quotes',
      pasted: `"Name","Email"\n"King, Ada ""the first""","${ada}"\n"Byron, Eve","${eve}"\n`,
      found: [ada, eve],
    },
    {
      from: 'Google Contacts',
      pasted: `First Name,Last Name,E-mail 1 - Label,E-mail 1 - Value\nAda,King,* Work,${ada} ::: ${jane}\nEve,Byron,,${eve}`,
      found: [ada, jane, eve],
    },
    { from: 'Google: Gmail', pasted: `Ada King <${ada}>, "Byron, Eve" <${eve}>, ${jane},`, found: [ada, eve, jane] },
    { from: 'Outlook', pasted: `King, Ada <${ada}>; de Byron, Eve <${eve}>; ${jane}`, found: [ada, eve, jane] },
    { from: 'Outlook in lower case', pasted: `king, ada <${ada}>; byron, eve <${eve}>`, found: [ada, eve] },
    { from: 'Outlook with quotes', pasted: `'King, Ada' <${ada}>; 'Eve' <${eve}>`, found: [ada, eve] },
    {
      from: 'Outlook with a title',
      pasted: `King, Ada (Finance) <${ada}>; Eve, Dr. [Acme] <${eve}>`,
      found: [ada, eve],
    },
    { from: 'Outlook as text', pasted: `Ada King [mailto:${ada}]; ${eve}<mailto:${eve}>`, found: [ada, eve] },
    { from: 'Exchange', pasted: `SMTP:${ada};smtp:${eve}`, found: [ada, eve] },
    {
      from: 'the header of a mail',
      pasted: `From: Ada King <${ada}>\nSent: Monday, 5 January 2026 10:00\nTo: Eve <${eve}>; ${jane}\nSubject: Our budget`,
      found: [ada, eve, jane],
    },
    { from: 'a German header', pasted: `An: "König, Åsa" <${ada}>\nBetreff: Hallo`, found: [ada] },
    { from: 'a Chinese header', pasted: `收件人：王小明 <${ada}>；李雷 <${eve}>\n主题：你好`, found: [ada, eve] },
    { from: 'East Asia', pasted: `${ada}、${eve}，${jane}；${ada}､${eve}。`, found: [ada, eve, jane, ada, eve] },
    {
      from: 'East Asia with names',
      pasted: `田中 太郎＜${ada}＞、김민준(${eve})、王小明（${jane}）`,
      found: [ada, eve, jane],
    },
    { from: 'Arabic text', pasted: `علی‌رضا ${ada}، ${eve}؛ ${jane}`, found: [ada, eve, jane] },
    { from: 'a sentence', pasted: `Please invite ${ada}, ${eve} and ${jane}.`, found: [ada, eve, jane] },
    { from: 'a list with full stops', pasted: `${ada}.\n${eve}.\n${jane}。`, found: [ada, eve, jane] },
    { from: 'a list with bullets', pasted: `• ${ada}\n- ${eve}\n3. ${jane}\n* ${ada}`, found: [ada, eve, jane, ada] },
    { from: 'Word', pasted: `“King, Ada” <${ada}>, ‘${eve}’, „${jane}“, «${ada}»`, found: [ada, eve, jane, ada] },
    {
      from: 'a text with brackets',
      pasted: `(${ada}) [${eve}] {${jane}} <${ada}>`,
      found: [ada, eve, `{${jane}`, ada],
    },
    { from: 'Markdown', pasted: `[Ada](mailto:${ada}), **${eve}**, \`${jane}\``, found: [ada, eve, jane] },
    {
      from: 'a table in Markdown',
      pasted: `| Name | Mail |\n| --- | --- |\n| Ada | ${ada} |\n| Eve | ${eve} |`,
      found: [ada, eve],
    },
    {
      from: 'a page with zero-width characters',
      pasted: `\u200b${ada}\u200b,\u2060 ${eve}\u00ad\ufeff`,
      found: [ada, eve],
    },
    { from: 'a mail of ours', pasted: 'ada\u2060@\u2060x\u2060.\u2060example', found: [ada] },
    { from: 'Windows, with marks of direction', pasted: `\u202a${ada}\u202c \u200e${eve}`, found: [ada, eve] },
    { from: 'a link', pasted: `mailto:${ada},eve%2B1@y.example?cc=${jane}&subject=Hi%2C%20there`, found: [ada, eve] },
    {
      from: 'contact cards',
      pasted: `BEGIN:VCARD\nFN:Ada King\nTEL;TYPE=CELL:+44\nEMAIL;TYPE=INTERNET:${ada}\nEND:VCARD`,
      found: [ada],
    },
    { from: 'names over addresses', pasted: `Ada King\n${ada}\n\nEve Byron\n${eve}\n`, found: [ada, eve] },
    { from: 'names under addresses', pasted: `${ada}\nAda King\n${eve}\n王小明\n`, found: [ada, eve] },
    { from: 'a chat', pasted: `Ada King @ada ${ada}\nEve @eve ${eve}`, found: [ada, eve] },
  ])('$from', ({ pasted, found }) => {
    expect(readPasted(pasted)).toEqual({ entries: found, names: [] });
  });

  test('a domain that is spelled with a joiner', () => {
    expect(parsePasted('علی‌رضا <ada@نامه\u200cای.com>').map(normalizeEmail)).toEqual([
      { ok: true, value: 'ada@xn--mgba3gch31f060k.com' },
    ]);
  });
});

describe('what cannot be read', () => {
  test.each([
    { what: 'a word', pasted: 'nobody', found: ['nobody'] },
    { what: 'a word in a list', pasted: `${ada}, nobody, ${eve}`, found: [ada, 'nobody', eve] },
    {
      what: 'a word on a line of its own',
      pasted: `${ada}\nnot-an-address\n${eve}`,
      found: [ada, 'not-an-address', eve],
    },
    { what: 'words in lower case', pasted: `${ada}\nnot an address\n${eve}`, found: [ada, 'not an address', eve] },
    { what: 'no at sign', pasted: `${ada}, ada.x.example`, found: [ada, 'ada.x.example'] },
    { what: 'an at sign in letters', pasted: `grace(at)x.example, ${ada}`, found: ['grace(at)x.example', ada] },
    { what: 'an at sign in letters, with a name', pasted: 'Ada\tada [at] x.example', found: ['ada [at] x.example'] },
    { what: 'spaces around the at sign', pasted: 'ada @ x.example', found: ['ada @ x.example'] },
    { what: 'no domain', pasted: `Alan alan@, ${ada}`, found: ['alan@', ada] },
    { what: 'no local part', pasted: '@x.example', found: ['@x.example'] },
    { what: 'letters with accents', pasted: `Jürgen jürgen@x.example\t${ada}`, found: ['jürgen@x.example', ada] },
    { what: 'two at signs', pasted: 'a@b@c.example', found: ['a@b@c.example'] },
    { what: 'a comment', pasted: 'ada(work)@x.example', found: ['ada(work)@x.example'] },
    { what: 'a URL with a user', pasted: 'https://ada@x.example', found: ['https://ada@x.example'] },
    { what: 'a link to nobody', pasted: 'mailto:', found: ['mailto:'] },
    { what: 'a link with a wrong percent sign', pasted: 'mailto:50%@x.example', found: ['50%@x.example'] },
    { what: 'a full-width at sign', pasted: 'ada＠x.example', found: ['ada＠x.example'] },
    { what: 'an override of direction', pasted: 'ada\u202e@x.example', found: ['ada\u202e@x.example'] },
  ])('stays: $what', ({ pasted, found }) => {
    expect(readPasted(pasted)).toEqual({ entries: found, names: [] });
  });
});

describe('a name without an address', () => {
  test.each([
    { what: 'alone', pasted: 'Ada King', found: [], names: ['Ada King'] },
    { what: 'with empty brackets', pasted: `Ada <>, ${eve}, ${jane}`, found: [eve, jane], names: ['Ada'] },
    { what: 'in quotes, in a list', pasted: `${ada}; "King, Ada"; ${eve}`, found: [ada, eve], names: ['King, Ada'] },
    { what: 'in a list', pasted: `${ada}; Ben Byron; ${eve}`, found: [ada, eve], names: ['Ben Byron'] },
    {
      what: 'in a row without an address',
      pasted: `Name\tMail\nAda King\t${ada}\n王\t小明\t42\nEve\t${eve}`,
      found: [ada, eve],
      names: ['王 小明'],
    },
  ])('is told apart from what cannot be read: $what', ({ pasted, found, names }) => {
    expect(readPasted(pasted)).toEqual({ entries: found, names });
  });
});

const addresses = fc
  .tuple(fc.stringMatching(/^[a-z0-9][a-z0-9.+_-]{0,8}$/), fc.stringMatching(/^[a-z0-9-]{1,8}$/))
  .map(([local, domain]) => `${local}@${domain}.example`);
const separators = fc
  .array(fc.constantFrom(',', ';', ' ', '\t', '\n', '\r\n', '\u00a0'), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''));
/** How an address is written, before a separator that ends its line or item. */
const written = fc.constantFrom<(address: string) => string>(
  (address) => address,
  (address) => `<${address}>`,
  (address) => `Ada King <${address}>`,
  (address) => `"King, Ada; of Lovelace" <${address}>`,
  (address) => `${address} <mailto:${address}>`,
);

describe('for every list', () => {
  test('each address is found in its order, whatever separates them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(addresses, separators)), (list) => {
        const pasted = list.map(([address, separator]) => address + separator).join('');
        expect(parsePasted(pasted)).toEqual(list.map(([address]) => address));
      }),
    );
  });

  test('each address is found in its order, however it is written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(addresses, written, fc.constantFrom(',', ';', '\n', '\r\n', ', ', ';\t'))),
        (list) => {
          const pasted = list.map(([address, write, separator]) => write(address) + separator).join('');
          expect(parsePasted(pasted)).toEqual(list.map(([address]) => address));
        },
      ),
    );
  });
});

/** Names of people in eight scripts. */
const names = fc.constantFrom(
  'Ada King',
  'Zoë O’Neill',
  "o'neill, mary",
  'de la Cruz',
  'Łukasz Żak',
  'Анна-Мария Иванова',
  'Γιώργος',
  'علی\u200cرضا رضایی',
  'דנה כהן',
  '王小明',
  '田中 太郎',
  '김민준',
  'ශ්\u200dරීමාලි',
  'प्रिया शर्मा',
  'J.R.R. Tolkien',
  'Dr. No',
);
/** How programs write a person, before a separator that ends the item. */
const people = fc.constantFrom<(name: string, address: string) => string>(
  (name, address) => `${name} <${address}>`,
  (name, address) => `"${name}" <${address}>`,
  (name, address) => `“${name}” <${address}>`,
  (name, address) => `'${name}' <mailto:${address}>`,
  (name, address) => `${name} (${address})`,
  (name, address) => `${name.replaceAll(',', '')} ${address}.`,
  (name, address) => `${name}＜${address}＞`,
);

describe('for every list of people', () => {
  test('each address is found in its order, and no name is an error', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(names, addresses, people), { minLength: 1 }),
        fc.constantFrom(', ', '; ', '、', '，', '；', '\n', '\r\n', ';\n', ' ,\u200b'),
        (list, separator) => {
          const pasted = list.map(([name, address, write]) => write(name, address)).join(separator);
          expect(readPasted(pasted)).toEqual({ entries: list.map(([, address]) => address), names: [] });
        },
      ),
    );
  });

  test('each address of a spreadsheet is found in its order, with and without a header', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(names, addresses), { minLength: 2 }),
        fc.constantFrom('\t', ';', ','),
        fc.constantFrom('', 'Name|E-Mail|Office\r\n', '氏名|メール|部署\r\n', '\ufeff'),
        (list, separator, header) => {
          const cell = (text: string) => (/[,;"]/.test(text) ? `"${text}"` : text);
          const rows = list.map(([name, address]) => [name, address, 'Berlin'].map(cell).join(separator));
          const pasted = header.replaceAll('|', separator) + rows.join('\r\n');
          expect(readPasted(pasted)).toEqual({ entries: list.map(([, address]) => address), names: [] });
        },
      ),
    );
  });
});

const pieces = fc
  .array(
    fc.constantFrom(
      '"',
      '<',
      '>',
      '\\',
      ',',
      ';',
      ' ',
      '\n',
      '\r',
      '\t',
      "'",
      '@',
      'a',
      'a@b.c',
      'Ada',
      '?',
      '、',
      '(',
    ),
  )
  .map((parts) => parts.join(''));
const anyPaste = fc.oneof(anyText(), anyCodeUnits(), pieces);

describe('for every text', () => {
  test('every address is in the result', () => {
    fc.assert(
      fc.property(pieces, (text) => {
        const found = parsePasted(text).join('\n');
        for (const [address] of text.matchAll(/[a-z]+@[a-z]+\.[a-z]+/g)) expect(found).toContain(address);
      }),
      { numRuns: 1_000 },
    );
  });

  test('of one line without an at sign, every word is an entry or a part of a name', () => {
    fc.assert(
      fc.property(anyPaste, (text) => {
        const line = withoutHiddenCharacters(text).replace(/[@"\\<>＜＞〈〉《》]|\p{Cc}|[\u2028\u2029]/gu, ' ');
        const { entries, names: left } = readPasted(line);
        for (const word of line.split(/[\s,;、，；､﹐﹑﹔،؛]+/u))
          if (/[\p{L}\p{N}]/u.test(word)) expect([...entries, ...left].join('\n')).toContain(word);
      }),
      { numRuns: 1_000 },
    );
  });

  test('nothing in the result is empty or made up', () => {
    fc.assert(
      fc.property(anyPaste, (text) => {
        const { entries, names: left } = readPasted(text.replace(/\\|""|%/g, ''));
        for (const each of [...entries, ...left]) {
          expect(each).not.toBe('');
          for (const word of each.split(' '))
            expect(withoutHiddenCharacters(text).replace(/\\|""|%/g, '')).toContain(word);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

test.each([
  { what: 'names and addresses', pasted: `"Doe, Jane" <${jane}>\n`.repeat(40_000), count: 40_000 },
  { what: 'brackets', pasted: '< '.repeat(500_000), count: 0 },
  { what: 'quotes', pasted: '"“'.repeat(500_000), count: 0 },
  { what: 'at signs', pasted: '@'.repeat(1_000_000), count: 1 },
  { what: 'one word', pasted: 'a@('.repeat(330_000), count: 1 },
])('a megabyte of $what is read without delay', ({ pasted, count }) => {
  expect(parsePasted(pasted)).toHaveLength(count);
});
