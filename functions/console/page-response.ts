import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { everyAnswer } from '../http/response.ts';
import { settings } from './settings.ts';

/**
 * The response with a page of ours. Its markup contains `{settings}`, which the scripts of the page read, and the placeholders that
 * are given. `sources` adds to the content security policy, by directive.
 */
export const pageResponse = (
  markup: string,
  placeholders: Record<string, string>,
  sources: { script?: string; style?: string } = {},
): APIGatewayProxyStructuredResultV2 => ({
  statusCode: 200,
  headers: {
    ...everyAnswer,
    'cache-control': 'no-cache',
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': [
      "default-src 'none'",
      ["script-src 'self'", sources.script].filter(Boolean).join(' '),
      ["style-src 'self'", sources.style].filter(Boolean).join(' '),
      `connect-src ${[...new Set(["'self'", ...[settings.signInUrl, settings.issuer].map((each) => new URL(each).origin)])].join(' ')}`,
      "img-src 'self' data:",
      "font-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  },
  body: Object.entries({
    ...placeholders,
    // A `<` could end the element that contains it.
    '{settings}': JSON.stringify(settings).replaceAll('<', '\\u003c'),
  }).reduce((html, [placeholder, text]) => html.replace(placeholder, () => text), markup),
});
