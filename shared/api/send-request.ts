import type { FieldError } from '../errors.ts';

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  code: string;
  requestId: string;
  errors?: FieldError[];
}

export interface CallOptions {
  ifMatch?: string;
  idempotencyKey?: string;
}

export interface ClientSettings {
  /** Without a slash at the end. */
  baseUrl: string;
  /** Returns the access token. Called for each request. */
  token?: () => string | undefined | Promise<string | undefined>;
  fetch?: typeof fetch;
}

/** The method and path of a request. */
export interface Endpoint {
  method: string;
  /** In the syntax of the route table: `/v1/organizations/{organizationId}`. */
  path: string;
  /** The media type of the response, JSON by default. */
  media?: string;
}

/** The arguments of a request. Values that are `undefined` are left out. */
export interface RequestArguments {
  params?: Record<string, string>;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
}

/** The response to a request: the value, or the problem. */
export type RawReply = { status: number; headers: Headers } & (
  { ok: true; value: unknown } | { ok: false; problem: Problem }
);

/** Sends one request. Network failures throw. Error responses are returned. */
export const sendRequest = async (
  { baseUrl, token, fetch: request = fetch }: ClientSettings,
  { method, path, media }: Endpoint,
  { params = {}, query = {}, body }: RequestArguments,
  { ifMatch, idempotencyKey }: CallOptions,
  signal?: AbortSignal,
): Promise<RawReply> => {
  const url = new URL(
    baseUrl + path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? '')),
  );
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  const bearer = await token?.();
  const response = await request(url, {
    method,
    headers: {
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  const { status, headers } = response;
  const text = await response.text();
  if (response.ok)
    return { ok: true, status, headers, value: media || text === '' ? text || undefined : JSON.parse(text) };
  return { ok: false, status, headers, problem: problemFrom(status, headers, text) };
};

/** Converts an error response to a problem. Those of API Gateway itself have another shape. */
const problemFrom = (status: number, headers: Headers, text: string): Problem => {
  if (headers.get('content-type')?.startsWith('application/problem+json')) return JSON.parse(text) as Problem;
  const code = { 401: 'unauthorized', 413: 'body_too_large', 429: 'too_soon' }[status] ?? 'unavailable';
  return { type: 'about:blank', title: text, status, code, requestId: headers.get('apigw-requestid') ?? '' };
};
