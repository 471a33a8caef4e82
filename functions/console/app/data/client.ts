import { createClient, type Client } from '../../../../shared/api/client.ts';
import type { CallOptions } from '../../../../shared/api/send-request.ts';
import { routes, type RouteName } from '../../../../shared/api/routes.ts';
import { accessToken, endSession, personId, renewSession } from '../session/session.ts';
import { keepingResponses } from './kept-responses.ts';
import { checkVersion } from './page-version.ts';
import { OutcomeUnknown, ProblemError } from './problem-error.ts';
import { repeatLimited } from './repeat-limited.ts';

export type CallOf<N extends RouteName> = Parameters<Client[N]>[0];
export type ValueOf<N extends RouteName> = Extract<Awaited<ReturnType<Client[N]>>, { ok: true }>['value'];

/** If the API refuses the token, renews it and repeats the request once. If it cannot be renewed, ends the session. */
const fetchSignedIn: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  void checkVersion();
  if (response.status !== 401) return response;
  const token = await renewSession();
  if (token !== undefined)
    return fetch(input, { ...init, headers: { ...(init?.headers as object), authorization: `Bearer ${token}` } });
  endSession();
  return response;
};

const settings = { baseUrl: location.origin, token: accessToken };
const client = createClient({ ...settings, fetch: fetchSignedIn });
const keepingClient = createClient({ ...settings, fetch: keepingResponses(fetchSignedIn, personId) });

/** Routes whose responses can be megabytes and rarely change. */
const keptRoutes: ReadonlySet<RouteName> = new Set(['listPools']);

/** Undefined if the text is not a number. `Retry-After` may also be a date, but our API never sends one. */
const secondsIn = (text: string | null): number | undefined => (/^\d+$/.test(text ?? '') ? Number(text) : undefined);

/** Whether the request may change something. Dry runs do not. */
const isChange = (name: RouteName, call: object): boolean =>
  routes[name].method !== 'GET' && !('body' in call && Object(call.body).dryRun === true);

/**
 * Calls a route by its name. Throws `ProblemError` when the API refuses, and `OutcomeUnknown` if a change was not confirmed. If the
 * API refuses only because of the number of calls, waits and calls again.
 */
export const callApi = <N extends RouteName>(name: N, call: CallOf<N>, options?: CallOptions): Promise<ValueOf<N>> =>
  repeatLimited(() => callOnce(name, call, options));

const callOnce = async <N extends RouteName>(
  name: N,
  call: CallOf<N>,
  options: CallOptions | undefined,
): Promise<ValueOf<N>> => {
  const send = (keptRoutes.has(name) ? keepingClient : client)[name] as unknown as (
    call: CallOf<N>,
    options?: CallOptions,
  ) => Promise<
    { headers: Headers } & ({ ok: true; value: ValueOf<N> } | { ok: false; problem: ProblemError['problem'] })
  >;
  const isUncertain = isChange(name, call) && navigator.onLine;
  const reply = await send(call, options).catch((error: unknown) => {
    throw isUncertain ? new OutcomeUnknown(error) : error;
  });
  if (reply.ok) return reply.value;
  if (reply.problem.code === 'sign_in_too_old') endSession('too old');
  const refusal = new ProblemError(reply.problem, secondsIn(reply.headers.get('retry-after')));
  throw isUncertain && reply.problem.status >= 500 ? new OutcomeUnknown(refusal) : refusal;
};
