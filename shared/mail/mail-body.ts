import { subjectLettersMax, subjectNameLettersMax } from '../limits.ts';
import { shownAddress } from '../shown-address.ts';

/** The content of an email before its layout: plain texts, in which names that people chose are `inert`. */
export interface MailContent {
  heading: string;
  paragraphs: string[];
  /** A quoted text that a person wrote. */
  quote?: string | undefined;
  button?: { label: string; url: string };
  closing: string[];
  /** A link below everything else. */
  footer?: { label: string; url: string };
}

/** The word joiner, which is invisible. Every input of Roster ignores it. */
const joiner = '\u2060';

/**
 * Prevents mail programs from turning a name that people chose into a link, by a word joiner on both sides of each dot, colon,
 * slash or at sign, and of each character that browsers treat as one of them: UTS 46 maps `．` and `。` to dots. In the HTML of an
 * email, markup replaces the word joiners.
 */
export const inert = (name: string): string =>
  name.replace(signInWord, (sign) => (isSignOfLinks(sign) ? `${joiner}${sign}${joiner}` : sign));

/** An abbreviation ends with a dot, and then nothing follows that it could join. */
const signInWord = /(?<=\S)[^\p{L}\p{M}\s](?=\S)/gu;

const isSignOfLinks = (sign: string): boolean => /[.:/@\u3002]/.test(sign.normalize('NFKC'));

/**
 * An address in an email. It stays unchanged, so that it can be copied, unless its local part alone looks like a link
 * (`www.evil.example/x@y.example`).
 */
export const addressInMail = (email: string): string =>
  /^(?!www\.)[\w.+-]+@/.test(email) ? shownAddress(email) : inert(shownAddress(email));

/** The text of a header: one line, in which nothing becomes a link. */
export const headerText = (text: string): string => inert(shorten(oneLine(text), subjectLettersMax));

/** A name in a subject. It is shortened, because a long name could otherwise contain a whole message. */
export const nameInSubject = (name: string): string => shorten(oneLine(name), subjectNameLettersMax);

const oneLine = (text: string): string =>
  text
    .replaceAll(joiner, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();

/** Cuts a text to a number of user-perceived characters. A text that was cut ends with an ellipsis. */
const shorten = (text: string, length: number): string => {
  const letters = Array.from(new Intl.Segmenter('en').segment(text), ({ segment }) => segment);
  return letters.length > length
    ? `${letters
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`
    : text;
};

/** All characters that mail programs treat as line breaks. */
const lineEnd = /\r\n|[\r\n\v\f\u0085\u2028\u2029]/;

/** The maximum length of a line of text. Quoted in a reply with `> `, it has at most 78 characters (RFC 5322, 2.1.1). */
const lineLength = 76;

/** Breaks a line at spaces. Invisible characters do not count, and a word that is too long is not broken. */
const wrap = (line: string, length = lineLength): string[] => {
  const room = (text: string): number => Array.from(text.replaceAll(joiner, '')).length;
  if (room(line) <= length) return [line];
  const lines: string[] = [];
  for (const word of line.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && room(longer) <= length) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
};

const quoted = (quote: string): string[] =>
  quote
    .split(lineEnd)
    .flatMap((line) => wrap(line, lineLength - 2))
    .map((line) => `> ${line}`);

export const mailText = ({ heading, paragraphs, quote, button, closing, footer }: MailContent): string =>
  [
    ...[heading, ...paragraphs].map((text) => wrap(text)),
    ...(quote ? [quoted(quote)] : []),
    ...(button ? [[`${button.label}:`, button.url]] : []),
    ...closing.map((text) => wrap(text)),
    ...(footer ? [[`${footer.label}:`, footer.url]] : []),
  ]
    .map((lines) => lines.join('\n'))
    .join('\n\n') + '\n';

/**
 * For Outlook, which renders with Word: tables, attributes in addition to styles, the font in every element, padding by cells, and
 * its own width and line breaks. For Gmail: nothing essential in the style sheet. For phones: long words and addresses can break.
 */
export const mailHtml = ({
  heading,
  paragraphs,
  quote,
  button,
  closing,
  footer,
}: MailContent): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
<title>${escapeHtml(heading)}</title>
<style>
:root { color-scheme: light dark; }
@media (max-width: 480px) {
  .cell { padding-left: 20px !important; padding-right: 20px !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background: #14181f !important; }
  .card { background: #1e242e !important; color: #e8ebf0 !important; }
  .quiet { color: #a7b0bf !important; }
  .quote { border-color: #7b8698 !important; }
}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f2f4f7">
<table ${table} width="100%" class="page" bgcolor="#f2f4f7" style="background:#f2f4f7"><tr><td align="center" style="padding:24px 12px">
<!--[if mso]><table ${table} width="560"><tr><td><![endif]-->
<table ${table} width="100%" class="card" bgcolor="#ffffff" style="max-width:560px;background:#ffffff;color:#16191f;border-radius:8px">
${cell('28px', '16px', `<h1 style="margin:0;${font};font-size:20px;line-height:28px">${unlinkedHtml(heading)}</h1>`)}
${paragraphs.map((text) => cell('0', '16px', `<p style="margin:0;${font};font-size:16px;line-height:24px">${unlinkedHtml(text)}</p>`)).join('\n')}
${quote ? cell('0', '16px', quoteHtml(quote)) : ''}
${button ? cell('8px', '16px', buttonHtml(button)) + cell('0', '24px', bareLinkHtml(button)) : ''}
${closing.map((text) => cell('0', '8px', `<p class="quiet" style="margin:0;${font};font-size:14px;line-height:20px;color:#5a6577">${unlinkedHtml(text)}</p>`)).join('\n')}
${footer ? cell('0', '8px', `<p class="quiet" style="margin:0;${font};font-size:14px;line-height:20px;color:#5a6577"><a class="quiet" href="${escapeHtml(footer.url)}" style="color:#5a6577">${escapeHtml(footer.label)}</a></p>`) : ''}
<tr><td style="height:20px;line-height:20px;font-size:1px">&nbsp;</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>
`;

const font = 'font-family:Arial,Helvetica,sans-serif';
const table = 'role="presentation" border="0" cellpadding="0" cellspacing="0"';

const cell = (above: string, below: string, content: string): string =>
  `<tr><td class="cell" align="left" style="padding:${above} 32px ${below};overflow-wrap:anywhere;word-break:break-word">${content}</td></tr>`;

const quoteHtml = (quote: string): string =>
  `<table ${table} width="100%"><tr><td class="quote" align="left" style="padding:0 0 0 12px;border-left:3px solid #7d8898;${font};font-size:16px;line-height:24px;overflow-wrap:anywhere;word-break:break-word">${quote.split(lineEnd).map(unlinkedHtml).join('<br>\n')}</td></tr></table>`;

const buttonHtml = ({ label, url }: { label: string; url: string }): string =>
  `<table ${table}><tr><td align="center" bgcolor="#0b5cad" style="background:#0b5cad;border-radius:6px;mso-padding-alt:12px 24px"><a href="${escapeHtml(url)}" style="display:inline-block;padding:12px 24px;${font};font-size:16px;line-height:24px;font-weight:bold;color:#ffffff;text-decoration:none">${escapeHtml(label)}</a></td></tr></table>`;

/** The link for people who cannot click the button. It is plain text, because gateways rewrite text less often than links. */
const bareLinkHtml = ({ url }: { url: string }): string =>
  `<p class="quiet" style="margin:0;${font};font-size:14px;line-height:20px;color:#5a6577">If the button does not work, copy this link into your browser:<br>\n${escapeHtml(url)}</p>`;

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Escapes a text for HTML and puts markup around each character that could turn it into a link. Copying the text yields it unchanged. */
const unlinkedHtml = (text: string): string =>
  escapeHtml(inert(text.replaceAll(joiner, ''))).replace(joinedSign, '<span>$1</span>');

const joinedSign = new RegExp(`${joiner}(.)${joiner}`, 'gu');

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);
