import { Refused, type Middleware } from '../incoming.ts';
import { parseRequest } from '../request.ts';

/**
 * Parses path, query, body and headers with the schemas of the route. A 400 response lists all errors at once.
 * `middy().use(parsedRequest())`.
 */
export const parsedRequest = (): Middleware => ({
  before: ({ event }) => {
    if (!event.served) throw new Error('A request is parsed once its route is known');
    const parsed = parseRequest(event.served.row, event, event.body, event.wrongInBody);
    if (!parsed.ok) throw new Refused(parsed.error);
    const { idempotencyKey, refusedItems, ...input } = parsed.value;
    Object.assign(event, { input, idempotencyKey, refusedItems });
  },
});
