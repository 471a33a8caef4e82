/**
 * A table as CSV (RFC 4180) that is safe to open in a spreadsheet: what would be taken for a formula (OWASP, “CSV
 * injection”) begins with an apostrophe.
 */
export const toCsv = (rows: string[][]): string =>
  // The mark tells Excel that it is UTF-8.
  `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;

const cell = (text: string): string => `"${harmless(text).replaceAll('"', '""')}"`;

const harmless = (text: string): string => (/^\s*[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text);
