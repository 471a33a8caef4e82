import { sameState } from '../etag.ts';
import type { Middleware } from '../incoming.ts';

/**
 * Responds 304 without a body if the caller has the current state already (`If-None-Match`). The request has been authorized by
 * then, and the ETag covers everything that this caller may see. `middy().use(conditionalResponse())`.
 */
export const conditionalResponse = (): Middleware => ({
  after: (request) => {
    const { event, response } = request;
    const ifNoneMatch = event.headers['if-none-match'];
    const etag = response?.headers?.etag;
    if (event.served?.row.method !== 'GET' || ifNoneMatch === undefined || typeof etag !== 'string') return;
    const known = sameState(ifNoneMatch, etag);
    if (known === undefined) return;
    const { 'content-type': _noBody, ...headers } = response?.headers ?? {};
    request.response = { statusCode: 304, headers: { ...headers, etag: known } };
  },
});
