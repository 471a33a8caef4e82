import type { Middleware, MiddlewareRequest } from '../incoming.ts';
import { withoutBody } from '../without-body.ts';

/** Responds to HEAD with the headers of the response to GET, and no body. `middy().use(headResponse())`. */
export const headResponse = (): Middleware => ({ after: removeBody, onError: removeBody });

const removeBody = (request: MiddlewareRequest): void => {
  if (request.response) request.response = withoutBody(request.event, request.response);
};
