import { expect, test } from 'vitest';
import { toCsv } from '../../functions/console/app/parts/csv.ts';

test('a table becomes lines of quoted cells', () => {
  expect(
    toCsv([
      ['Name', 'Said'],
      ['Ada', 'so, "yes"\nno'],
    ]),
  ).toBe('\uFEFF"Name","Said"\r\n"Ada","so, ""yes""\nno"\r\n');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\n=1', '＝1', '=HYPERLINK("http://evil.example")'])(
  'a spreadsheet takes %j for text, not for a formula',
  (text) => expect(toCsv([[text]])).toBe(`\uFEFF"'${text.replaceAll('"', '""')}"\r\n`),
);

test('names and addresses stay as they are', () => {
  expect(toCsv([['Ada Lovelace', 'ada+web@example.com', 'Jean-Luc']])).toBe(
    '\uFEFF"Ada Lovelace","ada+web@example.com","Jean-Luc"\r\n',
  );
});
