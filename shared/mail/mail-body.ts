/** What a mail says, before it is laid out. Texts are plain; `names` come from people and are made harmless. */
export interface MailContent {
  heading: string;
  paragraphs: string[];
  /** A quoted text that a person wrote. */
  quote?: string | undefined;
  button?: { label: string; url: string };
  closing: string[];
}

/** A name in a mail: mail programs make links of what looks like an address, so its dots, colons, slashes and at signs are kept from joining. */
export const inert = (name: string): string => name.replace(/[.:/@]/g, (sign) => `\u2060${sign}\u2060`);

/** A header's text: one line. */
export const headerText = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

/** Whatever a mail program may begin a new line at. */
const lineEnd = /\r\n|[\r\n\v\f\u0085\u2028\u2029]/;

export const mailText = ({ heading, paragraphs, quote, button, closing }: MailContent): string =>
  [
    heading,
    ...paragraphs,
    ...(quote
      ? [
          quote
            .split(lineEnd)
            .map((line) => `> ${line}`)
            .join('\n'),
        ]
      : []),
    ...(button ? [`${button.label}:\n${button.url}`] : []),
    ...closing,
  ].join('\n\n') + '\n';

export const mailHtml = ({ heading, paragraphs, quote, button, closing }: MailContent): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(heading)}</title>
<style>
@media (prefers-color-scheme: dark) {
  .page { background: #14181f !important; }
  .card { background: #1e242e !important; color: #e8ebf0 !important; }
  .quiet { color: #a7b0bf !important; }
  .quote { border-color: #4a5567 !important; }
}
</style>
</head>
<body class="page" style="margin:0;background:#f2f4f7;font-family:Arial,Helvetica,sans-serif">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;color:#16191f;border-radius:8px"><tr><td style="padding:28px 32px;font-size:16px;line-height:1.5">
<h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">${escapeHtml(heading)}</h1>
${paragraphs.map((text) => `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`).join('\n')}
${quote ? `<p class="quote" style="margin:0 0 16px;padding-left:12px;border-left:3px solid #c6cdd8;white-space:pre-line">${escapeHtml(quote)}</p>` : ''}
${button ? mailButton(button) : ''}
${closing.map((text) => `<p class="quiet" style="margin:0 0 8px;font-size:13px;color:#5a6577">${escapeHtml(text)}</p>`).join('\n')}
</td></tr></table>
</td></tr></table>
</body>
</html>
`;

const mailButton = ({ label, url }: { label: string; url: string }): string =>
  `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:8px 0 24px"><tr><td style="background:#0b5cad;border-radius:6px"><a href="${escapeHtml(url)}" style="display:inline-block;padding:12px 24px;color:#ffffff;font-weight:bold;text-decoration:none">${escapeHtml(label)}</a></td></tr></table>`;

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);
