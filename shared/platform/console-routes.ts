import * as z from 'zod';
import { route } from '../api/route.ts';
import { none } from '../api/schemas.ts';

const file = {
  method: 'GET',
  access: 'public',
  query: z.looseObject({}),
  body: undefined,
  status: 200,
  response: z.string(),
  media: 'text/html',
  errors: [],
} as const;

/** The routes of the web console. They are only for API Gateway, and not part of the API in the OpenAPI document and the client. */
export const consoleRoutes = {
  /** The page of the console. */
  showConsole: route({
    ...file,
    path: '/',
    params: none,
  }),
  /** The reference of the API, as a page for people. */
  showDocs: route({
    ...file,
    path: '/docs',
    params: none,
  }),
  /** A file of the console or the reference by its hashed name, or the page of the console at the address of any of its screens. */
  getConsoleFile: route({
    ...file,
    path: '/console/{proxy+}',
    params: z.strictObject({ proxy: z.string() }),
  }),
};
