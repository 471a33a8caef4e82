import { tags } from '../docs/route-docs.ts';
import { documentation } from './documentation.ts';
import { machineScope, operationObject } from './openapi-operation.ts';
import { problemSchemas } from './openapi-problems.ts';
import { Components, type Json } from './openapi-schemas.ts';
import type { Route } from './route.ts';
import { routes, type RouteName } from './routes.ts';
import { apiDescription, apiVersion } from './versioning.ts';

/** The address of the sign-in pages in the stored document. A running stage has its own. */
const exampleSignInUrl = 'https://sign-in.example.com';

/** The OpenAPI 3.1 document of the route table. `signInUrl`: the address of the sign-in pages, without a slash at the end. */
export const openApiDocument = (signInUrl = exampleSignInUrl): Json & { openapi: string } => {
  const components = new Components();
  for (const [name, schema] of Object.entries(problemSchemas)) components.add(name, schema);
  const rows = Object.entries<Route>(routes) as [RouteName, Route][];
  const getters = new Map(rows.filter(([, { method }]) => method === 'GET').map(([name, { path }]) => [path, name]));
  const paths: Record<string, Json> = {};
  for (const [name, row] of rows)
    paths[row.path] = {
      ...paths[row.path],
      [row.method.toLowerCase()]: operationObject(name, row, documentation[name], components, getters),
    };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Roster',
      version: apiVersion,
      summary: 'User management for FinOps platforms.',
      description: apiDescription,
      contact: { name: 'The operators of this installation' },
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The installation that serves this document.' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: { schemas: components.all(), headers, securitySchemes: securitySchemes(signInUrl) },
  };
};

const headers = {
  ETag: {
    description:
      'Identifies the state that the response shows, in quotes. Send it as `If-None-Match` with a later request or, if it begins with a version, as `If-Match` with a change.',
    schema: { type: 'string', pattern: '^"[0-9A-Za-z_-]+"$' },
  },
  Location: { description: 'The path of the created object.', schema: { type: 'string', format: 'uri-reference' } },
  'Retry-After': {
    description: 'The number of seconds after which the same request may succeed, if that is known.',
    schema: { type: 'integer', minimum: 1 },
  },
  RateLimit: {
    description:
      'What is left of the exceeded limit (`r`), and the number of seconds after which the same request may succeed (`t`), as in draft-ietf-httpapi-ratelimit-headers. Absent if API Gateway responds, or if the limit is a number per day.',
    schema: { type: 'string' },
    example: '"person";r=120;t=4',
  },
  'RateLimit-Policy': {
    description:
      'The exceeded limit: the quota (`q`) for a number of seconds (`w`), in calls or in capacity units (`qu`). It is that of a person’s calls (`calls`), of the costly calls of a person (`person`) or an organization (`organization`), or of a source address (`address`).',
    schema: { type: 'string' },
    example: '"person";q=9000;w=6;qu="capacity-units"',
  },
  'WWW-Authenticate': { description: 'The authentication scheme, `Bearer`.', schema: { type: 'string' } },
};

const securitySchemes = (signInUrl: string) => ({
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The access token of a signed-in person or of a machine.',
  },
  machine: {
    type: 'oauth2',
    description:
      'A machine gets its access token with its client id and secret. The operators of the installation create the client, and an organization manager gives it roles with `createServiceAccount`. A running installation states its own token URL in `/openapi.json`; the operators also find it as `TokenUrl` in the outputs of the stack.',
    flows: {
      clientCredentials: { tokenUrl: `${signInUrl}/oauth2/token`, scopes: { [machineScope]: 'Call the API.' } },
    },
  },
});
