import type { Method, Route } from './route.ts';

export type ServedMethod = Method | 'HEAD';

/** The methods that are served for these routes. HEAD is served wherever GET is, without a row in the route table. */
export const servedMethods = (rows: Iterable<Pick<Route, 'method'>>): ServedMethod[] => [
  ...new Set([...rows].flatMap(({ method }): ServedMethod[] => (method === 'GET' ? ['GET', 'HEAD'] : [method]))),
];

/**
 * The paths that are public for every method. Each gets a route for all other methods too, which responds 405. Other paths under
 * `/v1` need none: the gateway's route for all of them has the same effect, for callers with a token.
 */
export const publicPaths = (rows: Iterable<Route>): Set<string> => {
  const all = [...rows];
  const closed = new Set(all.filter(({ access }) => access !== 'public').map(({ path }) => path));
  return new Set(all.map(({ path }) => path).filter((path) => !closed.has(path)));
};
