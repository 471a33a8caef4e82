import * as z from 'zod';
import { documentation } from './documentation.ts';
import { errorCodes, type ErrorCode } from '../errors.ts';
import { idempotencyHours, idempotencyKeyLettersMax } from '../limits.ts';
import { takesIdempotencyKey, takesIfMatch, type Route } from './route.ts';
import { tags, type RouteDocs } from '../docs/route-docs.ts';
import { routes, type RouteName } from './routes.ts';

type Json = Record<string, unknown>;

/** Failures that any route can have, beside its own. */
const everyRoute: ErrorCode[] = ['invalid_request', 'unavailable', 'conflict'];
const withBody: ErrorCode[] = [
  'invalid_json',
  'invalid_utf8',
  'body_too_large',
  'unsupported_media_type',
  'unsupported_charset',
];
const signedIn: ErrorCode[] = ['own_account_disabled'];
const inOrganization: ErrorCode[] = ['organization_not_found', 'forbidden'];

/** The OpenAPI 3.1 document of the route table. */
export const openApiDocument = (): Json & { openapi: string } => {
  const components = new Components();
  const paths: Record<string, Json> = {};
  for (const [name, row] of Object.entries<Route>(routes) as [RouteName, Route][])
    paths[row.path] = {
      ...paths[row.path],
      [row.method.toLowerCase()]: operationObject(name, row, documentation[name], components),
    };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Roster',
      version: '1',
      description:
        'The people of an organization, their roles, the invites that bring them in, and who takes over when they go. Every path that supports GET also supports HEAD.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: { ...components.schemas, Problem: problemSchema, GatewayError: gatewayErrorSchema },
      securitySchemes: {
        cognito: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A Cognito access token.' },
      },
    },
  };
};

const operationObject = (name: RouteName, row: Route, docs: RouteDocs, components: Components): Json => ({
  operationId: name,
  summary: docs.summary,
  description: docs.description,
  tags: [docs.tag],
  parameters: [
    ...parameters(row.params, 'path', components),
    ...parameters(row.query, 'query', components),
    ...headerParameters(row),
  ],
  ...(row.body && {
    requestBody: {
      required: true,
      content: { 'application/json': { schema: components.schema(row.body, 'input'), example: docs.example.body } },
    },
  }),
  responses: {
    [row.status]: successObject(row, docs, components),
    ...(row.method === 'GET' && {
      304: { description: 'The caller has the current state already (`If-None-Match`).' },
    }),
    ...failureObjects(row),
  },
  security: row.access === 'public' ? [] : [{ cognito: [] }],
});

const parameters = (schema: z.ZodObject, where: 'path' | 'query', components: Components): Json[] =>
  Object.entries(schema.shape).map(([name, value]) => {
    const required = where === 'path' || !(value as z.ZodType).safeParse(undefined).success;
    const { description, ...rest } = components.schema(value as z.ZodType, 'input');
    return { name, in: where, required, ...(description !== undefined && { description }), schema: rest };
  });

const headerParameters = (row: Route): Json[] => [
  ...(row.method === 'GET'
    ? [
        {
          name: 'If-None-Match',
          in: 'header',
          schema: { type: 'string' },
          description:
            'The ETag of an earlier response. If the response would be the same now, it is 304 without a body.',
        },
      ]
    : []),
  ...(takesIfMatch(row)
    ? [
        {
          name: 'If-Match',
          in: 'header',
          schema: { type: 'string' },
          description:
            'The ETag of the object as the caller knows it, or its version in quotes. If the version has changed since, the response is 412.',
        },
      ]
    : []),
  ...(takesIdempotencyKey(row)
    ? [
        {
          name: 'Idempotency-Key',
          in: 'header',
          schema: { type: 'string', minLength: 1, maxLength: idempotencyKeyLettersMax },
          description: `For ${idempotencyHours} hours the same key and body have one effect and the same answer; with another body 422.`,
        },
      ]
    : []),
];

const successObject = (row: Route, docs: RouteDocs, components: Components): Json => {
  if (row.status === 204) return { description: 'Done.' };
  return {
    description: 'Done.',
    ...(row.status === 201 && {
      headers: { Location: { schema: { type: 'string' }, description: 'Where the object is.' } },
    }),
    content: {
      [row.media ?? 'application/json']: {
        schema: components.schema(row.response, 'output'),
        ...(docs.example.response !== undefined && { example: docs.example.response }),
      },
    },
  };
};

/** A problem with one of these codes. */
const problemOf = (codes: ErrorCode[]): Json => ({
  allOf: [{ $ref: '#/components/schemas/Problem' }],
  properties: { code: { enum: codes } },
});

const failureObjects = (row: Route): Json => {
  const member = row.access !== 'public' && row.access !== 'person';
  const codes = new Set([
    ...row.errors,
    ...everyRoute,
    ...(row.access === 'public' ? [] : signedIn),
    ...(row.body ? withBody : []),
    ...(member ? inOrganization : []),
  ]);
  const byStatus = Map.groupBy(codes, (code) => errorCodes[code][0]);
  const gateway = { 'application/json': { schema: { $ref: '#/components/schemas/GatewayError' } } };
  const problems = [...byStatus].map(([status, names]) => [
    status,
    {
      description: names.map((code) => `\`${code}\`: ${errorCodes[code][1]}.`).join(' '),
      content: {
        'application/problem+json': { schema: problemOf(names) },
        ...((status === 413 || status === 429 || status === 503) && gateway),
      },
    },
  ]);
  return {
    ...Object.fromEntries(problems),
    ...(row.access !== 'public' && {
      401: {
        description: 'No valid access token; answered by the gateway.',
        content: { ...gateway, 'application/problem+json': { schema: problemOf(['unauthorized']) } },
      },
    }),
    ...(!byStatus.has(429) && {
      429: { description: 'Too many requests; answered by the gateway.', content: gateway },
    }),
  };
};

/** Schemas that carry an id are written once and referred to. */
class Components {
  readonly schemas: Record<string, Json> = {};

  schema(schema: z.ZodType, io: 'input' | 'output'): Json {
    const {
      $schema: _,
      $defs,
      ...json
    } = z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      // What answers show may grow: their schemas stay open.
      override: ({ jsonSchema }) => {
        if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
        // The pattern of a date only repeats its format.
        if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
        delete jsonSchema.id;
        const described = jsonSchema.anyOf?.filter((each) => !('undescribed' in each));
        if (described?.length === 1) {
          delete jsonSchema.anyOf;
          Object.assign(jsonSchema, described[0]);
        }
      },
    }) as Json & { $defs?: Record<string, Json> };
    Object.assign(this.schemas, rewriteRefs({ ...$defs }));
    return rewriteRefs(json) as Json;
  }
}

const rewriteRefs = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(rewriteRefs);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === '$ref' && typeof part === 'string'
        ? part.replace('#/$defs/', '#/components/schemas/')
        : rewriteRefs(part),
    ]),
  );
};

const problemSchema: Json = {
  description: 'RFC 9457.',
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', enum: Object.keys(errorCodes) },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail'],
        properties: {
          pointer: {
            type: 'string',
            description:
              'JSON Pointer into the body; `?name` a query parameter; `{name}` a path parameter; else a header.',
          },
          code: { type: 'string' },
          detail: { type: 'string' },
        },
      },
    },
  },
};

const gatewayErrorSchema: Json = {
  description: 'What API Gateway itself answers.',
  type: 'object',
  required: ['message'],
  properties: { message: { type: 'string' } },
};
