import type { Answer, Call, Route } from './route.ts';
import { routes, type RouteName } from './routes.ts';
import {
  sendRequest,
  type CallOptions,
  type ClientSettings,
  type Problem,
  type RequestArguments,
} from './send-request.ts';

/** The response to a call: the object of the route, or the problem. */
export type Reply<R extends Route> = { status: number; headers: Headers } & (
  { ok: true; value: Answer<R> } | { ok: false; problem: Problem }
);

/** Removes the arguments that a route does not accept. */
type Arguments<R extends Route> = (keyof R['params']['shape'] extends never ? object : { params: Call<R>['params'] }) &
  (keyof R['query']['shape'] extends never ? object : { query?: Partial<Call<R>['query']> }) &
  (R['body'] extends undefined ? object : { body: Call<R>['body'] });

export type Client = {
  [Name in RouteName]: (
    call: Arguments<(typeof routes)[Name]>,
    options?: CallOptions,
  ) => Promise<Reply<(typeof routes)[Name]>>;
};

/** A typed client of the route table with one method per operation. Network failures throw. Error responses are returned. */
export const createClient = (settings: ClientSettings): Client =>
  Object.fromEntries(
    Object.entries<Route>(routes).map(([name, row]) => [
      name,
      (call: RequestArguments, options: CallOptions = {}) => sendRequest(settings, row, call, options),
    ]),
  ) as unknown as Client;
