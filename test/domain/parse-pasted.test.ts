import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePasted } from '../../shared/invites/parse-pasted.ts';
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

  test('takes no word of the line, or of the list, before it for its name', () => {
    expect(parsePasted(`nobody\nAda <${ada}>`)).toEqual(['nobody', ada]);
    expect(parsePasted(`nobody, Ada <${ada}>`)).toEqual(['nobody', ada]);
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

describe('what is no address', () => {
  test.each([
    { what: 'a word', pasted: 'nobody', found: ['nobody'] },
    { what: 'a name without an address', pasted: `Ada Lovelace, ${ada}`, found: ['Ada', 'Lovelace', ada] },
    { what: 'a name and empty brackets', pasted: 'Ada <>', found: ['Ada', '<>'] },
    { what: 'a name and brackets around a space', pasted: 'Ada < >', found: ['Ada', '< >'] },
    { what: 'a quoted name without an address', pasted: `"Lovelace, Ada", ${ada}`, found: ['Lovelace, Ada', ada] },
    { what: 'a bracket that does not close', pasted: `Ada <${ada}, ${eve}`, found: ['Ada', '<', ada, eve] },
    { what: 'a bracket that does not open', pasted: `${ada}>, ${eve}`, found: [ada, '>', eve] },
    { what: 'a quote that does not close', pasted: `"Ada\n${ada}\n${eve} 5"`, found: ['"', 'Ada', ada, eve, '5', '"'] },
    { what: 'a bracket that closes on another line', pasted: `<${ada}\n${eve}>`, found: ['<', ada, eve, '>'] },
    { what: 'two at signs', pasted: 'a@b@c.example', found: ['a@b@c.example'] },
    { what: 'a link to nobody', pasted: 'mailto:', found: ['mailto:'] },
    { what: 'two addresses in brackets', pasted: `<${ada} ${eve}>`, found: [`${ada} ${eve}`] },
  ])('$what stays, to be shown as wrong', ({ pasted, found }) => {
    expect(parsePasted(pasted)).toEqual(found);
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

/** What is between separators, quotes and brackets. */
const wordsOf = (text: string): string[] => text.split(/[\s,;"<>]+/u).filter(Boolean);

/** Whether all occur, one after the other. */
const occurInOrder = (words: string[], found: string[]): boolean => {
  const text = found.join('\n');
  let position = 0;
  return words.every((word) => {
    const at = text.indexOf(word, position);
    position = at + word.length;
    return at >= 0;
  });
};

const anyPaste = fc.oneof(
  anyText(),
  anyCodeUnits(),
  fc
    .array(fc.constantFrom('"', '<', '>', '\\', ',', ';', ' ', '\n', '\r', "'", '@', 'a', 'a@b.c', 'Ada', '?'))
    .map((parts) => parts.join('')),
);

describe('for every text', () => {
  test('without brackets, every word is in the result, in its order', () => {
    fc.assert(
      fc.property(anyPaste, (text) => {
        const pasted = text.replaceAll('<', ' ').replaceAll("'", '');
        expect(occurInOrder(wordsOf(pasted), parsePasted(pasted))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test('every word with an at sign is in the result', () => {
    fc.assert(
      fc.property(anyPaste, (text) => {
        const pasted = text.replaceAll("'", '');
        const found = parsePasted(pasted).join('\n');
        for (const word of wordsOf(pasted)) if (word.includes('@')) expect(found).toContain(word);
      }),
      { numRuns: 1_000 },
    );
  });

  test('nothing in the result is empty or made up', () => {
    fc.assert(
      fc.property(anyPaste, (text) => {
        for (const each of parsePasted(text)) {
          expect(each).not.toBe('');
          expect(text).toContain(each);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

test('a megabyte is split without delay', () => {
  expect(parsePasted(`"Doe, Jane" <${jane}>\n`.repeat(40_000))).toHaveLength(40_000);
  expect(parsePasted('< '.repeat(500_000))).toHaveLength(500_000);
});
