import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { documentation } from '../../shared/api/documentation.ts';
import { openApiDocument } from '../../shared/api/openapi.ts';
import { operationObject } from '../../shared/api/openapi-operation.ts';
import { Components, portablePattern } from '../../shared/api/openapi-schemas.ts';
import type { Route } from '../../shared/api/route.ts';
import { routes } from '../../shared/api/routes.ts';
import { apiVersion } from '../../shared/api/versioning.ts';
import { ownFields } from '../../shared/docs/field-descriptions.ts';
import { openApiFile, openApiText } from '../support/write-openapi.ts';

interface Schema {
  $ref?: string;
  title?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  discriminator?: { propertyName: string; mapping: Record<string, string> };
}

interface Content {
  content?: Record<string, { schema: Schema; example?: unknown }>;
}

interface Response extends Content {
  headers?: Record<string, unknown>;
  links?: Record<string, { operationId: string; parameters: Record<string, string> }>;
}

interface Operation {
  operationId: string;
  parameters: { in: string; name: string; description?: string; schema: Schema }[];
  requestBody?: Content;
  responses: Record<string, Response>;
  security: Record<string, string[]>[];
}

interface Document {
  info: { version: string };
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, Schema>;
    securitySchemes: { machine: { flows: { clientCredentials: { tokenUrl: string; scopes: object } } } };
  };
}

const document = openApiDocument() as unknown as Document;
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
const schemas = Object.entries(document.components.schemas);

/** All values in the document under this key, at any depth. */
const valuesOf = (name: string): unknown[] => {
  const found: unknown[] = [];
  JSON.stringify(document, (key, value: unknown) => {
    if (key === name) found.push(value);
    return value;
  });
  return found;
};

test('the OpenAPI document is valid OpenAPI 3.1', async () => {
  const validator = new Validator();
  expect(await validator.validate(openApiDocument())).toMatchObject({ valid: true });
  expect(validator.version).toBe('3.1');
});

test('the committed document equals the one that the routes generate (after a change, run npm run openapi)', () => {
  expect(readFileSync(openApiFile, 'utf8')).toBe(openApiText());
});

test('the document has the version of the package', () => {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../package.json'), 'utf8');
  expect(apiVersion).toBe((JSON.parse(text) as { version: string }).version);
  expect(document.info.version).toBe(apiVersion);
});

test('the document has every route, with the parameters of its path', () => {
  for (const [name, { method, path: template }] of Object.entries<Route>(routes)) {
    const operation = document.paths[template]?.[method.toLowerCase()];
    expect(operation?.operationId).toBe(name);
    const named = operation?.parameters
      .filter((parameter) => parameter.in === 'path')
      .map((parameter) => parameter.name);
    expect(new Set(named)).toEqual(new Set([...template.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter)));
  }
});

describe('the document describes', () => {
  test('every parameter', () => {
    const undescribed = operations.flatMap(({ operationId, parameters }) =>
      parameters.filter(({ description }) => !description).map(({ name }) => `${operationId}: ${name}`),
    );
    expect(undescribed).toEqual([]);
  });

  test('every schema by a title, and every property', () => {
    expect(schemas.filter(([, { title }]) => !title)).toEqual([]);
    const undescribed = schemas.flatMap(([name, { properties = {} }]) =>
      Object.entries(properties).flatMap(([property, { description }]) => (description ? [] : [`${name}.${property}`])),
    );
    expect(undescribed).toEqual([]);
  });

  test('each field that has its own description', () => {
    const fields = new Set(
      schemas.flatMap(([name, { properties = {} }]) =>
        Object.keys(properties).map((property) => `${name}.${property}`),
      ),
    );
    expect(ownFields.filter((field) => !fields.has(field))).toEqual([]);
  });

  test('every body, every JSON response and every error as a named schema', () => {
    const contents = operations.flatMap(({ requestBody, responses }) => [requestBody, ...Object.values(responses)]);
    const inline = contents.flatMap((each) =>
      Object.entries(each?.content ?? {}).filter(([media, { schema }]) => media.includes('json') && !schema.$ref),
    );
    expect(inline).toEqual([]);
  });

  test('no inline object, because each object schema has a name', () => {
    const inner = schemas.flatMap(([name, schema]) =>
      [schema.items, ...Object.values(schema.properties ?? {}).flatMap((each) => [each, each.items])]
        .filter((each) => each?.properties)
        .map(() => name),
    );
    expect(inner).toEqual([]);
  });
});

describe('programs in other languages can read', () => {
  test('every pattern, because none has Unicode properties or escapes that only one language supports', () => {
    const patterns = valuesOf('pattern') as string[];
    expect(patterns.length).toBeGreaterThan(10);
    expect(patterns.filter((pattern) => /\\(?!x[0-9a-f]{2}|[trn*"\\])/.test(pattern))).toEqual([]);
  });

  test('every bound, because none is specific to JavaScript', () => {
    const bounds = [...valuesOf('minimum'), ...valuesOf('maximum')] as number[];
    expect(bounds.filter((bound) => Math.abs(bound) >= Number.MAX_SAFE_INTEGER)).toEqual([]);
  });

  test('every union, because a discriminator selects its schema, or it only adds null or unknown values', () => {
    const unions = schemas.filter(([, { oneOf }]) => oneOf);
    expect(unions.map(([name]) => name)).toEqual(expect.arrayContaining(['Policy', 'PolicyInput', 'RoleAssignment']));
    for (const [, { oneOf = [], discriminator }] of unions) {
      expect(discriminator?.propertyName).toMatch(/^(type|role)$/);
      expect(Object.values(discriminator?.mapping ?? {})).toEqual(oneOf.map(({ $ref }) => $ref));
    }
    expect(valuesOf('oneOf')).toHaveLength(unions.length);
    const others = [
      [{ $ref: expect.any(String) as string }, { type: 'null' }],
      [{ type: 'string', enum: expect.any(Array) as string[] }, { type: 'string' }],
    ];
    for (const members of valuesOf('anyOf')) expect(others).toContainEqual(members);
  });
});

test.each([
  [/^[^\p{Cc}\p{Cs}]*$/u, '^[^\\x00-\\x1f\\x7f-\\x9f]*$'],
  [/^(?:[^\p{Cs}\p{Cc}\u202a-\u202e]|[\t\r\n])*$/u, '^(?:[^\\x00-\\x1f\\x7f-\\x9f]|[\\t\\r\\n])*$'],
  [/^[\w+-]{1,9}$/, '^[A-Za-z0-9_+-]{1,9}$'],
  [/^\w{1,9}$/, '^[A-Za-z0-9_]{1,9}$'],
])('the portable pattern of %s accepts the same values', (pattern, portable) => {
  expect(portablePattern(pattern.source)).toBe(portable);
  for (const text of ['', 'a', 'É', '日本', '😀', 'a-b_c+d', 'a\tb', 'a\u0085b', 'a\u202eb', '\u0000'])
    if (pattern.test(text)) expect(text).toMatch(new RegExp(portable));
});

test('two different schemas cannot have the same name', () => {
  const components = new Components();
  components.schema(z.object({ id: z.string() }), 'output', 'Thing');
  components.schema(z.object({ id: z.string() }), 'output', 'Thing');
  expect(() => components.schema(z.object({ id: z.int() }), 'output', 'Thing')).toThrow('Thing');
});

describe('the responses', () => {
  const success = ({ responses }: Operation): [string, Response] =>
    Object.entries(responses).find(([status]) => status.startsWith('2')) ?? ['', {}];

  test('of creations have a Location, and a link to the created object', () => {
    const created = operations.filter((operation) => success(operation)[0] === '201');
    // No route returns a single service account.
    const unlinked = created.filter((operation) => !success(operation)[1].links).map(({ operationId }) => operationId);
    expect(unlinked).toEqual(['createServiceAccount']);
    expect(created.filter((operation) => !success(operation)[1].headers?.Location)).toEqual([]);
    expect(created.length).toBeGreaterThan(5);
  });

  test('of 401, 429 and 503 have the headers that tell the caller what to do', () => {
    for (const [status, header] of [
      ['401', 'WWW-Authenticate'],
      ['429', 'Retry-After'],
      ['503', 'Retry-After'],
    ] as const) {
      const found = operations.flatMap(({ responses }) => responses[status] ?? []);
      expect(found.length).toBeGreaterThan(40);
      expect(found.filter(({ headers }) => !headers?.[header])).toEqual([]);
    }
  });

  test('link to operations with all parameters of their paths', () => {
    const links = operations.flatMap((operation) => Object.values(success(operation)[1].links ?? {}));
    expect(links.map(({ operationId }) => operationId)).toEqual(
      expect.arrayContaining(['getInvite', 'getUser', 'getPool']),
    );
    for (const { operationId, parameters } of links) {
      const target = operations.find((each) => each.operationId === operationId);
      const inPath = target?.parameters.filter((each) => each.in === 'path').map(({ name }) => name);
      expect(Object.keys(parameters).toSorted()).toEqual(inPath?.toSorted());
      for (const value of Object.values(parameters)) expect(value).toMatch(/^\$(request\.path\.\w+|response\.body#\/)/);
    }
  });

  test('have an ETag where the route accepts If-Match', () => {
    const conditional = operations.filter(({ parameters }) => parameters.some(({ name }) => name === 'If-Match'));
    const without = conditional.filter((operation) => {
      const [status, { headers, content }] = success(operation);
      return (
        status !== '204' && content?.['application/json']?.schema.$ref?.endsWith('/Removal') !== true && !headers?.ETag
      );
    });
    expect(without.map(({ operationId }) => operationId)).toEqual([]);
  });
});

test('an operation of a deprecated route is deprecated, and shows until when it is supported', () => {
  const row: Route = { ...routes.getHealth, deprecated: { since: '2027-01-01', sunset: '2027-07-01' } };
  const operation = operationObject('getHealth', row, documentation.getHealth, new Components(), new Map());
  expect(operation.deprecated).toBe(true);
  expect(operation.description).toMatch(/2027-01-01.*2027-07-01/);
  expect(document.paths['/health']?.get).not.toHaveProperty('deprecated');
});

test('machines get tokens from the token URL of the stage, for every route except those about the signed-in person', () => {
  const { securitySchemes } = (openApiDocument('https://sign-in.test') as unknown as Document).components;
  const { tokenUrl, scopes } = securitySchemes.machine.flows.clientCredentials;
  expect(tokenUrl).toBe('https://sign-in.test/oauth2/token');
  expect(Object.keys(scopes)).toEqual(['roster/api']);
  for (const [name, { access }] of Object.entries<Route>(routes)) {
    const operation = operations.find(({ operationId }) => operationId === name);
    const schemes = operation?.security.map((each) => Object.keys(each)[0]);
    if (access === 'public') expect(schemes).toEqual([]);
    else expect(schemes).toEqual(access === 'person' ? ['accessToken'] : ['accessToken', 'machine']);
  }
});
