import { Refused, type Middleware, type ServedRoute } from '../incoming.ts';

/** Finds the route of the event. Responds 404 if the function does not serve it. `middy().use(servedRoute(routes))`. */
export const servedRoute = (byRouteKey: ReadonlyMap<string, ServedRoute>): Middleware => ({
  before: ({ event }) => {
    const served = byRouteKey.get(event.routeKey);
    if (!served) throw new Refused({ code: 'not_found' });
    event.served = served;
  },
});
