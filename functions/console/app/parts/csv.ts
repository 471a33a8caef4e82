/**
 * A table as CSV (RFC 4180) that is safe to open in a spreadsheet: a cell that would be taken for a formula (OWASP, “CSV
 * injection”) begins with an apostrophe.
 */
export const toCsv = (rows: readonly (readonly string[])[]): string =>
  // The mark tells Excel that it is UTF-8.
  `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;

const cell = (text: string): string => `"${harmless(text).replaceAll('"', '""')}"`;

/** Also after apostrophes, so that `withoutApostrophe` returns every cell as it was. */
const formula = /^'*\s*[=+\-@\t\r\n＝＋－＠]/;

const harmless = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** A cell as it was before `toCsv` made it harmless. */
export const withoutApostrophe = (text: string): string =>
  text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text;
