/**
 * A table as CSV (RFC 4180) that is safe to open in a spreadsheet: a cell that would be taken for a formula (OWASP, “CSV
 * injection”) begins with an apostrophe.
 */
export const toCsv = (rows: readonly (readonly string[])[]): string =>
  // The byte order mark tells Excel that the file is in UTF-8.
  `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;

const cell = (text: string): string => `"${harmless(text).replaceAll('"', '""')}"`;

/** Also matches after apostrophes, so that `withoutApostrophe` restores every cell exactly. */
const formula = /^'*\s*[=+\-@\t\r\n＝＋－＠]/;

const harmless = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** Removes the apostrophe that `toCsv` put before a formula. */
export const withoutApostrophe = (text: string): string =>
  text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text;
