import { createHash } from 'node:crypto';
import type { Operation } from '../../shared/api/route.ts';
import { errorCodes, fieldErrorCodes } from '../../shared/errors.ts';
import { escapeHtml } from '../../shared/mail/mail-body.ts';
import type { platformRoutes } from '../../shared/platform/platform-routes.ts';
import { ok } from '../../shared/result.ts';
import style from './error-catalogue.css?inline';

const problemRow = (code: string, status: number, title: string): string =>
  `<tr id="${code}"><th scope="row"><code>${code}</code></th><td>${status}</td><td>${escapeHtml(title)}.</td></tr>`;

const fieldRow = (code: string, meaning: string): string =>
  `<tr id="field-${code}"><th scope="row"><code>${code}</code></th><td>${escapeHtml(meaning)}</td></tr>`;

/**
 * Lists every error code with its meaning. The `type` of a problem links to its row. The page has no scripts or other resources.
 */
const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Roster: error codes</title><link rel="icon" href="data:,"><style>${style}</style></head>
<body><main>
<h1>Error codes</h1>
<p>A request that fails returns a problem (RFC 9457) whose <code>code</code> is one of these. Codes are never renamed; titles and details may be reworded. Repeat a request only after 429 or 503, and wait as long as <code>Retry-After</code> says. The <a href="/docs">reference</a> lists the codes of each operation.</p>
<table>
<thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Meaning</th></tr></thead>
<tbody>
${Object.entries(errorCodes)
  .map(([code, [status, title]]) => problemRow(code, status, title))
  .join('\n')}
</tbody>
</table>
<h2>Codes of invalid fields</h2>
<p>A problem lists the invalid parts of a request in <code>errors</code>. Their <code>code</code> is one of the above or one of these.</p>
<table>
<thead><tr><th scope="col">Code</th><th scope="col">Meaning</th></tr></thead>
<tbody>
${Object.entries(fieldErrorCodes)
  .map(([code, meaning]) => fieldRow(code, meaning))
  .join('\n')}
</tbody>
</table>
</main></body>
</html>
`;

export const errorCatalogueHeaders = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'cache-control': 'public, max-age=300',
};

export const getErrorCatalogue: Operation<typeof platformRoutes.getErrorCatalogue> = () => async () => ok(html);
