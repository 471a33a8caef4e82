import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { issueText } from '../../functions/http/issue-text.ts';
import { parseRequest } from '../../functions/http/request.ts';
import type { Route } from '../../shared/api/route.ts';
import { routes } from '../../shared/api/routes.ts';
import type { FieldError } from '../../shared/errors.ts';

/** Values of every JSON type, of which each field refuses most. */
const values: unknown[] = [
  null,
  true,
  '',
  'x'.repeat(3_000),
  '\u0007',
  '2026-02-30',
  -1,
  0.001,
  1e300,
  Number.NaN,
  [],
  [null, {}],
  Array.from({ length: 1_001 }, () => 'x'),
  {},
  { unknown: 1, '\u0007': '\u0007' },
];

interface JsonSchema {
  $ref?: string;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  const?: unknown;
}

/** Yields variants of a valid value in which the whole value or one of its parts is replaced by each wrong value. */
function* wrongValues(schema: JsonSchema, definitions: Record<string, JsonSchema>): Generator {
  if (schema.$ref !== undefined) {
    yield* wrongValues(definitions[schema.$ref.replace('#/$defs/', '')] ?? {}, definitions);
    return;
  }
  yield* values;
  const { properties = {}, items, additionalProperties } = schema;
  const constants = Object.fromEntries(
    Object.entries(properties).flatMap(([name, part]) => ('const' in part ? [[name, part.const]] : [])),
  );
  for (const [name, part] of Object.entries(properties))
    for (const value of wrongValues(part, definitions)) yield { ...constants, [name]: value };
  if (typeof additionalProperties === 'object')
    for (const value of wrongValues(additionalProperties, definitions)) yield { key: value };
  for (const value of items ? wrongValues(items, definitions) : []) yield [value];
  for (const option of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) yield* wrongValues(option, definitions);
}

const wrongFor = (schema: z.ZodType): unknown[] => {
  const { $defs = {}, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return [...wrongValues(json as JsonSchema, $defs as Record<string, JsonSchema>)];
};

const errorsOf = (row: Route, event: Partial<APIGatewayProxyEventV2>, body?: unknown): FieldError[] => {
  const result = parseRequest(row, { headers: {}, ...event } as APIGatewayProxyEventV2, body);
  return result.ok ? [] : (result.error.errors ?? []);
};

/** The words in which the parser describes a value, and the signs with which it compares. */
const parserWords =
  /received|expected|invalid|unrecognized|too (small|big)|option|NaN|undefined|pattern|discriminator|[<>|"]/i;

describe.each(Object.entries<Route>(routes))('%s', (_, row) => {
  test('describes every wrong value in plain sentences', () => {
    const texts = ['', 'x'.repeat(3_000), '-1', '1e1', 'true', '\u0007'];
    const inAddress = texts.flatMap((text) => {
      const each = (shape: object) => Object.fromEntries(Object.keys(shape).map((name) => [name, text]));
      return errorsOf(row, {
        pathParameters: each(row.params.shape),
        queryStringParameters: { ...each(row.query.shape), unknown: text },
        headers: { 'if-match': text, 'idempotency-key': text },
      });
    });
    const inBody = row.body ? [undefined, ...wrongFor(row.body)].flatMap((body) => errorsOf(row, {}, body)) : [];
    const details = new Set([...inAddress, ...inBody].map(({ detail }) => detail));
    expect([...details].filter((detail) => parserWords.test(detail) || !/^[A-Z\d].*\.$/s.test(detail))).toEqual([]);
    expect(details.size).toBeGreaterThanOrEqual(row.body ? 3 : 0);
  });
});

/** For each kind of issue that the parser reports, a value that causes it. */
test.each<[code: string, schema: z.ZodType, value: unknown, text: string]>([
  ['invalid_type', z.string(), undefined, 'This is required.'],
  ['invalid_type', z.number(), 'ten', 'This must be a number.'],
  ['invalid_type', z.int(), 1.5, 'This must be a whole number.'],
  ['invalid_type', z.date(), '', 'This must be another type.'],
  ['invalid_value', z.enum(['resend', 'revoke']), 'x', 'This must be one of: resend, revoke.'],
  ['invalid_value', z.literal(1), 2, 'This must be 1.'],
  ['too_small', z.string().min(1), '', 'This must have at least 1 character.'],
  ['too_small', z.number().gt(2), 2, 'This must be more than 2.'],
  ['too_big', z.array(z.null()).max(2), [null, null, null], 'This must have at most 2 items.'],
  ['too_big', z.number().max(30), 31, 'This must be at most 30.'],
  ['too_big', z.string().length(2), 'abc', 'This must have exactly 2 characters.'],
  ['invalid_format', z.iso.date(), '31.1.2026', 'This must be a date in the form 2026-01-31.'],
  ['invalid_format', z.string().regex(/^a$/), 'b', 'This does not have the required form.'],
  ['not_multiple_of', z.number().multipleOf(5), 7, 'This must be a multiple of 5.'],
  ['unrecognized_keys', z.strictObject({}), { a: 1 }, 'There is no such field.'],
  ['invalid_union', z.union([z.string(), z.number()]), true, 'This has none of the forms that are allowed here.'],
  [
    'invalid_union',
    z.discriminatedUnion('type', [z.object({ type: z.literal('a') }), z.object({ type: z.literal('b') })]),
    {},
    'This must be one of: a, b.',
  ],
  [
    'invalid_key',
    z.record(z.string().max(1), z.string()),
    { ab: '' },
    'This is not a valid key. This must have at most 1 character.',
  ],
  [
    'invalid_element',
    z.map(z.literal(true), z.string().max(1)),
    new Map([[true, 'ab']]),
    'This contains an element that is not valid. This must have at most 1 character.',
  ],
  ['custom', z.string().refine(() => false), '', 'This is not valid.'],
])('%s of %o', (code, schema, value, text) => {
  const { error } = schema.safeParse(value, { error: issueText });
  expect(error?.issues.map((issue) => [issue.code, issue.message])).toEqual([[code, text]]);
});
