import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, inject, test } from 'vitest';
import { lambdaResponseBytesMax, lambdaResponseRestBytes } from '../../shared/limits.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
const bundle = path.join(path.dirname(inject('assembly')), 'bundles/console');
const first = JSON.parse(readFileSync(path.join(bundle, 'files.json'), 'utf8')) as {
  script: string;
  style: string;
  docs: { script: string; style: string; reference: string };
};
const get = async (where: string, acceptEncoding = 'identity') =>
  fetch(`${stack.endpoints.api}${where}`, { headers: { 'accept-encoding': acceptEncoding } });

test('the console and the reference have one script and one style sheet each, and the reference has its renderer', () => {
  const { docs } = first;
  const names = [first.script, first.style, docs.script, docs.style, docs.reference];
  const stored = names.flatMap((name) => [`${name}.br`, `${name}.gz`]);
  expect(readdirSync(path.join(bundle, 'assets')).toSorted()).toEqual(stored.toSorted());
});

describe('the function that serves the console', () => {
  test.each(['/', '/console/org_1/users', '/console/signed-in?code=x'])(
    'responds to %s with its single page',
    async (where) => {
      const response = await get(where);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(await response.text()).toContain(first.script);
    },
  );

  test('lets the page load only its own files and connect only to the API and the sign-in service', async () => {
    const response = await get('/');
    const { headers } = response;
    const policy = headers.get('content-security-policy');
    const [, inline = ''] = /<script>([\s\S]*?)<\/script>/.exec(await response.text()) ?? [];
    expect(policy).toBe(
      [
        "default-src 'none'",
        `script-src 'self' 'sha256-${createHash('sha256').update(inline).digest('base64')}'`,
        "style-src 'self'",
        // On AWS, the sign-in page and the API of the user directory are at two addresses.
        `connect-src 'self' ${stack.endpoints.cognito.endpoint}`,
        "img-src 'self' data:",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
    );
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('allows inline styles on the page of the reference only', async () => {
    const [console, reference] = await Promise.all(
      ['/', '/docs'].map(async (where) => (await get(where)).headers.get('content-security-policy')?.split('; ') ?? []),
    );
    const added = reference?.filter((directive) => !console?.includes(directive));
    expect(added).toEqual(["script-src 'self'", "style-src 'self' 'unsafe-inline'"]);
  });

  /** "6 MB each for request and response". Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
  test.each(['br', 'gzip', 'identity'])(
    'can send the renderer of the reference with the encoding %s',
    async (accepted) => {
      const response = await get(`/console/assets/${first.docs.reference}`, accepted);
      const plain = gunzipSync(readFileSync(path.join(bundle, 'assets', `${first.docs.reference}.gz`)));
      expect(response.headers.get('content-encoding')).toBe(accepted === 'identity' ? null : accepted);
      expect(Buffer.from(await response.arrayBuffer()).equals(plain)).toBe(true);
      expect(JSON.stringify(plain.toString()).length).toBeLessThan(lambdaResponseBytesMax - lambdaResponseRestBytes);
    },
  );

  test('gives the page the settings of the stage, and no secret', async () => {
    const text = await (await get('/')).text();
    const settings = /<script type="application\/json" id="settings">([\s\S]*?)<\/script>/.exec(text)?.[1] ?? '';
    const { cognito } = stack.endpoints;
    expect(JSON.parse(settings)).toEqual({
      issuer: `${cognito.endpoint}/${cognito.userPoolId}`,
      clientId: cognito.clientId,
      signInUrl: cognito.endpoint,
    });
  });

  test.each([
    ['br, gzip', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['identity', null],
  ])('sends a file for Accept-Encoding %s, cached forever under its name', async (accepted, given) => {
    const response = await get(`/console/assets/${first.script}`, accepted);
    expect(response.headers.get('content-encoding')).toBe(given);
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('vary')).toBe('accept-encoding');
    const plain = gunzipSync(readFileSync(path.join(bundle, 'assets', `${first.script}.gz`)));
    expect(Buffer.from(await response.arrayBuffer()).equals(plain)).toBe(true);
  });

  test.each(['/console/assets/none-ABC.js', '/console/assets/..%2Findex.mjs', '/console/files.json'])(
    'does not find the file %s',
    async (where) => {
      const response = await get(where);
      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
    },
  );
});
