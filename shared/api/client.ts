import type { FieldError } from '../errors.ts';
import type { Answer, Call, Route } from './route.ts';
import { routes, type RouteName } from './routes.ts';

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  code: string;
  requestId: string;
  errors?: FieldError[];
}

/** What a call came to: the object of the route, or the problem. */
export type Reply<R extends Route> = { status: number; headers: Headers } & (
  { ok: true; value: Answer<R> } | { ok: false; problem: Problem }
);

export interface CallOptions {
  ifMatch?: string;
  idempotencyKey?: string;
}

/** Leaves out what a route does not take. */
type Arguments<R extends Route> = (keyof R['params']['shape'] extends never ? object : { params: Call<R>['params'] }) &
  (keyof R['query']['shape'] extends never ? object : { query?: Partial<Call<R>['query']> }) &
  (R['body'] extends undefined ? object : { body: Call<R>['body'] });

export type Client = {
  [Name in RouteName]: (
    call: Arguments<(typeof routes)[Name]>,
    options?: CallOptions,
  ) => Promise<Reply<(typeof routes)[Name]>>;
};

export interface ClientSettings {
  /** Without a slash at the end. */
  baseUrl: string;
  /** The access token, asked for at each call. */
  token?: () => string | undefined;
  fetch?: typeof fetch;
}

/** A typed client of the route table: a method per operation. Network failures throw; answers never do. */
export const createClient = (settings: ClientSettings): Client =>
  Object.fromEntries(
    Object.entries<Route>(routes).map(([name, row]) => [
      name,
      (call: LooseCall, options: CallOptions = {}) => send(settings, row, call, options),
    ]),
  ) as unknown as Client;

interface LooseCall {
  params?: Record<string, string>;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
}

const send = async (
  { baseUrl, token, fetch: request = fetch }: ClientSettings,
  { method, path, media }: Route,
  { params = {}, query = {}, body }: LooseCall,
  { ifMatch, idempotencyKey }: CallOptions,
) => {
  const url = new URL(
    baseUrl + path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? '')),
  );
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  const bearer = token?.();
  const response = await request(url, {
    method,
    headers: {
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const { status, headers } = response;
  const text = await response.text();
  if (response.ok)
    return { ok: true, status, headers, value: media || text === '' ? text || undefined : JSON.parse(text) };
  return { ok: false, status, headers, problem: problemFrom(status, headers, text) };
};

/** API Gateway's own refusals come in its own shape. */
const problemFrom = (status: number, headers: Headers, text: string): Problem => {
  if (headers.get('content-type')?.startsWith('application/problem+json')) return JSON.parse(text) as Problem;
  const code = { 401: 'unauthorized', 413: 'body_too_large', 429: 'too_soon' }[status] ?? 'unavailable';
  return { type: 'about:blank', title: text, status, code, requestId: headers.get('apigw-requestid') ?? '' };
};
