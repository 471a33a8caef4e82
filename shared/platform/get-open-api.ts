import { openApiDocument } from '../api/openapi.ts';
import type { Operation } from '../api/route.ts';
import { ok } from '../result.ts';
import type { platformRoutes } from './platform-routes.ts';

export const getOpenApi: Operation<typeof platformRoutes.getOpenApi> = () => async () => ok(openApiDocument());
