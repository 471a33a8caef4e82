import { openApiDocument } from '../api/openapi.ts';
import type { Operation } from '../api/route.ts';
import { ok } from '../result.ts';
import type { platformRoutes } from './platform-routes.ts';

/** The document with the token URL of this installation. `signInUrl`: the address of its sign-in pages, without a slash at the end. */
export const getOpenApi =
  (signInUrl: string): Operation<typeof platformRoutes.getOpenApi> =>
  () =>
  async () =>
    ok(openApiDocument(signInUrl));
