type Json = Record<string, unknown>;

interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: Schema | boolean;
  oneOf?: Schema[];
  anyOf?: Schema[];
  deprecated?: boolean;
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  deprecated?: boolean;
  schema: Schema;
}

interface Content {
  content?: Record<string, { schema: Schema }>;
}

interface Operation {
  operationId: string;
  deprecated?: boolean;
  parameters?: Parameter[];
  requestBody?: Content & { required?: boolean };
  responses: Record<string, Content & { headers?: Json }>;
}

export interface ApiDocument {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

type Direction = 'request' | 'response';

/**
 * The changes from one document to another that break programs written for the first, one sentence each. What the first document
 * marks as deprecated may go. The policy in `apiDescription` states what may be added.
 */
export const breakingChanges = (before: ApiDocument, after: ApiDocument): string[] => {
  const changes = Object.entries(before.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const now = after.paths[path]?.[method];
      if (now) return changesOfOperation(operation, now, { before, after });
      return operation.deprecated ? [] : [`${operation.operationId}: the operation was removed.`];
    }),
  );
  return [...new Set(changes)];
};

interface Documents {
  before: ApiDocument;
  after: ApiDocument;
}

const changesOfOperation = (before: Operation, after: Operation, documents: Documents): string[] => [
  ...(before.operationId === after.operationId
    ? []
    : [`${before.operationId}: it is now called ${after.operationId}.`]),
  ...changesOfParameters(before, after, documents),
  ...changesOfBody(before, after, documents),
  ...Object.entries(before.responses).flatMap(([status, response]) => {
    const where = `${before.operationId}: ${status}`;
    const now = after.responses[status];
    if (!now) return [`${where}: the response was removed.`];
    return [
      ...missingFrom(Object.keys(now.headers ?? {}), Object.keys(response.headers ?? {})).map(
        (header) => `${where}: the header ${header} was removed.`,
      ),
      ...changesOfContent(where, response, now, 'response', documents),
    ];
  }),
];

const changesOfParameters = (before: Operation, after: Operation, documents: Documents): string[] => {
  const keyOf = (parameter: Parameter): string => `${parameter.in} ${parameter.name}`;
  const earlier = new Map((before.parameters ?? []).map((each) => [keyOf(each), each]));
  const later = new Map((after.parameters ?? []).map((each) => [keyOf(each), each]));
  return [
    ...[...earlier].flatMap(([key, parameter]) => {
      const where = `${before.operationId}: ${key}`;
      const now = later.get(key);
      if (!now) return parameter.deprecated ? [] : [`${where}: the parameter was removed.`];
      return changesOfSchema(where, parameter.schema, now.schema, 'request', documents);
    }),
    ...[...later].flatMap(([key, { required }]) =>
      required && !earlier.get(key)?.required ? [`${before.operationId}: ${key}: the parameter is now required.`] : [],
    ),
  ];
};

const changesOfBody = ({ operationId, requestBody }: Operation, after: Operation, documents: Documents): string[] => {
  const where = `${operationId}: body`;
  if (after.requestBody?.required && !requestBody?.required) return [`${where}: it is now required.`];
  if (!requestBody) return [];
  return after.requestBody
    ? changesOfContent(where, requestBody, after.requestBody, 'request', documents)
    : [`${where}: it was removed.`];
};

const changesOfContent = (
  where: string,
  before: Content,
  after: Content,
  direction: Direction,
  documents: Documents,
): string[] =>
  Object.entries(before.content ?? {}).flatMap(([media, { schema }]) => {
    const now = after.content?.[media];
    return now
      ? changesOfSchema(where, schema, now.schema, direction, documents)
      : [`${where}: the media type ${media} was removed.`];
  });

const changesOfSchema = (
  where: string,
  before: Schema,
  after: Schema,
  direction: Direction,
  documents: Documents,
): string[] => {
  const [earlier, earlierName] = resolved(before, documents.before);
  const [later, laterName] = resolved(after, documents.after);
  // A named schema is compared once under its own name, in each direction.
  const place = earlierName === undefined ? where : `${earlierName} (${direction})`;
  if (earlierName !== undefined && laterName !== earlierName)
    return [`${where}: the schema ${earlierName} is now ${laterName ?? 'inline'}.`];
  const rules = direction === 'request' ? requestRules : responseRules;
  const compare = (inner: string, one: Schema | undefined, two: Schema | undefined): string[] =>
    one && two ? changesOfSchema(inner, one, two, direction, documents) : [];
  return [
    ...rules.flatMap((rule) => rule(earlier, later).map((change) => `${place}: ${change}`)),
    ...Object.entries(earlier.properties ?? {}).flatMap(([name, property]) =>
      compare(`${place}.${name}`, property, later.properties?.[name]),
    ),
    ...compare(`${place}[]`, earlier.items, later.items),
    ...compare(`${place}{}`, schemaOf(earlier.additionalProperties), schemaOf(later.additionalProperties)),
    ...(earlier.oneOf ?? []).flatMap((member) =>
      compare(
        place,
        member,
        later.oneOf?.find(({ $ref }) => $ref === member.$ref),
      ),
    ),
    ...(earlier.anyOf ?? []).flatMap((member, index) => compare(place, member, later.anyOf?.[index])),
  ];
};

const prefix = '#/components/schemas/';

const resolved = (schema: Schema, document: ApiDocument): [Schema, string | undefined] => {
  if (schema.$ref === undefined) return [schema, undefined];
  const name = schema.$ref.slice(prefix.length);
  return [document.components.schemas[name] ?? {}, name];
};

const schemaOf = (additional: Schema | boolean | undefined): Schema | undefined =>
  typeof additional === 'object' ? additional : undefined;

type Rule = (before: Schema, after: Schema) => string[];

const missingFrom = <T>(values: readonly T[], wanted: readonly T[]): T[] =>
  wanted.filter((each) => !values.includes(each));

const typesOf = ({ type }: Schema): string[] => (type === undefined ? [] : [type].flat());
const valuesOf = (schema: Schema): unknown[] | undefined => (schema.const === undefined ? schema.enum : [schema.const]);
const referencesOf = ({ oneOf = [] }: Schema): string[] => oneOf.map(({ $ref }) => $ref ?? '');

const propertyRemoved: Rule = (before, after) =>
  missingFrom(Object.keys(after.properties ?? {}), Object.keys(before.properties ?? {}))
    .filter((name) => before.properties?.[name]?.deprecated !== true)
    .map((name) => `the field ${name} was removed.`);

const changedKeyword =
  (keyword: string): Rule =>
  (before, after) => {
    const [earlier, later] = [(before as Json)[keyword], (after as Json)[keyword]];
    return later !== undefined && JSON.stringify(earlier) !== JSON.stringify(later)
      ? [`${keyword} is now ${JSON.stringify(later)}.`]
      : [];
  };

const narrowedBound =
  (keyword: string, isNarrower: (before: number, after: number) => boolean): Rule =>
  (before, after) => {
    const [earlier, later] = [(before as Json)[keyword], (after as Json)[keyword]];
    return typeof later === 'number' && (typeof earlier !== 'number' || isNarrower(earlier, later))
      ? [`${keyword} is now ${later}.`]
      : [];
  };

const smaller = (before: number, after: number): boolean => after < before;
const larger = (before: number, after: number): boolean => after > before;

const requestRules: Rule[] = [
  propertyRemoved,
  (before, after) =>
    missingFrom(typesOf(after), typesOf(before)).map((type) => `the type ${type} is no longer accepted.`),
  (before, after) => {
    const later = valuesOf(after);
    const earlier = valuesOf(before);
    if (!later) return [];
    return earlier
      ? missingFrom(later, earlier).map((value) => `the value ${JSON.stringify(value)} is no longer accepted.`)
      : ['only some values are accepted now.'];
  },
  (before, after) =>
    missingFrom(before.required ?? [], after.required ?? []).map((name) => `the field ${name} is now required.`),
  (before, after) =>
    missingFrom(referencesOf(after), referencesOf(before)).map(
      (reference) => `${reference.slice(prefix.length)} is no longer accepted.`,
    ),
  (before, after) =>
    after.additionalProperties === false && before.additionalProperties !== false
      ? ['other fields are no longer accepted.']
      : [],
  ...['maximum', 'maxLength', 'maxItems', 'maxProperties'].map((keyword) => narrowedBound(keyword, smaller)),
  ...['minimum', 'minLength', 'minItems', 'minProperties'].map((keyword) => narrowedBound(keyword, larger)),
  ...[
    'pattern',
    'format',
    'default',
    'not',
    'propertyNames',
    'dependentRequired',
    'dependentSchemas',
    'multipleOf',
  ].map(changedKeyword),
];

const responseRules: Rule[] = [
  propertyRemoved,
  (before, after) => missingFrom(typesOf(before), typesOf(after)).map((type) => `it can now be of the type ${type}.`),
  (before, after) =>
    missingFrom(after.required ?? [], before.required ?? [])
      .filter((name) => after.properties?.[name])
      .map((name) => `the field ${name} can now be absent.`),
  changedKeyword('format'),
];
