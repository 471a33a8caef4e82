import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { clientOf, RosterError, type ClientSettings } from '../../infra/clients/typescript/runtime.ts';

const operations = {
  listUsers: { method: 'GET', path: '/v1/organizations/{organizationId}/users' },
  inviteUsers: { method: 'POST', path: '/v1/organizations/{organizationId}/invites', idempotent: true },
  resendInvite: { method: 'POST', path: '/v1/resend' },
  updateUser: { method: 'PATCH', path: '/v1/users' },
} as const;

type Call = (
  call?: { params?: object; query?: object; body?: object },
  options?: { ifMatch?: number; idempotencyKey?: string; signal?: AbortSignal },
) => Promise<unknown>;
type Client = Record<keyof typeof operations, Call & { all(call: object): AsyncGenerator }>;

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json', ...headers },
  });
const problem = (status: number, code: string, headers?: Record<string, string>) =>
  json(status, { type: 'about:blank', title: 'No', status, code, requestId: 'req_1' }, headers);

/** Returns a client that receives these responses one after another, and a record of the requests that it sent. */
const answering = (answers: (Response | Error)[], settings: Partial<ClientSettings> = {}) => {
  const sent: { url: string; method: string; headers: Record<string, string> }[] = [];
  const fetched: typeof fetch = async (url, init) => {
    init?.signal?.throwIfAborted();
    sent.push({
      url: url instanceof Request ? url.url : url.toString(),
      method: init?.method ?? '',
      headers: init?.headers as Record<string, string>,
    });
    const answer = answers[sent.length - 1];
    if (answer instanceof Response) return answer;
    throw answer ?? new Error('There are more requests than responses.');
  };
  const client = clientOf(operations, { baseUrl: 'https://roster.example/', fetch: fetched, ...settings }) as Client;
  return { client, sent };
};

/** Runs all timers without waiting. Returns the result of the call, or its error if it fails. */
const outcomeOf = async (call: Promise<unknown>): Promise<unknown> => {
  const outcome = call.catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  return outcome;
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const lost = new TypeError('fetch failed');

describe('the client repeats a request', () => {
  test.each<[string, keyof Client, Response | Error, boolean]>([
    ['a read whose response was lost', 'listUsers', lost, true],
    ['a read that got 503', 'listUsers', problem(503, 'unavailable'), true],
    ['a read that a gateway ended', 'listUsers', json(504, { message: 'Endpoint request timed out' }), true],
    ['a creation whose response was lost', 'inviteUsers', lost, true],
    ['a creation that got 503', 'inviteUsers', problem(503, 'unavailable'), true],
    ['anything that got 429', 'resendInvite', problem(429, 'too_soon', { 'retry-after': '7' }), true],
    ['a change without a key whose response was lost', 'resendInvite', lost, false],
    ['a change without a key that got 503', 'updateUser', problem(503, 'unavailable'), false],
    ['a refused read', 'listUsers', problem(403, 'forbidden'), false],
    ['a fault', 'listUsers', problem(500, 'internal'), false],
    ['a conflict', 'inviteUsers', problem(409, 'conflict'), false],
  ])('%s', async (_, name, first, isRepeated) => {
    const { client, sent } = answering([first, json(200, { items: [] })]);
    const outcome = await outcomeOf(client[name]());
    expect(sent).toHaveLength(isRepeated ? 2 : 1);
    if (isRepeated) expect(outcome).toEqual({ items: [] });
    else expect(outcome).toBeInstanceOf(first instanceof Error ? TypeError : RosterError);
  });

  test('with the same Idempotency-Key, which is the caller’s if there is one', async () => {
    const own = answering([lost, json(200, {})]);
    await outcomeOf(own.client.inviteUsers());
    const keys = own.sent.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), keys[0]]);
    const given = answering([json(200, {})]);
    await outcomeOf(given.client.inviteUsers({}, { idempotencyKey: 'import-7' }));
    expect(given.sent[0]?.headers['idempotency-key']).toBe('import-7');
  });

  test('at most four times', async () => {
    const { client, sent } = answering(Array.from({ length: 9 }, () => problem(503, 'unavailable')));
    expect(await outcomeOf(client.listUsers())).toMatchObject({ code: 'unavailable', status: 503 });
    expect(sent).toHaveLength(5);
  });

  test('once the time in Retry-After has passed, unless that is too long', async () => {
    const { client, sent } = answering([problem(429, 'too_soon', { 'retry-after': '7' }), json(200, {})]);
    const call = client.listUsers();
    await vi.advanceTimersByTimeAsync(6_900);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(sent).toHaveLength(2);
    await call;
    const long = answering([problem(429, 'quota_exceeded', { 'retry-after': '3600' })]);
    expect(await outcomeOf(long.client.listUsers())).toMatchObject({ code: 'quota_exceeded', retryAfter: 3_600 });
  });

  test('not after the call was aborted, even while it waits for its next attempt', async () => {
    const { client, sent } = answering([problem(429, 'too_soon', { 'retry-after': '30' })]);
    const controller = new AbortController();
    const call = client.listUsers({}, { signal: controller.signal }).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(1_000);
    controller.abort();
    expect(await call).toMatchObject({ name: 'AbortError' });
    expect(sent).toHaveLength(1);
  });
});

test('a list is read to its end, page by page, with the same filters', async () => {
  const pages = [{ items: [1, 2], nextCursor: 'a' }, { items: [], nextCursor: 'b' }, { items: [3] }];
  const { client, sent } = answering(pages.map((page) => json(200, page)));
  const items: unknown[] = [];
  for await (const item of client.listUsers.all({ params: { organizationId: 'org/1' }, query: { role: 'member' } }))
    items.push(item);
  expect(items).toEqual([1, 2, 3]);
  const list = 'https://roster.example/v1/organizations/org%2F1/users?role=member';
  expect(sent.map(({ url }) => url)).toEqual([list, `${list}&cursor=a`, `${list}&cursor=b`]);
});

test('a list requests a page only when its items are needed', async () => {
  const { client, sent } = answering([json(200, { items: [1, 2], nextCursor: 'a' })]);
  for await (const item of client.listUsers.all({})) if (item === 1) break;
  expect(sent).toHaveLength(1);
});

test('a refusal says what is wrong, in which field, and in which request', async () => {
  const errors = [{ pointer: '/emails/0', code: 'invalid_email', detail: 'No address.' }];
  const { client } = answering([
    json(400, {
      type: 'x',
      title: 'Bad',
      detail: 'Why.',
      status: 400,
      code: 'invalid_request',
      requestId: 'r',
      errors,
    }),
  ]);
  const error = await outcomeOf(client.inviteUsers());
  expect(error).toMatchObject({ message: 'Bad: Why.', status: 400, code: 'invalid_request', requestId: 'r', errors });
});

test('asks for the token before each request, and sends the version that a change is based on as If-Match', async () => {
  const tokens = ['first', 'second'];
  const { client, sent } = answering([problem(503, 'unavailable'), json(200, {}), json(200, {})], {
    token: async () => tokens.shift() ?? 'third',
  });
  await outcomeOf(client.listUsers());
  await outcomeOf(client.updateUser({ body: {} }, { ifMatch: 3 }));
  expect(sent.map(({ headers }) => headers.authorization)).toEqual(['Bearer first', 'Bearer second', 'Bearer third']);
  expect(sent[2]?.headers['if-match']).toBe('"3"');
});
