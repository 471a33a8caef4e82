import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toCsv } from '../../functions/console/app/parts/csv.ts';
import { decodeText } from '../../functions/console/app/parts/decode-text.ts';
import { parseCsv } from '../../functions/console/app/parts/parse-csv.ts';

const cellsOf = (text: string) => parseCsv(text).rows.map(({ cells }) => cells);

test.each([
  ['commas', 'a,b\r\n1,"2,5"\r\n'],
  ['semicolons', 'a;b\r\n1;2,5\r\n'],
  ['tabs', 'a\tb\n1\t2,5\n'],
  ['Excel’s line that names the separator', 'sep=;\r\na;b\r\n1;"2,5"'],
  ['carriage returns', 'a;b\r1;2,5\r'],
  ['spaces and empty lines', ' a ; b \n\n;\n 1;  2,5\n\n'],
])('a table with %s is read', (_, text) => {
  expect(cellsOf(text)).toEqual([
    ['a', 'b'],
    ['1', '2,5'],
  ]);
});

test('quoted cells keep separators, quotation marks and line breaks, and each row has its line number', () => {
  expect(parseCsv('name,said\r\n"Ada","so, ""yes""\r\nno"\r\n\r\n5" disk,x').rows).toEqual([
    { line: 1, cells: ['name', 'said'] },
    { line: 2, cells: ['Ada', 'so, "yes"\r\nno'] },
    { line: 5, cells: ['5" disk', 'x'] },
  ]);
});

test('a quotation mark that is never closed is reported with its line', () => {
  expect(parseCsv('a,b\n1,"2\n3,4')).toEqual({ rows: [{ line: 1, cells: ['a', 'b'] }], unclosedAt: 2 });
});

test('an exported file is read back unchanged', () => {
  const cell = fc.string({ unit: 'grapheme' }).map((text) => text.trim());
  const row = fc.tuple(cell, cell, cell).filter((cells) => cells.some((text) => text !== ''));
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), (rows) => {
      const [, ...read] = cellsOf(decodeText(new TextEncoder().encode(toCsv([['x', 'y', 'z'], ...rows]))));
      expect(read).toEqual(rows);
    }),
    { examples: [[[["'=1", '=1', "''"]]]] },
  );
});

test.each([
  ['UTF-8', [0x7a, 0xc3, 0xbc]],
  ['UTF-8 with its mark', [0xef, 0xbb, 0xbf, 0x7a, 0xc3, 0xbc]],
  ['UTF-16, little endian', [0xff, 0xfe, 0x7a, 0, 0xfc, 0]],
  ['UTF-16, big endian', [0xfe, 0xff, 0, 0x7a, 0, 0xfc]],
  ['UTF-16 without a mark', [0x7a, 0, 0xfc, 0]],
  ['Windows-1252', [0x7a, 0xfc]],
])('a file in %s is read', (_, bytes) => {
  expect(decodeText(new Uint8Array(bytes))).toBe('zü');
});
