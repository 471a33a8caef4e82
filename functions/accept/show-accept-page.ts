import { createHash } from 'node:crypto';
import { ok } from '../../shared/result.ts';
import markup from './page.html?inline';
import script from './page-script.ts?inline';
import style from './page.css?inline';

/** The page is the same for every link, because the token is in the fragment, which only the browser knows. */
const page = markup.replace('/*style*/', () => style).replace('/*script*/', () => script);

/** The source expression of the content security policy that allows exactly the content of this element. */
const sourceHash = (tag: 'script' | 'style'): string => {
  const text = page.slice(page.indexOf(`<${tag}>`) + tag.length + 2, page.indexOf(`</${tag}>`));
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
};

export const pageHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    `script-src ${sourceHash('script')}`,
    `style-src ${sourceHash('style')}`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
};

export const showAcceptPage = () => async () => ok(page);
