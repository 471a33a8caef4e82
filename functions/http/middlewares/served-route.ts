import type { Operation, Operations, Route } from '../../../shared/api/route.ts';
import { publicPaths, servedMethods } from '../../../shared/api/served-methods.ts';
import { Refused, type Middleware, type ServedRoute } from '../incoming.ts';
import { notAllowed } from '../not-allowed.ts';

/**
 * Finds the route of the event. Responds 405 if the path has no route for the method, and 404 if the function does not serve
 * the path. `middy().use(servedRoute(rows, operations))`.
 */
export const servedRoute = <T extends Record<string, Route>>(rows: T, operations: Operations<T>): Middleware => {
  const all = Object.entries<Route>(rows).map(([name, row]): ServedRoute => ({
    name,
    row,
    operation: operations[name] as unknown as Operation<Route>,
  }));
  const byRouteKey = new Map(
    all.flatMap((served) => servedMethods([served.row]).map((method) => [`${method} ${served.row.path}`, served])),
  );
  const refused = new Map(
    [...publicPaths(Object.values(rows))].map((path) => [
      `ANY ${path}`,
      all.map(({ row }) => row).filter((row) => row.path === path),
    ]),
  );
  return {
    before: ({ event }) => {
      const otherMethods = refused.get(event.routeKey);
      if (otherMethods) throw new Refused(...notAllowed(otherMethods));
      const served = byRouteKey.get(event.routeKey);
      if (!served) throw new Refused({ code: 'not_found' });
      event.served = served;
    },
  };
};
