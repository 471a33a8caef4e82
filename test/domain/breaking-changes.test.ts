import { describe, expect, test } from 'vitest';
import { breakingChanges } from '../support/breaking-changes.ts';
import { announcedIn } from '../support/changelog.ts';

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** A document with one operation that contains everything that is compared. */
const newDocument = () => ({
  paths: {
    '/things/{thingId}': {
      patch: {
        operationId: 'updateThing',
        deprecated: false,
        parameters: [
          { name: 'thingId', in: 'path', required: true, schema: { type: 'string', maxLength: 64 } },
          { name: 'kind', in: 'query', required: false, schema: { type: 'string', enum: ['a', 'b'] } },
        ],
        requestBody: { required: false, content: { 'application/json': { schema: reference('ThingInput') } } },
        responses: {
          200: { headers: { ETag: {} }, content: { 'application/json': { schema: reference('Thing') } } },
          404: { content: { 'application/problem+json': { schema: reference('Problem') } } },
        },
      },
    },
  },
  components: {
    schemas: {
      ThingInput: {
        type: 'object',
        properties: {
          name: { type: 'string', minLength: 0, maxLength: 10, pattern: '^a' },
          limit: { type: ['number', 'null'], minimum: 0, maximum: 9 },
          tags: { type: 'object', additionalProperties: { type: 'string', maxLength: 5 } },
          roles: { type: 'array', maxItems: 3, items: reference('Role') },
          old: { type: 'string', deprecated: true },
        },
        required: ['name'],
      },
      Role: { oneOf: [reference('Manager'), reference('Member')] },
      Manager: { type: 'object', properties: { role: { const: 'manager' } } },
      Member: { type: 'object', properties: { role: { const: 'member' } } },
      Thing: {
        type: 'object',
        properties: {
          id: { type: 'string' },
          state: { type: 'string', enum: ['on', 'off'] },
          at: { type: 'string', format: 'date-time' },
        },
        required: ['id'],
      },
      Problem: { type: 'object', properties: { code: { type: 'string', enum: ['not_found'] } } },
    },
  },
});

type Document = ReturnType<typeof newDocument>;

/** Any part of a document. */
// oxlint-disable-next-line typescript/no-explicit-any -- Every test changes another part, to something that its type does not allow.
type Loose = Record<string, any>;

const operationOf = (document: Document): Loose => document.paths['/things/{thingId}'].patch;
const schemasOf = (document: Document): Loose => document.components.schemas;

const changesAfter = (change: (document: Document) => unknown): string[] => {
  const after = newDocument();
  change(after);
  return breakingChanges(newDocument(), after);
};

test.each<[string, (document: Document) => unknown, string]>([
  [
    'removed operation',
    (d) => delete (d.paths as Loose)['/things/{thingId}'],
    'updateThing: the operation was removed.',
  ],
  [
    'renamed operation',
    (d) => (operationOf(d).operationId = 'changeThing'),
    'updateThing: it is now called changeThing.',
  ],
  ['removed parameter', (d) => operationOf(d).parameters.pop(), 'updateThing: query kind: the parameter was removed.'],
  [
    'parameter that became required',
    (d) => (operationOf(d).parameters[1].required = true),
    'updateThing: query kind: the parameter is now required.',
  ],
  [
    'new required parameter',
    (d) => operationOf(d).parameters.push({ name: 'x', in: 'query', required: true, schema: {} }),
    'updateThing: query x: the parameter is now required.',
  ],
  [
    'removed value of a parameter',
    (d) => (operationOf(d).parameters[1].schema.enum = ['a']),
    'updateThing: query kind: the value "b" is no longer accepted.',
  ],
  [
    'narrower parameter',
    (d) => (operationOf(d).parameters[0].schema.maxLength = 63),
    'updateThing: path thingId: maxLength is now 63.',
  ],
  ['required body', (d) => (operationOf(d).requestBody.required = true), 'updateThing: body: it is now required.'],
  ['removed body', (d) => delete operationOf(d).requestBody, 'updateThing: body: it was removed.'],
  ['removed response', (d) => delete operationOf(d).responses[404], 'updateThing: 404: the response was removed.'],
  [
    'removed response header',
    (d) => (operationOf(d).responses[200].headers = {}),
    'updateThing: 200: the header ETag was removed.',
  ],
  [
    'other media type',
    (d) => (operationOf(d).responses[200].content = { 'text/csv': { schema: reference('Thing') } }),
    'updateThing: 200: the media type application/json was removed.',
  ],
  [
    'renamed schema',
    (d) => {
      schemasOf(d).Item = schemasOf(d).Thing;
      operationOf(d).responses[200].content['application/json'].schema = reference('Item');
    },
    'updateThing: 200: the schema Thing is now Item.',
  ],
  [
    'removed field of a request',
    (d) => delete schemasOf(d).ThingInput.properties.tags,
    'ThingInput (request): the field tags was removed.',
  ],
  [
    'field of a request that became required',
    (d) => schemasOf(d).ThingInput.required.push('tags'),
    'ThingInput (request): the field tags is now required.',
  ],
  [
    'type that is no longer accepted',
    (d) => (schemasOf(d).ThingInput.properties.limit.type = 'number'),
    'ThingInput (request).limit: the type null is no longer accepted.',
  ],
  [
    'lower maximum',
    (d) => (schemasOf(d).ThingInput.properties.limit.maximum = 8),
    'ThingInput (request).limit: maximum is now 8.',
  ],
  [
    'higher minimum',
    (d) => (schemasOf(d).ThingInput.properties.limit.minimum = 1),
    'ThingInput (request).limit: minimum is now 1.',
  ],
  [
    'new minimum',
    (d) => (schemasOf(d).ThingInput.properties.roles.minItems = 1),
    'ThingInput (request).roles: minItems is now 1.',
  ],
  [
    'other pattern',
    (d) => (schemasOf(d).ThingInput.properties.name.pattern = '^b'),
    'ThingInput (request).name: pattern is now "^b".',
  ],
  [
    'narrower value of an open object',
    (d) => (schemasOf(d).ThingInput.properties.tags.additionalProperties.maxLength = 4),
    'ThingInput (request).tags{}: maxLength is now 4.',
  ],
  ['removed member of a union', (d) => schemasOf(d).Role.oneOf.pop(), 'Role (request): Member is no longer accepted.'],
  [
    'other constant',
    (d) => (schemasOf(d).Manager.properties.role.const = 'boss'),
    'Manager (request).role: the value "manager" is no longer accepted.',
  ],
  [
    'closed object',
    (d) => (schemasOf(d).ThingInput.additionalProperties = false),
    'ThingInput (request): other fields are no longer accepted.',
  ],
  [
    'new rule between fields',
    (d) => (schemasOf(d).ThingInput.dependentRequired = { limit: ['tags'] }),
    'ThingInput (request): dependentRequired is now {"limit":["tags"]}.',
  ],
  [
    'removed field of a response',
    (d) => delete schemasOf(d).Thing.properties.at,
    'Thing (response): the field at was removed.',
  ],
  [
    'field of a response that can be absent',
    (d) => (schemasOf(d).Thing.required = []),
    'Thing (response): the field id can now be absent.',
  ],
  [
    'new type of a response',
    (d) => (schemasOf(d).Thing.properties.id.type = ['string', 'null']),
    'Thing (response).id: it can now be of the type null.',
  ],
  [
    'other format',
    (d) => (schemasOf(d).Thing.properties.at.format = 'date'),
    'Thing (response).at: format is now "date".',
  ],
])('a %s is a breaking change', (_, change, expected) => {
  expect(changesAfter(change)).toEqual([expected]);
});

test.each<[string, (document: Document) => unknown]>([
  ['operation', (d) => ((d.paths as Loose)['/others'] = { get: { operationId: 'listOthers', responses: {} } })],
  ['optional parameter', (d) => operationOf(d).parameters.push({ name: 'x', in: 'query', schema: {} })],
  ['value of a parameter', (d) => operationOf(d).parameters[1].schema.enum.push('c')],
  ['optional field of a request', (d) => (schemasOf(d).ThingInput.properties.more = { type: 'string' })],
  ['wider bound', (d) => (schemasOf(d).ThingInput.properties.name.maxLength = 20)],
  ['member of a union', (d) => schemasOf(d).Role.oneOf.push(reference('Guest'))],
  ['field of a response', (d) => (schemasOf(d).Thing.properties.more = { type: 'string' })],
  ['value of a response', (d) => schemasOf(d).Thing.properties.state.enum.push('broken')],
  ['response', (d) => (operationOf(d).responses[409] = {})],
])('a new %s breaks nothing', (_, change) => {
  expect(changesAfter(change)).toEqual([]);
});

describe('a deprecated route can be removed', () => {
  test('a field', () => {
    expect(changesAfter((document) => delete schemasOf(document).ThingInput.properties.old)).toEqual([]);
  });

  test('an operation', () => {
    const before = newDocument();
    operationOf(before).deprecated = true;
    expect(breakingChanges(before, { ...newDocument(), paths: {} })).toEqual([]);
  });
});

test('the changelog announces changes by version', () => {
  const changelog =
    '# Changelog\n\n## 2.0.0\n\n- Breaking: one.\n- Other.\n- Breaking: two.\n\n## 1.0.0\n\n- Breaking: three.\n';
  expect(announcedIn(changelog, '2.0.0')).toEqual(['one.', 'two.']);
  expect(announcedIn(changelog, '1.0.0')).toEqual(['three.']);
  expect(announcedIn(changelog, '3.0.0')).toBeUndefined();
});
