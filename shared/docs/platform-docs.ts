import type { DocsOf } from './route-docs.ts';
import type { platformRoutes } from '../platform/platform-routes.ts';

export const platformDocs: DocsOf<typeof platformRoutes> = {
  getHealth: {
    tag: 'Platform',
    summary: 'Check the health of the API',
    description: 'Responds if the API is up. It reads no data.',
    example: { response: { status: 'ok' } },
  },
  getOpenApi: {
    tag: 'Platform',
    summary: 'Get the OpenAPI document',
    description: 'Returns this document, which describes every operation of the API.',
    example: { response: { openapi: '3.1.0' } },
  },
  getErrorCatalogue: {
    tag: 'Platform',
    summary: 'Show the error codes',
    description:
      'Returns a page that explains every error code. The `type` of a problem leads to the entry of its code.',
    example: {},
  },
};
