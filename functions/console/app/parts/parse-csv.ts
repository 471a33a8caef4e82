import { withoutApostrophe } from './csv.ts';

/** A row that is not empty. */
export interface CsvRow {
  /** The line of the file that the row begins on, from 1. Quoted cells may contain line breaks. */
  line: number;
  cells: string[];
}

export interface ParsedCsv {
  rows: CsvRow[];
  /** The line of a quotation mark that is never closed. The text after that mark is not in `rows`. */
  unclosedAt?: number;
}

/**
 * Reads CSV (RFC 4180) as spreadsheets write it: with commas, semicolons or tabs, with any line breaks, and with the line
 * `sep=;` that Excel understands. Cells are trimmed.
 */
export const parseCsv = (text: string): ParsedCsv => {
  const declared = /^sep=([,;\t])\r?\n/i.exec(text);
  const body = declared ? text.slice(declared[0].length) : text;
  const separator = declared?.[1] ?? separatorOf(body);
  const token = new RegExp(
    `"((?:[^"]|"")*)("|$)|([^"${separator}\\r\\n][^${separator}\\r\\n]*)|(${separator})|(\\r\\n|\\r|\\n)`,
    'gy',
  );
  const rows: CsvRow[] = [];
  let line = declared ? 2 : 1;
  let row: CsvRow = { line, cells: [''] };
  const append = (part: string) => row.cells.push((row.cells.pop() ?? '') + part);
  const endRow = () => {
    const cells = row.cells.map((cell) => withoutApostrophe(cell.trim()));
    if (cells.some((cell) => cell !== '')) rows.push({ line: row.line, cells });
    row = { line, cells: [''] };
  };
  for (const [whole, quoted, close, plain, isSeparator, isBreak] of body.matchAll(token)) {
    if (quoted !== undefined) {
      if (close === '') return { rows, unclosedAt: line };
      append(quoted.replaceAll('""', '"'));
      line += linesIn(whole);
    } else if (plain !== undefined) append(plain);
    else if (isSeparator !== undefined) row.cells.push('');
    else if (isBreak !== undefined) {
      line += 1;
      endRow();
    }
  }
  endRow();
  return { rows };
};

const linesIn = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0;

/** The separator that is most frequent in the first line, outside of quotation marks. */
const separatorOf = (text: string): string => {
  const [first = ''] = text
    .trimStart()
    .replaceAll(/"(?:[^"]|"")*"/g, '')
    .split(/\r|\n/, 1);
  const [most = ','] = [',', ';', '\t'].toSorted((a, b) => first.split(b).length - first.split(a).length);
  return most;
};
