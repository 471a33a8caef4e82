// The part of the published TypeScript client that all operations share: it authorizes requests, repeats those that are safe to
// repeat, and reads lists to their end. `client-source.ts` adds the operations and their types from the OpenAPI document.
import { sendRequest, type Endpoint, type RawReply } from '../../../shared/api/send-request.ts';

export interface ClientSettings {
  /** The address of the installation, `https://roster.example.com`. */
  baseUrl: string;
  /** Called before each request; returns the access token. If absent, only public operations succeed. */
  token?: () => string | Promise<string>;
  /** The maximum number of repeated attempts after a failure, 4 by default. With 0, no request is repeated. */
  retriesMax?: number;
  /**
   * The longest time to wait before an attempt, in seconds, 60 by default. If the API asks for a longer wait, the call fails at
   * once.
   */
  retryWaitSecondsMax?: number;
  /** Replaces the `fetch` of the platform, in tests or behind a proxy. */
  fetch?: typeof fetch;
}

export interface CallOptions {
  /** Changes the object only if it still has this version. Otherwise the call fails with 412 `stale_version`. */
  ifMatch?: number;
  /**
   * For calls that create something. A call with the same key and body has one effect, for 24 hours. By default each call gets a
   * new key, so that the client can repeat it. Choose your own if your process may be restarted in between.
   */
  idempotencyKey?: string;
  /** Aborts the call, also while it waits between two attempts. */
  signal?: AbortSignal;
}

/** One field of a request that was refused. */
export interface WrongField {
  /** A JSON Pointer into the body; `?name` is a parameter of the query, `{name}` of the path, and anything else a header. */
  pointer: string;
  code: string;
  detail: string;
}

/** The API refused a call. `code` is stable; `message` is for people. */
export class RosterError extends Error {
  override readonly name = 'RosterError';
  /** The HTTP status. */
  readonly status: number;
  /** One of the codes of the error catalogue, `invite_not_found`. */
  readonly code: string;
  /** Identifies the request in the installation's logs. Quote it when you report a fault. */
  readonly requestId: string;
  readonly errors: readonly WrongField[];
  /** Seconds until the call may succeed, if the API said so. */
  readonly retryAfter: number | undefined;

  /** @internal */
  constructor({ problem, headers, status }: Extract<RawReply, { ok: false }>) {
    super(problem.detail === undefined ? problem.title : `${problem.title}: ${problem.detail}`);
    this.status = status;
    this.code = problem.code;
    this.requestId = problem.requestId;
    this.errors = problem.errors ?? [];
    this.retryAfter = retryAfterOf(headers);
  }
}

/** An operation of the API. Throws `RosterError` if the API refuses, and whatever `fetch` throws if it cannot be reached. */
export type Method<Call, Result> = (call: Call, options?: CallOptions) => Promise<Result>;

/** The operation of a list. A call returns one page. `all` reads further pages when their items are needed. */
export type ListMethod<Call, Page extends { items: readonly unknown[] }> = Method<Call, Page> & {
  all(call: Call, options?: CallOptions): AsyncGenerator<Page['items'][number], void, undefined>;
};

/**
 * The facts about an operation that the client needs.
 * @internal
 */
export interface OperationEndpoint extends Endpoint {
  /** Whether the operation accepts an `Idempotency-Key`. */
  idempotent?: true;
}

interface AnyCall {
  params?: Record<string, string>;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
}

/**
 * A client with one method for each operation, by its name.
 * @internal
 */
export const clientOf = (operations: Record<string, OperationEndpoint>, settings: ClientSettings): unknown =>
  Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => {
      const method = (call: AnyCall = {}, options: CallOptions = {}) => request(settings, operation, call, options);
      return [name, Object.assign(method, { all: pages(method) })];
    }),
  );

const pages = (method: (call: AnyCall, options?: CallOptions) => Promise<unknown>) =>
  async function* (call: AnyCall, options?: CallOptions): AsyncGenerator<unknown, void, undefined> {
    let cursor: string | undefined;
    do {
      const query = { ...call.query, ...(cursor !== undefined && { cursor }) };
      const page = (await method({ ...call, query }, options)) as { items: unknown[]; nextCursor?: string };
      yield* page.items;
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  };

const request = async (
  { retriesMax = 4, retryWaitSecondsMax = 60, ...settings }: ClientSettings,
  operation: OperationEndpoint,
  call: AnyCall,
  { ifMatch, idempotencyKey = crypto.randomUUID(), signal }: CallOptions,
): Promise<unknown> => {
  const headers = {
    ...(ifMatch !== undefined && { ifMatch: `"${ifMatch}"` }),
    ...(operation.idempotent && { idempotencyKey }),
  };
  const baseUrl = settings.baseUrl.replace(/\/$/, '');
  for (let retries = 0; ; retries += 1) {
    const reply = await sendRequest({ ...settings, baseUrl }, operation, call, headers, signal).catch(
      (error: unknown) => {
        if (signal?.aborted || retries >= retriesMax || !isRepeatable(operation)) throw error;
      },
    );
    if (reply?.ok) return reply.value;
    const wait = (reply && retryAfterOf(reply.headers)) ?? backoffSeconds(retries);
    if (reply && (retries >= retriesMax || wait > retryWaitSecondsMax || !mayRetry(operation, reply.status)))
      throw new RosterError(reply);
    await pause(wait, signal);
  }
};

/** Whether a request whose response was lost can be sent again safely, because two such requests have the same effect as one. */
const isRepeatable = ({ method, idempotent }: OperationEndpoint): boolean =>
  method === 'GET' || method === 'PUT' || method === 'DELETE' || idempotent === true;

/** A request that was refused with 429 had no effect. One that failed with 5xx may have had one. */
const mayRetry = (operation: OperationEndpoint, status: number): boolean =>
  status === 429 || ((status === 502 || status === 503 || status === 504) && isRepeatable(operation));

const retryAfterOf = (headers: Headers): number | undefined => {
  const seconds = Number(headers.get('retry-after') ?? NaN);
  return Number.isFinite(seconds) ? seconds : undefined;
};

/** A random time of up to 0.5, 1, 2, 4 … seconds, so that clients that failed at the same time do not retry at the same time. */
const backoffSeconds = (retries: number): number => Math.random() * 0.5 * 2 ** retries;

const pause = (seconds: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end);
      resolve();
    }, seconds * 1_000);
    signal?.addEventListener('abort', end, { once: true });
  });
