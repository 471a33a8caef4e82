import { deprecationHeaders } from '../../../shared/api/versioning.ts';
import type { Middleware, MiddlewareRequest } from '../incoming.ts';

/** Announces in every response of a deprecated route until when it is kept. `middy().use(deprecation())`. */
export const deprecation = (): Middleware => ({ after: announce, onError: announce });

const announce = ({ event, response }: MiddlewareRequest): void => {
  const deprecated = event.served?.row.deprecated;
  if (deprecated && response) response.headers = { ...response.headers, ...deprecationHeaders(deprecated) };
};
