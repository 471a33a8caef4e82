import type * as z from 'zod';
import { capitalized } from '../asset-kinds.ts';
import { describeParameter } from '../docs/field-descriptions.ts';
import { exampleParameters } from '../docs/examples.ts';
import type { RouteDocs } from '../docs/route-docs.ts';
import { idempotencyHours, idempotencyKeyLettersMax, versionDigitsMax } from '../limits.ts';
import { failureObjects } from './openapi-problems.ts';
import type { Components, Json } from './openapi-schemas.ts';
import type { Deprecation } from './versioning.ts';
import { takesIdempotencyKey, takesIfMatch, type Route } from './route.ts';

/** The scope that the access token of a machine has. */
export const machineScope = 'roster/api';

/** An operation of the document. `getters`: the names of the operations that return an object, by their path. */
export const operationObject = (
  name: string,
  row: Route,
  docs: RouteDocs,
  components: Components,
  getters: ReadonlyMap<string, string>,
): Json => ({
  operationId: name,
  summary: docs.summary,
  description: row.deprecated ? `${docs.description} ${deprecationText(row.deprecated)}` : docs.description,
  ...(row.deprecated && { deprecated: true }),
  tags: [docs.tag],
  parameters: [
    ...parameters(row.params, 'path', name, components),
    ...parameters(row.query, 'query', name, components),
    ...headerParameters(row),
  ],
  ...(row.body && {
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: components.schema(row.body, 'input', `${capitalized(name)}Request`),
          example: docs.example.body,
        },
      },
    },
  }),
  responses: {
    [row.status]: successObject(name, row, docs, components, getters),
    ...(row.method === 'GET' && {
      304: {
        description: 'The caller already has the current state, whose `ETag` is in `If-None-Match`.',
        headers: eTag,
      },
    }),
    ...failureObjects(row),
  },
  security: securityOf(row),
});

const deprecationText = ({ since, sunset }: Deprecation): string =>
  `It has been deprecated since ${since} and may be removed on ${sunset}.`;

/** Machines have no account, so only people call the routes about the signed-in person. */
const securityOf = ({ access }: Route): Json[] => {
  if (access === 'public') return [];
  return access === 'person' ? [{ accessToken: [] }] : [{ accessToken: [] }, { machine: [machineScope] }];
};

const parameters = (schema: z.ZodObject, where: 'path' | 'query', operation: string, components: Components): Json[] =>
  Object.entries(schema.shape).map(([name, value]) => {
    const type = value as z.ZodType;
    const required = where === 'path' || !type.safeParse(undefined).success;
    const { description, ...rest } = components.schema(type, 'input', `${capitalized(operation)}${capitalized(name)}`);
    const example = exampleParameters[name];
    return {
      name,
      in: where,
      required,
      description: describeParameter(operation, name, description),
      schema: rest,
      ...(example !== undefined && { example }),
    };
  });

const headerParameters = (row: Route): Json[] => [
  ...(row.method === 'GET'
    ? [
        {
          name: 'If-None-Match',
          in: 'header',
          required: false,
          schema: { type: 'string' },
          description:
            'The `ETag` of an earlier response. If the response would be the same now, it is 304 without a body.',
          example: '"4-5d41402abc4b2a76"',
        },
      ]
    : []),
  ...(takesIfMatch(row)
    ? [
        {
          name: 'If-Match',
          in: 'header',
          required: false,
          schema: { type: 'string', pattern: `^(\\*|"[0-9]{1,${versionDigitsMax}}(-[0-9A-Za-z_-]+)?")$` },
          description:
            'The `ETag` of the object as the caller knows it, or its version in quotes. If the version has changed since, the response is 412. `*` or no header: the change is made in any case.',
          example: '"4"',
        },
      ]
    : []),
  ...(takesIdempotencyKey(row)
    ? [
        {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          schema: { type: 'string', minLength: 1, maxLength: idempotencyKeyLettersMax },
          description: `A unique text that makes it safe to repeat the request. For ${idempotencyHours} hours, requests with the same key and body have one effect and get the same response. The same key with another body gets 422.`,
          example: '7f9c24e8-3b12-4fef-91e0-5a1c2d8e6b44',
        },
      ]
    : []),
];

const successObject = (
  name: string,
  row: Route,
  docs: RouteDocs,
  components: Components,
  getters: ReadonlyMap<string, string>,
): Json => {
  if (row.status === 204) return { description: 'The request succeeded. The response has no body.' };
  const media = row.media ?? 'application/json';
  const schema = components.schema(row.response, 'output', responseName(name, row.response));
  const headers = {
    ...((row.method === 'GET' || hasVersion(row.response)) && eTag),
    ...(row.status === 201 && { Location: { $ref: '#/components/headers/Location' } }),
  };
  const links = linksOf(name, row, docs, getters);
  return {
    description: row.status === 201 ? 'The object was created.' : 'The request succeeded.',
    ...(Object.keys(headers).length > 0 && { headers }),
    content: { [media]: { schema, ...(docs.example.response !== undefined && { example: docs.example.response }) } },
    ...(links && { links }),
  };
};

const eTag = { ETag: { $ref: '#/components/headers/ETag' } };

/** A response that is a list is named after its items: `UserList`. */
const responseName = (operation: string, response: z.ZodType): string => {
  const id = itemId(response);
  return id === undefined ? `${capitalized(operation)}Response` : `${id}List`;
};

const shapeOf = (schema: z.ZodType): Record<string, z.ZodType> =>
  (schema as Partial<z.ZodObject<Record<string, z.ZodType>>>).shape ?? {};

const itemId = (response: z.ZodType): string | undefined => {
  const { items } = shapeOf(response) as { items?: z.ZodArray<z.ZodType> };
  return items?.element.meta()?.id;
};

const hasVersion = (response: z.ZodType): boolean => 'version' in shapeOf(response) || response.meta()?.id === 'Policy';

/** What the response of an operation leads to: the object that was created, and what the documentation names. */
const linksOf = (
  name: string,
  row: Route,
  { links = {} }: RouteDocs,
  getters: ReadonlyMap<string, string>,
): Json | undefined => {
  const created =
    row.status === 201
      ? [...getters].find(([path]) => path.startsWith(`${row.path}/{`) && path.endsWith('}'))
      : undefined;
  const entries = [...(created ? [linkToCreated(row, created)] : []), ...Object.entries(links)];
  if (entries.length === 0) return undefined;
  return Object.fromEntries(
    entries.map(([operationId, parameterValues]) => [
      capitalized(operationId),
      { operationId, parameters: parameterValues, description: `Leads from \`${name}\` to \`${operationId}\`.` },
    ]),
  );
};

const linkToCreated = (row: Route, [path, getter]: readonly [string, string]): [string, Record<string, string>] => {
  const idParameter = /\{(\w+)\}$/.exec(path)?.[1] ?? '';
  const own = Object.keys(row.params.shape).map((each) => [each, `$request.path.${each}`]);
  return [getter, Object.fromEntries([...own, [idParameter, '$response.body#/id']])];
};
