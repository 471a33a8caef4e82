/**
 * Conditional requests, compression, HEAD and methods that a path does not have, in what a function returns to API Gateway.
 * test/exhaustive/http-behaviour.test.ts shows the same of every route through the gateway.
 */
import { createHash } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Context } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Environment } from '../../functions/adapters/environment.ts';
import { etagOf as etagFor } from '../../functions/http/etag.ts';
import type { Incoming, Response } from '../../functions/http/incoming.ts';
import { lambda } from '../../functions/http/lambda.ts';
import { route } from '../../shared/api/route.ts';
import { none } from '../../shared/api/schemas.ts';
import { uncompressedBytesMax } from '../../shared/limits.ts';
import type { Services } from '../../shared/ports.ts';
import { fail, ok } from '../../shared/result.ts';

const page = {
  path: '/page',
  access: 'public',
  params: none,
  query: none,
  status: 200,
  response: z.object({ version: z.number(), text: z.string() }),
} as const;
const rows = {
  getPage: route({ ...page, method: 'GET', body: undefined, errors: [] }),
  oldPage: route({
    ...page,
    path: '/old',
    method: 'GET',
    body: undefined,
    errors: [],
    deprecated: { since: '2027-01-01', sunset: '2027-07-01' },
  }),
  changePage: route({ ...page, method: 'PATCH', body: z.strictObject({}), errors: ['stale_version'] }),
};

/** Sends a request to a function whose operations return this text and version, or refuse the request with a long detail. */
const respond = (
  { text = '', version = 1, refused = false }: { text?: string; version?: number; refused?: boolean },
  headers: Record<string, string> = {},
  routeKey = 'GET /page',
  method = routeKey.split(' ')[0] ?? '',
): Promise<Response> => {
  const answer = () => async () => (refused ? fail('forbidden', text) : ok({ version, text }));
  const handler = lambda(
    rows,
    {
      getPage: answer,
      oldPage: answer,
      changePage:
        () =>
        async (_, { ifMatch }) =>
          ifMatch === version ? ok({ version, text }) : fail('stale_version'),
    },
    { environment: {} as Environment },
    () => ({}) as Services,
  );
  const event = {
    routeKey,
    rawPath: '/page',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{}',
    requestContext: { requestId: 'r', http: { method, sourceIp: '192.0.2.1' } },
  };
  return handler(event as unknown as Incoming, { getRemainingTimeInMillis: () => 10_000 } as Context);
};

const long = 'long '.repeat(uncompressedBytesMax / 5);
const incompressible = Array.from({ length: 20 }, (_, seed) =>
  createHash('sha512').update(String(seed)).digest('base64'),
).join('');

const etagOf = ({ headers }: Response): string => String(headers?.etag);

/* The formats of RFC 9745, section 2.1, and RFC 8594, section 3. */
describe('a deprecated route announces since when it is deprecated and until when it is kept', () => {
  const announced = { deprecation: '@1798761600', sunset: 'Thu, 01 Jul 2027 00:00:00 GMT' };

  test.each([
    ['in a response', false],
    ['in a problem', true],
  ])('%s', async (_, refused) => {
    const { headers } = await respond({ refused }, {}, 'GET /old');
    expect(headers).toMatchObject(announced);
  });

  test('and no other route does', async () => {
    const { headers } = await respond({});
    expect(headers).not.toHaveProperty('deprecation');
    expect(headers).not.toHaveProperty('sunset');
  });
});

describe('a GET with If-None-Match', () => {
  test('gets 304 without a body if the caller has the current state', async () => {
    const first = await respond({ text: 'a' });
    for (const known of [etagOf(first), `W/${etagOf(first)}`, `"other", ${etagOf(first)}`, '*']) {
      const { statusCode, headers, body } = await respond({ text: 'a' }, { 'if-none-match': known });
      expect({ statusCode, body, etag: headers?.etag }).toEqual({
        statusCode: 304,
        body: undefined,
        etag: etagOf(first),
      });
      expect(headers).toMatchObject({ 'cache-control': 'no-store', vary: 'accept-encoding' });
      expect(headers).not.toHaveProperty('content-type');
    }
  });

  test('has the same ETag if DynamoDB has returned a map in another order', () => {
    expect(etagFor({ tags: { a: 1, b: 2 } })).toBe(etagFor({ tags: { b: 2, a: 1 } }));
  });

  test.each([
    ['another version', { text: 'a', version: 2 }],
    ['the same version, where something else that it shows has changed', { text: 'b' }],
  ])('gets %s', async (_, now) => {
    const first = await respond({ text: 'a' });
    expect(await respond(now, { 'if-none-match': etagOf(first) })).toMatchObject({ statusCode: 200 });
  });

  test('gets the refusal if the caller has lost the right', async () => {
    const first = await respond({ text: 'a' });
    for (const known of [etagOf(first), '*'])
      expect(await respond({ refused: true }, { 'if-none-match': known })).toMatchObject({ statusCode: 403 });
  });

  test('recognizes the state in every encoding', async () => {
    const encoded = await respond({ text: long }, { 'accept-encoding': 'br' });
    expect(etagOf(encoded)).not.toBe(etagOf(await respond({ text: long })));
    for (const encoding of ['br', 'gzip', 'identity']) {
      const headers = { 'if-none-match': etagOf(encoded), 'accept-encoding': encoding };
      expect(await respond({ text: long }, headers)).toMatchObject({
        statusCode: 304,
        headers: { etag: etagOf(encoded) },
      });
    }
  });
});

test.each([undefined, 'br'])('the ETag of a response works as If-Match: %s', async (encoding = '') => {
  const etag = etagOf(await respond({ text: long }, { 'accept-encoding': encoding }));
  const change = (version: number) => respond({ version }, { 'if-match': etag }, 'PATCH /page');
  expect(await change(1)).toMatchObject({ statusCode: 200 });
  expect(await change(2)).toMatchObject({ statusCode: 412 });
  expect(await respond({}, { 'if-match': etag, 'if-none-match': '*' }, 'PATCH /page')).toMatchObject({
    statusCode: 200,
  });
});

describe('a response above the limit', () => {
  test.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
  ])('is compressed for %s', async (accepted, encoding, decompress) => {
    const plain = await respond({ text: long });
    const { body = '', ...response } = await respond({ text: long }, { 'accept-encoding': accepted });
    expect(response).toMatchObject({
      statusCode: 200,
      isBase64Encoded: true,
      headers: { 'content-encoding': encoding, 'content-type': 'application/json', vary: 'accept-encoding' },
    });
    expect(decompress(Buffer.from(body, 'base64')).toString()).toBe(plain.body);
    expect(body.length).toBeLessThan(plain.body?.length ?? 0);
  });

  test('is compressed too if it is a refusal', async () => {
    const { headers } = await respond({ text: long, refused: true }, { 'accept-encoding': 'gzip' });
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'application/problem+json' });
  });

  test.each([
    ['the caller does not accept it', long, 'identity'],
    ['the response is small', 'short', 'br'],
    // Base64 makes a text a third longer, and the maximum size of a Lambda response applies to that.
    ['it would be longer in base64', incompressible, 'br'],
  ])('stays as it is if %s', async (_, text, accepted) => {
    const response = await respond({ text }, { 'accept-encoding': accepted });
    expect(response.body).toBe(JSON.stringify({ version: 1, text }));
    expect(response.headers).not.toHaveProperty('content-encoding');
    expect(response.headers).toMatchObject({ vary: 'accept-encoding' });
  });
});

describe('HEAD', () => {
  test.each([
    ['the object', { text: long }],
    ['a refusal', { text: long, refused: true }],
  ])('gets the headers of %s, and no body', async (_, now) => {
    const headers = { 'accept-encoding': 'br' };
    const { body: _body, isBase64Encoded: _encoded, ...get } = await respond(now, headers);
    expect(await respond(now, headers, 'HEAD /page')).toEqual(get);
  });
});

test.each(['POST', 'OPTIONS', 'HEAD'])(
  'a %s that the path does not have gets 405 and the methods it has',
  async (method) => {
    const { statusCode, headers, body } = await respond({}, {}, 'ANY /page', method);
    expect([statusCode, headers?.allow]).toEqual([405, 'GET, HEAD, PATCH']);
    expect(body === undefined).toBe(method === 'HEAD');
  },
);
