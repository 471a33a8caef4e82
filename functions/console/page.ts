import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { everyAnswer } from '../http/response.ts';
import loadFiles from './app/load-files.ts?inline';
import markup from './page.html?inline';
import { settingsFromEnvironment } from './settings.ts';

/** See infra/constructs/bundle-console.ts. */
interface Files {
  script: string;
  style: string;
}

const settings = settingsFromEnvironment();
const files = JSON.parse(readFileSync(path.join(import.meta.dirname, 'files.json'), 'utf8')) as Files;

const html = markup
  .replace('{script}', files.script)
  .replace('{style}', files.style)
  .replace(/\s*\/\*load-files\*\/\s*/, () => loadFiles)
  // A `<` could end the element that carries it.
  .replace('{settings}', () => JSON.stringify(settings).replaceAll('<', '\\u003c'));

const policy = [
  "default-src 'none'",
  `script-src 'self' 'sha256-${createHash('sha256').update(loadFiles).digest('base64')}'`,
  "style-src 'self'",
  `connect-src 'self' ${new URL(settings.signInUrl).origin}`,
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The one page of the console. */
export const page: APIGatewayProxyStructuredResultV2 = {
  statusCode: 200,
  headers: {
    ...everyAnswer,
    'cache-control': 'no-cache',
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  },
  body: html,
};
