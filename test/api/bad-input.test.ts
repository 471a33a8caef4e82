import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Route } from '../../shared/api/route.ts';
import { routes } from '../../shared/api/routes.ts';
import type { Problem } from '../../shared/api/client.ts';
import { expectConforming } from '../support/conformance.ts';
import { newOrganization, take, type TestOrganization } from '../support/organization.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
let organization: TestOrganization;

beforeAll(async () => {
  organization = await newOrganization(stack);
});

interface Sent {
  status: number;
  problem: Problem;
  headers: Headers;
}

/** A request of the organization's manager, past the typed client. */
const send = async (method: string, path: string, init: RequestInit = {}): Promise<Sent> => {
  const response = await fetch(stack.endpoints.api + path, {
    method,
    ...init,
    headers: {
      authorization: `Bearer ${organization.manager.accessToken}`,
      'content-type': 'application/json',
      ...(init.headers as Record<string, string>),
    },
  });
  await expectConforming(method, new URL(response.url).pathname, response.clone(), 'bad input');
  const text = await response.text();
  return {
    status: response.status,
    problem: (text.startsWith('{') ? JSON.parse(text) : {}) as Problem,
    headers: response.headers,
  };
};

const pathOf = ({ path }: Route): string =>
  path.replace('{organizationId}', organization.id).replace(/\{(\w+)\}/g, (_, name: string) => `${name}_none`);

const rows = Object.entries<Route>(routes);
const withBody = rows.filter(([, row]) => row.body);
const pointers = ({ problem }: Sent) => problem.errors?.map(({ pointer, code }) => `${pointer} ${code}`);

describe.each(withBody)('%s', (_, row) => {
  test.each([
    ['nothing', undefined, 'invalid_json'],
    ['no JSON', '{"a":', 'invalid_json'],
    ['a key that reaches for prototypes', '{"__proto__":{"role":"member"}}', 'invalid_request'],
    ['null', 'null', 'invalid_request'],
    ['a list', '[]', 'invalid_request'],
    ['text', '"x"', 'invalid_request'],
    ['a field that nobody knows', '{"surprise":1}', 'invalid_request'],
  ])('refuses %s', async (__, body, code) => {
    const { status, problem } = await send(row.method, pathOf(row), body === undefined ? {} : { body });
    expect([status, problem.code]).toEqual([400, code]);
  });

  test('refuses another media type and a body of more than 1 MiB', async () => {
    const form = await send(row.method, pathOf(row), {
      body: 'a=b',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect([form.status, form.problem.code]).toEqual([415, 'unsupported_media_type']);
    const large = await send(row.method, pathOf(row), { body: `"${'x'.repeat(1_048_577)}"` });
    expect([large.status, large.problem.code]).toEqual([413, 'body_too_large']);
  });
});

test('whatever a body holds, the answer is one that the document describes, and never a fault', async () => {
  const oddity = fc.oneof(
    fc.constantFrom(
      null,
      true,
      -0,
      Number.MAX_VALUE,
      '',
      ' ',
      '\u0000',
      '\uD800',
      '💥',
      'a'.repeat(5_000),
      '__proto__',
      [],
      {},
      [[]],
    ),
    fc.jsonValue(),
  );
  const names = [
    'name',
    'parentId',
    'defaultOwnerId',
    'monthlyLimit',
    'emails',
    'roles',
    'message',
    'expiresInDays',
    'dryRun',
    'token',
    'password',
  ];
  const bodies = fc.dictionary(fc.constantFrom(...names, 'toString'), oddity, { maxKeys: 4 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...withBody), bodies, async ([, row], body) => {
      const { status } = await send(row.method, pathOf(row), { body: JSON.stringify(body) });
      expect(status).toBeLessThan(500);
    }),
    { numRuns: 300 },
  );
});

test('whatever a path or query holds, the answer is one that the document describes, and never a fault', async () => {
  const part = fc.oneof(
    fc.constantFrom('%00', '%2e%2e', '%F0%9F%92%A5', '%23', '%', 'a'.repeat(500)),
    fc.string().map(encodeURIComponent),
  );
  const gets = rows.filter(([, { method, path }]) => method === 'GET' && path.startsWith('/v1/organizations/'));
  const query = fc.dictionary(
    fc.constantFrom('limit', 'cursor', 'search', 'role', 'poolId', 'status', 'surprise'),
    part,
    { maxKeys: 3 },
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...gets), part, query, async ([, { path }], id, parameters) => {
      const filled = path.replace('{organizationId}', organization.id).replace(/\{\w+\}/, id || 'x');
      const search = Object.entries(parameters)
        .map((pair) => pair.join('='))
        .join('&');
      const response = await fetch(`${stack.endpoints.api}${filled}?${search}`, {
        headers: { authorization: `Bearer ${organization.manager.accessToken}` },
      });
      expect(response.status).toBeLessThan(500);
    }),
    { numRuns: 300 },
  );
});

const forge = (list: unknown, position: string): string =>
  Buffer.from(JSON.stringify([JSON.stringify(list), position])).toString('base64url');

test.each([
  ['before the search', 'users?search=a', forge(['users', 'a', null, null], 'A')],
  ['beyond the search', 'users?search=a', forge(['users', 'a', null, null], 'z')],
  ['that is empty', 'invites?limit=1', forge(['invites', null, ''], '')],
  ['longer than a key', 'invites?limit=1', forge(['invites', null, ''], 'é'.repeat(700))],
  ['with half a character', 'invites?limit=1', forge(['invites', null, ''], 'a\uD800')],
])('a forged cursor %s finds nothing or is refused', async (_, list, cursor) => {
  const { status, problem } = await send('GET', `/v1/organizations/${organization.id}/${list}&cursor=${cursor}`);
  expect([200, 400]).toContain(status);
  if (status === 400) expect(problem.code).toBe('invalid_cursor');
});

test.each(['\uFDFA'.repeat(100), '\u3316'.repeat(100), 'x'.repeat(101), ' ', 'a\u202Eb', 'a\nb'])(
  'a name that cannot be one is refused: %j',
  async (name) => {
    const body = JSON.stringify({ name, parentId: organization.rootPoolId });
    const sent = await send('POST', `/v1/organizations/${organization.id}/pools`, { body });
    expect([sent.status, new Set(sent.problem.errors?.map(({ pointer }) => pointer))]).toEqual([
      400,
      new Set(['/name']),
    ]);
  },
);

describe('a wrong field is named', () => {
  const invite = (body: object) =>
    send('POST', `/v1/organizations/${organization.id}/invites`, { body: JSON.stringify(body) });
  const member = { role: 'member' };

  test.each([
    [{ emails: [], roles: [member] }, '/emails too_small'],
    [{ emails: Array(1001).fill('a@b.example'), roles: [member] }, '/emails too_big'],
    [{ emails: [7], roles: [member] }, '/emails/0 invalid_type'],
    [{ emails: ['a@b.example'] }, '/roles missing'],
    [{ emails: ['a@b.example'], roles: [] }, '/roles too_small'],
    [{ emails: ['a@b.example'], roles: [{ role: 'Member' }] }, '/roles/0/role invalid_union'],
    [{ emails: ['a@b.example'], roles: [{ role: 'mеmber' }] }, '/roles/0/role invalid_union'],
    [{ emails: ['a@b.example'], roles: [{ role: 'manager' }] }, '/roles/0/poolId missing'],
    [{ emails: ['a@b.example'], roles: [{ role: 'member', poolId: 'x' }] }, '/roles/0/poolId unknown_field'],
    [
      {
        emails: ['a@b.example'],
        roles: [
          { role: 'manager', poolId: 'x' },
          { role: 'engineer', poolId: 'x' },
        ],
      },
      '/roles/1 duplicate_pool',
    ],
    [{ emails: ['a@b.example'], roles: [member, { role: 'organization_manager' }] }, '/roles/1 duplicate_role'],
    [{ emails: ['a@b.example'], roles: [member], expiresInDays: 31 }, '/expiresInDays too_big'],
    [{ emails: ['a@b.example'], roles: [member], expiresInDays: 1.5 }, '/expiresInDays invalid_type'],
    [{ emails: ['a@b.example'], roles: [member], message: 'x'.repeat(501) }, '/message too_big'],
    [{ emails: ['a@b.example'], roles: [member], 'a/b': 1 }, '/a~1b unknown_field'],
  ])('%j', async (body, named) => {
    expect(pointers(await invite(body))).toContain(named);
  });

  test.each(['1e400', '-0', '-1', '"10"', '1e-200', '1e13', 'null', '[]'])('a limit of %s', async (limit) => {
    const body = `{"name":"Limited","parentId":"${organization.rootPoolId}","monthlyLimit":${limit}}`;
    const sent = await send('POST', `/v1/organizations/${organization.id}/pools`, { body });
    expect([sent.status, sent.problem.errors?.map(({ pointer }) => pointer)]).toEqual([400, ['/monthlyLimit']]);
  });

  test('in the query and the headers too', async () => {
    const users = `/v1/organizations/${organization.id}/users`;
    expect(pointers(await send('GET', `${users}?limit=0`))).toEqual(['?limit too_small']);
    expect(pointers(await send('GET', `${users}?limit=ten`))).toEqual(['?limit invalid_type']);
    expect(pointers(await send('GET', `${users}?serach=x`))).toEqual(['?serach unknown_field']);
    const remove = `${users}/usr_none?successorId=usr_other`;
    expect(pointers(await send('DELETE', remove, { headers: { 'if-match': 'seven' } }))).toEqual([
      'If-Match invalid_etag',
    ]);
  });

  test('and nothing was written by any of it', async () => {
    expect(
      take(
        await organization.manager.client.listInvites({ params: organization.params, query: { limit: 100 } }),
      ).items.map(({ email }) => email),
    ).not.toContain('a@b.example');
  });
});

describe('an address under /v1 that no route has', () => {
  test('answers 404 as a problem, and 405 with the methods where only the method is wrong', async () => {
    const ask = async (method: string, path: string) => {
      const response = await fetch(stack.endpoints.api + path, {
        method,
        headers: { authorization: `Bearer ${organization.manager.accessToken}` },
      });
      return {
        status: response.status,
        allow: response.headers.get('allow'),
        type: response.headers.get('content-type'),
      };
    };
    const type = 'application/problem+json';
    expect(await ask('GET', '/v1/nothing/here')).toEqual({ status: 404, allow: null, type });
    expect(await ask('DELETE', '/v1/organizations')).toEqual({ status: 405, allow: 'POST, GET', type });
    expect(await ask('PUT', `/v1/organizations/${organization.id}/users/me`)).toEqual({
      status: 405,
      allow: 'GET, DELETE',
      type,
    });
  });

  test('is closed to who did not sign in', async () => {
    expect((await fetch(`${stack.endpoints.api}/v1/nothing`)).status).toBe(401);
  });
});
