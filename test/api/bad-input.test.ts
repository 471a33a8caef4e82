import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Route } from '../../shared/api/route.ts';
import { routes, type RouteName } from '../../shared/api/routes.ts';
import type { Problem } from '../../shared/api/send-request.ts';
import type { FieldError } from '../../shared/errors.ts';
import { expectConforming } from '../support/conformance.ts';
import {
  everyPage,
  newEmail,
  newMember,
  newOrganization,
  take,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { pathParameters } from '../support/path-parameters.ts';
import { bound } from '../support/service-accounts.ts';
import { testedKinds } from '../support/settings-kinds.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
let organization: TestOrganization;
let member: TestMember;
/** The id of a pool of another organization. */
let foreignPool: string;
/** Ids of existing objects, by the names of the path parameters. */
let ids: Record<string, string>;

beforeAll(async () => {
  organization = await newOrganization(stack);
  member = await newMember(stack, organization);
  foreignPool = (await newOrganization(stack, 'Foreign')).rootPoolId;
  const serviceAccountId = await bound(organization, await stack.machine());
  ids = { ...(await pathParameters(stack, organization, member.userId)), serviceAccountId };
});

interface Sent {
  status: number;
  problem: Problem;
  headers: Headers;
}

/** Sends a request of the organization's manager without the typed client, which would reject invalid input. */
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

/** Sends a request of a route with the ids of existing objects. */
const sendTo = (name: RouteName, body: unknown): Promise<Sent> => {
  const { method, path }: Route = routes[name];
  const filled = path.replace(/\{(\w+)\}/g, (_, parameter: string) => ids[parameter] ?? `${parameter}_none`);
  return send(method, filled, { body: typeof body === 'string' ? body : JSON.stringify(body) });
};

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

/** Names that every JavaScript object has, and others with a special meaning for JavaScript, the SDK or the table. */
const oddNames = [
  ...Object.getOwnPropertyNames(Object.prototype),
  ...'prototype name length then toJSON inspect size next message stack $metadata Map Set Object'.split(' '),
  ...'S N B M L SS NULL BOOL pk sk ttl version #pk :v0 usr_x manager@pool_x a.b a[0] 0 -1 null undefined NaN'.split(
    ' ',
  ),
  ...'$ {inviter} é 💥'.split(' '),
];

describe('whatever its name is,', () => {
  const params = () => organization.params;
  const tagsOf = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, `value of ${name}`]));
  const taken = oddNames.filter((name) => name !== '__proto__');

  test('a tag is stored and shown on its own, together with all others, in a batch and after a change', async () => {
    const { client } = organization.manager;
    const item = { name: 'Odd', type: 'vm', poolId: organization.rootPoolId };
    for (const name of taken) {
      const tags = tagsOf([name]);
      const created = take(await client.createResource({ params: params(), body: { ...item, tags } }));
      expect(created.tags).toEqual(tags);
      const request = { params: { ...params(), resourceId: created.id } };
      expect(take(await client.getResource(request)).tags).toEqual(tags);
      take(await client.updateResource({ ...request, body: { tags: {} } }));
      expect(take(await client.updateResource({ ...request, body: { tags } })).tags).toEqual(tags);
    }
    const batches = [taken.slice(0, 40), taken.slice(40)].map((names) => ({ ...item, tags: tagsOf(names) }));
    const body = { items: [item, ...taken.map((name) => ({ ...item, tags: tagsOf([name]) })), ...batches] };
    const options = { idempotencyKey: 'odd-names' };
    const first = take(await client.ingestResources({ params: params(), body }, options)).results;
    expect(new Set(first.map(({ outcome }) => outcome))).toEqual(new Set(['created']));
    expect(first.map(({ resource }) => resource?.tags)).toEqual(body.items.map((each) => ({ tags: {}, ...each }).tags));
    expect(take(await client.ingestResources({ params: params(), body }, options)).results).toEqual(first);
    const single = { params: params(), body: { ...item, tags: tagsOf(['constructor']) } };
    const remembered = take(await client.createResource(single, options));
    expect(take(await client.createResource(single, options))).toEqual(remembered);
    await everyPage((page) => client.listAuditEvents({ params: params(), query: { limit: 100, ...page } }));
  });

  test('a tag that a policy requires', async () => {
    for (const requiredTag of taken) {
      const policy = { type: 'tagging' as const, name: 'Odd', requiredTag, startsOn: '2027-01-01' };
      const created = take(await organization.manager.client.createPolicy({ params: params(), body: policy }));
      expect(created).toMatchObject({ requiredTag });
      take(await organization.manager.client.deletePolicy({ params: { ...params(), policyId: created.id } }));
    }
  });

  test.each(withBody)('an unknown field of %s is refused', async (_, row) => {
    for (const name of ['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__', 'then', 'pk']) {
      const { status, problem } = await send(row.method, pathOf(row), { body: `{${JSON.stringify(name)}:"x"}` });
      expect([status, problem.code]).toEqual([400, 'invalid_request']);
    }
  });

  test('an unknown parameter of a query is refused by each list', async () => {
    const lists = rows.filter(([, { method, path }]) => method === 'GET' && path.startsWith('/v1/organizations/{'));
    for (const [name, row] of lists)
      for (const parameter of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'then'])
        expect([name, parameter, pointers(await send('GET', `${pathOf(row)}?${parameter}=x`))]).toEqual([
          name,
          parameter,
          [`?${parameter} unknown_field`],
        ]);
  });

  test('a filter, a role, an action, an id or a search finds nothing or is refused', async () => {
    const base = `/v1/organizations/${organization.id}`;
    for (const name of oddNames.map(encodeURIComponent)) {
      const paths = ['users', 'invites', 'resources', 'policies', 'pools', 'data-sources'];
      for (const path of paths) expect((await send('GET', `${base}/${path}/${name}`)).status).toBe(404);
      expect((await send('GET', `/v1/organizations/${name}/users`)).status).toBe(404);
      for (const query of [`users?role=${name}`, `invites?status=${name}`])
        expect((await send('GET', `${base}/${query}`)).status).toBe(400);
      for (const query of [`users?search=${name}`, `invites?search=${name}`, `audit-events?actorId=${name}`])
        expect((await send('GET', `${base}/${query}`)).status).toBe(200);
      for (const query of [`users?poolId=${name}`, `resources?ownerId=${name}`, `resources?poolId=${name}`])
        expect([200, 422]).toContain((await send('GET', `${base}/${query}`)).status);
    }
    for (const name of oddNames) {
      expect((await sendTo('checkPermissions', { checks: [{ action: name }] })).status).toBe(400);
      expect((await sendTo('changeRoles', { roles: [{ role: name }] })).status).toBe(400);
    }
  });
});

describe('a body that two parsers could read differently', () => {
  test.each(withBody)('is refused by %s', async (_, row) => {
    const twice = await send(row.method, pathOf(row), { body: '{"name":"a","n\u0061me":"b"}' });
    expect([twice.status, pointers(twice)]).toEqual([400, ['/name duplicate_field']]);
    const latin = await send(row.method, pathOf(row), { body: Buffer.from('{"name":"Zo\xEB"}', 'latin1') });
    expect([latin.status, latin.problem.code]).toEqual([400, 'invalid_utf8']);
    const declared = await send(row.method, pathOf(row), {
      body: '{}',
      headers: { 'content-type': 'application/json; charset=iso-8859-1' },
    });
    expect([declared.status, declared.problem.code]).toEqual([415, 'unsupported_charset']);
  });

  test('is refused wherever a key occurs twice', async () => {
    const body = '{"name":"a","tags":{"env":"a","env":"b"}}';
    expect(pointers(await sendTo('createResource', body))).toEqual(['/tags/env duplicate_field']);
  });
});

test.each([
  '1e1',
  '0x10',
  '+5',
  '-5',
  '5.0',
  ' 5',
  '5 ',
  '',
  '٥',
  '５',
  '5n',
  '1_0',
  'Infinity',
  '9'.repeat(400),
  '5,5',
])('the limit %j is refused, because it is not a number', async (limit) => {
  for (const list of ['users', 'invites', 'pools', 'audit-events']) {
    const sent = await send('GET', `/v1/organizations/${organization.id}/${list}?limit=${encodeURIComponent(limit)}`);
    expect([sent.status, sent.problem.errors?.map(({ pointer }) => pointer)]).toEqual([400, ['?limit']]);
  }
});

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

test('for any body, the response is one that the OpenAPI document describes, and never a 500', async () => {
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
    'type',
    'poolId',
    'ownerId',
    'tags',
    'monthlyCost',
    'dataSourceId',
    'externalId',
    'items',
    'filters',
    'metric',
    'amount',
    'accountId',
    'clientId',
    'checks',
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

/** Bodies that the API accepts. It refuses some of them when they are sent a second time. */
const goodBodies = (): [RouteName, object][] => {
  const [poolId, ownerId, dataSourceId] = [organization.rootPoolId, member.userId, ids.dataSourceId];
  const resource = { name: 'Odd', type: 'vm', poolId, ownerId, dataSourceId, externalId: 'x', tags: { env: 'prod' } };
  const filters = { ownerIds: [ownerId], poolIds: [poolId], dataSourceIds: [dataSourceId], resourceTypes: ['vm'] };
  const policy = { name: 'Odd', poolId, ownerId };
  const pool = { name: 'Odd', parentId: poolId, defaultOwnerId: ownerId, monthlyLimit: 1 };
  const roles = [{ role: 'engineer', poolId: ids.poolId }];
  return [
    ['createResource', { ...resource, monthlyCost: 1 }],
    ['updateResource', { name: 'Odd', tags: { env: 'prod' }, monthlyCost: 1, ownerId, poolId }],
    ['ingestResources', { items: [resource] }],
    ['createPolicy', { type: 'anomaly_detection', metric: 'expense', thresholdPercent: 1, days: 1, ...policy }],
    ['createPolicy', { type: 'quota', name: 'Odd', metric: 'resource_count', maximum: 1, filters }],
    ['createPolicy', { type: 'tagging', name: 'Odd', requiredTag: 'env', startsOn: '2027-01-01' }],
    ['updatePolicy', { amount: 1, expiresOn: '2027-01-01', filters, ...policy }],
    ...testedKinds.flatMap(({ create, newBody, update, change }): [RouteName, object][] => [
      [create, { ...newBody(), ownerId }],
      [update, { ...change, ownerId }],
    ]),
    ['createPool', pool],
    ['updatePool', pool],
    ['inviteUsers', { emails: ['a@b.example'], roles, message: 'Hello', expiresInDays: 1, dryRun: true }],
    ['updateInvite', { roles }],
    ['createServiceAccount', { name: 'Odd', clientId: 'odd', roles }],
    ['changeServiceAccountRoles', { roles }],
    ['changeRoles', { roles }],
    ['adjustRoles', { add: roles, remove: roles, pendingInvites: 'keep' }],
    ['changeRolesOfUsers', { action: 'add', roles, userIds: [ownerId], dryRun: true }],
    ['removeUsers', { userIds: ['usr_none'], successorId: ownerId, dryRun: true }],
    ['checkPermissions', { userId: ownerId, checks: [{ action: 'read', poolId }] }],
    ['checkPermissions', { checks: [{ action: 'edit_resource', resourceId: ids.resourceId }] }],
  ];
};

/** Copies of the body, in each of which another part is replaced. */
function* eachReplaced(body: unknown, by: unknown): Generator {
  if (typeof body !== 'object' || body === null) return;
  for (const [key, part] of Object.entries(body)) {
    const replaced = (other: unknown) =>
      Array.isArray(body) ? (body as unknown[]).with(Number(key), other) : { ...body, [key]: other };
    yield replaced(by);
    for (const inside of eachReplaced(part, by)) yield replaced(inside);
  }
}

const oddParts = [null, Number.MAX_VALUE, '', '\u0000', 'a'.repeat(5_000), [], {}];

test.each(oddParts.map((part) => ({ what: JSON.stringify(part).slice(0, 20), part })))(
  'if any part of a valid body is $what, the response is one that the OpenAPI document describes, and never a 500',
  async ({ part }) => {
    for (const [route, body] of goodBodies())
      for (const { status } of await Promise.all([...eachReplaced(body, part)].map((each) => sendTo(route, each))))
        expect(status).toBeLessThan(500);
  },
);

test('half of a surrogate pair is refused anywhere in a body', async () => {
  for (const [route, body] of goodBodies().filter(([name]) => !('eachItem' in routes[name])))
    for (const { status } of await Promise.all([...eachReplaced(body, 'a\uD800')].map((each) => sendTo(route, each))))
      expect([route, status]).toEqual([route, 400]);
  const sent = await sendTo('createResource', {
    name: 'Odd',
    type: 'vm',
    poolId: organization.rootPoolId,
    ownerId: '\uDC00',
  });
  expect(pointers(sent)).toEqual(['/ownerId ill_formed']);
});

test('for any path and query, the response is one that the OpenAPI document describes, and never a 500', async () => {
  const part = fc.oneof(
    fc.constantFrom('%00', '%2e%2e', '%F0%9F%92%A5', '%23', '%', 'a'.repeat(500)),
    fc.string().map(encodeURIComponent),
  );
  const gets = rows.filter(([, { method, path }]) => method === 'GET' && path.startsWith('/v1/organizations/'));
  const query = fc.dictionary(
    fc.constantFrom(
      'limit',
      'cursor',
      'search',
      'role',
      'poolId',
      'status',
      'ownerId',
      'subPools',
      'type',
      'actorId',
      'targetId',
      'surprise',
    ),
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
  ['beyond every text', 'users?limit=1', forge(['users', '', null, null], '\u{10FFFF}')],
  ['beyond every policy', 'policies?limit=1', forge(['policies', null], 'policy\t\u{10FFFF}')],
  ['that is empty', 'invites?limit=1', forge(['invites', null, ''], '')],
  ['longer than a key', 'invites?limit=1', forge(['invites', null, ''], 'é'.repeat(700))],
  ['with half a character', 'invites?limit=1', forge(['invites', null, ''], 'a\uD800')],
])('a forged cursor %s finds nothing or is refused', async (_, list, cursor) => {
  const { status, problem } = await send('GET', `/v1/organizations/${organization.id}/${list}&cursor=${cursor}`);
  expect([200, 400]).toContain(status);
  if (status === 400) expect(problem.code).toBe('invalid_cursor');
});

test.each(['\uFDFA'.repeat(100), '\u3316'.repeat(100), 'x'.repeat(101), ' ', 'a\u202Eb', 'a\nb', '\u3164\u2800'])(
  'an invalid name is refused: %j',
  async (name) => {
    const body = JSON.stringify({ name, parentId: organization.rootPoolId });
    const sent = await send('POST', `/v1/organizations/${organization.id}/pools`, { body });
    expect([sent.status, new Set(sent.problem.errors?.map(({ pointer }) => pointer))]).toEqual([
      400,
      new Set(['/name']),
    ]);
  },
);

const aMember = { role: 'member' };

describe('the response names the invalid field', () => {
  const invite = (body: object) =>
    send('POST', `/v1/organizations/${organization.id}/invites`, { body: JSON.stringify(body) });
  const resource = () => ({ name: 'Wrong', type: 'vm', poolId: organization.rootPoolId });
  const wrongIn = ({ status, problem }: Sent) => [status, [...new Set(problem.errors?.map(({ pointer }) => pointer))]];
  const auditLog = () =>
    everyPage((page) =>
      organization.manager.client.listAuditEvents({ params: organization.params, query: { limit: 100, ...page } }),
    );
  let before: Awaited<ReturnType<typeof auditLog>>;
  beforeAll(async () => {
    before = await auditLog();
  });

  test.each([
    [{ emails: [], roles: [aMember] }, '/emails too_small'],
    [{ emails: Array(1001).fill('a@b.example'), roles: [aMember] }, '/emails too_big'],
    [{ emails: [7], roles: [aMember] }, '/emails/0 invalid_type'],
    [{ emails: ['a@b.example'] }, '/roles missing'],
    [{ roles: [aMember] }, '/emails missing'],
    [
      { emails: ['a@b.example'], invitees: [{ email: 'c@d.example' }], roles: [aMember] },
      '/invitees emails_or_invitees',
    ],
    [{ invitees: [], roles: [aMember] }, '/invitees too_small'],
    [
      { invitees: Array.from({ length: 1001 }, () => ({ email: 'a@b.example' })), roles: [aMember] },
      '/invitees too_big',
    ],
    [{ invitees: ['a@b.example'], roles: [aMember] }, '/invitees/0 invalid_type'],
    [{ invitees: [{ email: 'a@b.example', roles: [aMember] }, { email: 'c@d.example' }] }, '/invitees/1/roles missing'],
    [{ invitees: [{ email: 'a@b.example', roles: [{ role: 'manager' }] }] }, '/invitees/0/roles/0/poolId missing'],
    [{ invitees: [{ email: 'a@b.example', role: 'member' }], roles: [aMember] }, '/invitees/0/role unknown_field'],
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
    [{ emails: ['a@b.example'], roles: [aMember, { role: 'organization_manager' }] }, '/roles/1 duplicate_role'],
    [{ emails: ['a@b.example'], roles: [aMember], expiresInDays: 31 }, '/expiresInDays too_big'],
    [{ emails: ['a@b.example'], roles: [aMember], expiresInDays: 1.5 }, '/expiresInDays invalid_type'],
    [{ emails: ['a@b.example'], roles: [aMember], message: 'x'.repeat(501) }, '/message too_big'],
    [{ emails: ['a@b.example'], roles: [aMember], 'a/b': 1 }, '/a~1b unknown_field'],
  ])('%j', async (body, named) => {
    expect(pointers(await invite(body))).toContain(named);
  });

  test.each(['1e400', '-0', '-1', '"10"', '1e-200', '1e13', '10.005', 'null', '[]'])('a limit of %s', async (limit) => {
    const body = `{"name":"Limited","parentId":"${organization.rootPoolId}","monthlyLimit":${limit}}`;
    expect(wrongIn(await sendTo('createPool', body))).toEqual([400, ['/monthlyLimit']]);
    if (limit !== 'null')
      expect(wrongIn(await sendTo('updatePool', `{"monthlyLimit":${limit}}`))).toEqual([400, ['/monthlyLimit']]);
  });

  test.each(['1e400', '-0', '-1', '"10"', '1e-200', '1e13', 'null', '[]'])('a cost of %s', async (cost) => {
    const item = `{"name":"Wrong","type":"vm","poolId":"${organization.rootPoolId}","monthlyCost":${cost}}`;
    expect(wrongIn(await sendTo('createResource', item))).toEqual([400, ['/monthlyCost']]);
    if (cost !== 'null')
      expect(wrongIn(await sendTo('updateResource', `{"monthlyCost":${cost}}`))).toEqual([400, ['/monthlyCost']]);
  });

  test.each<[what: string, tags: string, pointer: string]>([
    ['51', JSON.stringify(Object.fromEntries(Array.from({ length: 51 }, (_, index) => [index, 'x']))), '/tags'],
    ['one named __proto__', '{"env":"prod","__proto__":"x"}', '/tags/__proto__'],
    ['one named __proto__ in other letters', '{"\\u005f_proto__":{"role":"member"}}', '/tags/__proto__'],
    ['one whose constructor has a prototype', '{"constructor":{"prototype":{}}}', '/tags/constructor'],
    ['one without a name', '{"":"x"}', '/tags/'],
    ['one named with a slash and too long', `{"a/${'b'.repeat(128)}":"x"}`, `/tags/a~1${'b'.repeat(128)}`],
    ['a number', '{"env":7}', '/tags/env'],
    ['a list', '["env"]', '/tags'],
  ])('of tags: %s', async (_, tags, pointer) => {
    const item = `{"name":"Wrong","type":"vm","poolId":"${organization.rootPoolId}","tags":${tags}}`;
    expect(wrongIn(await sendTo('createResource', item))).toEqual([400, [pointer]]);
    expect(wrongIn(await sendTo('updateResource', `{"tags":${tags}}`))).toEqual([400, [pointer]]);
  });

  test.each<[RouteName, body: () => unknown, named: string]>([
    ['createResource', () => ({ ...resource(), externalId: 'i-1' }), '/dataSourceId missing'],
    ['createResource', () => ({ ...resource(), id: 'res_1' }), '/id unknown_field'],
    ['createResource', () => ({ ...resource(), name: 'x'.repeat(256) }), '/name too_big'],
    ['createResource', () => ({ ...resource(), type: 'a\nb' }), '/type invalid_format'],
    ['ingestResources', () => ({ items: [] }), '/items too_small'],
    ['ingestResources', () => ({ items: Array(101).fill(resource()) }), '/items too_big'],
    ['ingestResources', () => ({ items: [resource(), {}], dryRun: true }), '/dryRun unknown_field'],
    ['updateResource', () => ({ type: 'disk' }), '/type unknown_field'],
    ['updatePool', () => ({ parentId: ids.poolId }), '/parentId pool_under_itself'],
    ['createServiceAccount', () => ({ name: 'x', clientId: 'no id', roles: [aMember] }), '/clientId invalid_format'],
  ])('of %s', async (route, body, named) => {
    const sent = await sendTo(route, body());
    expect([400, 422]).toContain(sent.status);
    expect(pointers(sent)).toEqual([named]);
  });

  describe.each<[RouteName, object]>([
    ['inviteUsers', { emails: ['a@b.example'] }],
    ['updateInvite', {}],
    ['changeRoles', {}],
    ['changeRolesOfUsers', { action: 'replace', userIds: ['usr_none'] }],
    ['createServiceAccount', { name: 'Wrong', clientId: 'none' }],
    ['changeServiceAccountRoles', {}],
  ])('in the roles of %s', (route, rest) => {
    test.each<[roles: unknown[], named: string]>([
      [[{ role: 'Member' }], '/roles/0/role invalid_union'],
      [[{ role: 'MANAGER', poolId: 'x' }], '/roles/0/role invalid_union'],
      [[{ role: 'mеmber' }], '/roles/0/role invalid_union'],
      [[{ role: 'organization_mаnager' }], '/roles/0/role invalid_union'],
      [[aMember, { role: 'engineer ', poolId: 'x' }], '/roles/1/role invalid_union'],
      [[{ role: 'manager' }], '/roles/0/poolId missing'],
      [[{ role: 'organization_manager', poolId: 'x' }], '/roles/0/poolId unknown_field'],
      [[{ role: 'engineer', poolId: 'a@b' }], '/roles/0/poolId invalid_format'],
      [['manager', 'engineer'].map((role) => ({ role, poolId: 'x' })), '/roles/1 duplicate_pool'],
      [[aMember, { role: 'organization_manager' }], '/roles/1 duplicate_role'],
      [[], '/roles too_small'],
    ])('%j', async (roles, named) => {
      const sent = await sendTo(route, { ...rest, roles });
      expect([sent.status, pointers(sent)]).toEqual([400, [named]]);
    });
  });

  test.each<[RouteName, body: (poolId: string) => object, pointer: string]>([
    ['createPool', (parentId) => ({ name: 'Wrong', parentId }), '/parentId'],
    ['updatePool', (parentId) => ({ parentId }), '/parentId'],
    ['createResource', (poolId) => ({ ...resource(), poolId }), '/poolId'],
    ['updateResource', (poolId) => ({ poolId }), '/poolId'],
    ['createPolicy', (poolId) => ({ type: 'budget', name: 'Wrong', amount: 1, poolId }), '/poolId'],
    [
      'createPolicy',
      (id) => ({ type: 'budget', name: 'Wrong', amount: 1, filters: { poolIds: [id] } }),
      '/filters/poolIds/0',
    ],
    ['updatePolicy', (poolId) => ({ poolId }), '/poolId'],
    ['updatePolicy', (id) => ({ filters: { poolIds: [organization.rootPoolId, id] } }), '/filters/poolIds/1'],
    ['inviteUsers', (poolId) => ({ emails: ['a@b.example'], roles: [{ role: 'manager', poolId }] }), '/roles/0/poolId'],
    ['updateInvite', (poolId) => ({ roles: [{ role: 'manager', poolId }] }), '/roles/0/poolId'],
    ['changeRoles', (poolId) => ({ roles: [aMember, { role: 'engineer', poolId }] }), '/roles/1/poolId'],
    ['adjustRoles', (poolId) => ({ add: [aMember, { role: 'engineer', poolId }] }), '/add/1/poolId'],
    [
      'changeRolesOfUsers',
      (poolId) => ({ action: 'add', roles: [{ role: 'engineer', poolId }], userIds: ['usr_none'] }),
      '/roles/0/poolId',
    ],
    [
      'createServiceAccount',
      (poolId) => ({ name: 'x', clientId: 'x', roles: [{ role: 'manager', poolId }] }),
      '/roles/0/poolId',
    ],
    ['changeServiceAccountRoles', (poolId) => ({ roles: [{ role: 'manager', poolId }] }), '/roles/0/poolId'],
    ['checkPermissions', (poolId) => ({ checks: [{ action: 'create_pool', poolId }] }), '/checks/0/poolId'],
  ])(
    'a pool of another organization, in %s, gets the same response as a pool that never existed',
    async (route, body, pointer) => {
      const [foreign, never] = [await sendTo(route, body(foreignPool)), await sendTo(route, body('pool_none'))];
      expect([foreign.status, foreign.problem.code, pointers(foreign)]).toEqual([
        422,
        'unknown_pool',
        [`${pointer} unknown_pool`],
      ]);
      expect({ ...foreign.problem, requestId: '' }).toEqual({ ...never.problem, requestId: '' });
    },
  );

  test('a pool of another organization, in an item of many', async () => {
    const { params, manager } = organization;
    const items = [{ name: 'Wrong', type: 'vm', poolId: foreignPool }];
    const { results } = take(await manager.client.ingestResources({ params, body: { items } }));
    expect(results).toEqual([{ outcome: 'refused', code: 'unknown_pool', detail: expect.any(String) as string }]);
  });

  test('in the query and in the headers', async () => {
    const users = `/v1/organizations/${organization.id}/users`;
    expect(pointers(await send('GET', `${users}?limit=0`))).toEqual(['?limit too_small']);
    expect(pointers(await send('GET', `${users}?limit=ten`))).toEqual(['?limit invalid_type']);
    expect(pointers(await send('GET', `${users}?serach=x`))).toEqual(['?serach unknown_field']);
    const remove = `${users}/usr_none?successorId=usr_other`;
    expect(pointers(await send('DELETE', remove, { headers: { 'if-match': 'seven' } }))).toEqual([
      'If-Match invalid_etag',
    ]);
  });

  test('and none of these requests wrote anything', async () => {
    expect(await auditLog()).toEqual(before);
  });
});

describe('an address under /v1 without a route', () => {
  test('responds with a 404 problem, or with 405 and the allowed methods if only the method is wrong', async () => {
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
    expect(await ask('DELETE', '/v1/organizations')).toEqual({ status: 405, allow: 'POST, GET, HEAD', type });
    expect(await ask('PUT', `/v1/organizations/${organization.id}/users/me`)).toEqual({
      status: 405,
      allow: 'GET, HEAD, DELETE',
      type,
    });
  });

  test('requires signing in', async () => {
    expect((await fetch(`${stack.endpoints.api}/v1/nothing`)).status).toBe(401);
  });
});

test.each([
  [
    'thousands of unknown keys',
    () => JSON.stringify(Object.fromEntries(Array.from({ length: 80_000 }, (_, key) => [`k${key}`, 0]))),
  ],
  ['a key of 800 kB', () => JSON.stringify({ ['"'.repeat(400_000)]: 0 })],
  ['thousands of __proto__ keys', () => `[${Array(60_000).fill('{"__proto__":0}').join()}]`],
])('%s get a response that is small enough for Lambda', async (_, body) => {
  const response = await fetch(`${stack.endpoints.api}/v1/invites/lookup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: body(),
  });
  expect(response.status).toBe(400);
  expect((await response.text()).length).toBeLessThan(100_000);
});

describe('a malformed item of a batch is refused without affecting the others', () => {
  const item = (change = '') =>
    `{"name":"Batch","type":"vm","poolId":"${organization.rootPoolId}"${change === '' ? '' : `,${change}`}}`;
  const ingest = (items: string[], options?: { headers: Record<string, string> }) =>
    send('POST', `/v1/organizations/${organization.id}/resources/batch`, {
      body: `{"items":[${items.join()}]}`,
      ...options,
    });
  const outcomesOf = ({ status, problem }: Sent) => {
    const { results } = problem as unknown as { results: { outcome: string; code?: string; errors?: FieldError[] }[] };
    expect(status).toBe(200);
    return results.map(({ outcome, code, errors }) => [
      outcome,
      ...(code === undefined ? [] : [code]),
      ...(errors ?? []).map(({ pointer }) => pointer),
    ]);
  };

  test.each<[item: () => string, wrongFields: string[]]>([
    [() => item('"monthlyCost":-1'), ['/monthlyCost']],
    [() => item('"monthlyCost":1e400'), ['/monthlyCost']],
    [() => item('"tags":{"env":7}'), ['/tags/env']],
    [() => item('"tags":{"env":"prod","__proto__":"x"}'), ['/tags/__proto__']],
    [() => item('"tags":{"\\u005f_proto__":{"role":"member"}}'), ['/tags/__proto__']],
    [() => item('"tags":{"constructor":{"prototype":{}}}'), ['/tags/constructor']],
    [() => item('"__proto__":{"name":"x"}'), ['/__proto__']],
    [() => item('"name":"Twice"'), ['/name']],
    [() => item('"tags":{"a":"1","a":"2"}'), ['/tags/a']],
    [() => item('"externalId":"i-1"'), ['/dataSourceId']],
    [() => item('"tags":{"a":"\\ud800"}'), ['/tags/a']],
    [() => item('"surprise":1,"hasOwnProperty":1'), ['/surprise', '/hasOwnProperty']],
    [() => '{}', ['/name', '/type', '/poolId']],
    [() => '7', ['']],
    [() => 'null', ['']],
    [() => '[]', ['']],
  ])('%s', async (wrong, wrongFields) => {
    const refused = ['refused', 'invalid_request', ...wrongFields];
    const sent = await ingest([item(), wrong(), item(), wrong(), wrong()]);
    expect(outcomesOf(sent)).toEqual([['created'], refused, ['created'], refused, refused]);
    expect(outcomesOf(await ingest([wrong()]))).toEqual([refused]);
  });

  test('and a repeated request gets the same response', async () => {
    const options = { headers: { 'idempotency-key': 'batch-with-wrong-items' } };
    const [first, again] = [await ingest([item(), '7', item()], options), await ingest([item(), '7', item()], options)];
    expect(outcomesOf(first)).toEqual([['created'], ['refused', 'invalid_request', ''], ['created']]);
    expect(again.problem).toEqual(first.problem);
  });

  test('a stranger gets the same response whether or not all items are wrong', async () => {
    const stranger = await stack.newPerson(newEmail());
    for (const items of [[item()], ['7']]) {
      const { status } = await send('POST', `/v1/organizations/${organization.id}/resources/batch`, {
        body: `{"items":[${items.join()}]}`,
        headers: { authorization: `Bearer ${stranger.accessToken}` },
      });
      expect(status).toBe(404);
    }
  });
});
