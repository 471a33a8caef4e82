import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, type JSONSchema } from 'json-schema-to-typescript';

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  description?: string;
  schema: object;
}

interface Content {
  content?: Record<string, { schema: object }>;
}

interface Operation {
  operationId: string;
  summary: string;
  description?: string;
  parameters?: Parameter[];
  requestBody?: Content;
  responses: Record<string, Content>;
}

export interface OpenApiDocument {
  info: { version: string; description: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

interface ClientOperation extends Operation {
  method: string;
  path: string;
  /** The name from which the names of its types are formed: `InviteUsers`. */
  title: string;
  /** The media type of its response. Absent if the response has no content. */
  media: string | undefined;
  result: object | undefined;
}

const json = 'application/json';

/** The TypeScript source of the client's operations: their types, and the facts about each that `runtime.ts` needs. */
export const clientSource = async (document: OpenApiDocument, runtime: string): Promise<string> => {
  const operations = operationsOf(document);
  const types = await compile(schemaOfTypes(document, operations), 'Roster', {
    additionalProperties: false,
    bannerComment: '',
    format: false,
    unreachableDefinitions: true,
    unknownAny: true,
  });
  const parts: Record<string, string> = {
    runtime,
    types: withoutReferences(types),
    description: document.info.description,
    methods: operations.map(methodType).join('\n'),
    operations: JSON.stringify(Object.fromEntries(operations.map(endpoint)), undefined, 2),
  };
  const template = readFileSync(join(import.meta.dirname, 'typescript/index.template.txt'), 'utf8');
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => parts[name] ?? whole);
};

/**
 * Removes the generator's remarks about the part of our schema that each type comes from, which do not help users of the package.
 */
const withoutReferences = (types: string): string =>
  types
    .replace(/export interface Roster \{\}\n/, '')
    .replace(/^ \* This interface was referenced by `Roster`'s JSON-Schema\n \* via the `definition` "\w+"\.\n/gm, '')
    .replace(/^\/\*\*\n \*\/\n/gm, '')
    .replace(/\n \*\n \*\/\n/g, '\n */\n');

/** The operations that respond with JSON or with nothing. Pages are for browsers, and `HEAD` is for proxies. */
const operationsOf = ({ paths }: OpenApiDocument): ClientOperation[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => method !== 'head')
      .flatMap(([method, operation]) => {
        const success = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1];
        const [media] = Object.keys(success?.content ?? {});
        if (media !== undefined && media !== json) return [];
        const title = operation.operationId.replace(/^./, (letter) => letter.toUpperCase());
        return [
          { ...operation, method: method.toUpperCase(), path, title, media, result: success?.content?.[json]?.schema },
        ];
      }),
  );

const schemaOfTypes = ({ components }: OpenApiDocument, operations: ClientOperation[]): JSONSchema =>
  withDefinitions({
    type: 'object',
    definitions: {
      ...components.schemas,
      ...Object.fromEntries(
        operations.flatMap((operation) => [
          [`${operation.title}Call`, callSchema(operation)],
          ...(operation.result && !('$ref' in operation.result)
            ? [[`${operation.title}Result`, operation.result]]
            : []),
        ]),
      ),
    },
  });

const callSchema = ({ summary, parameters = [], requestBody }: ClientOperation): object => {
  const body = requestBody?.content?.[json]?.schema;
  const parts = { params: objectOf(parameters, 'path'), query: objectOf(parameters, 'query'), body };
  const given = Object.entries(parts).filter(([, part]) => part !== undefined);
  return {
    type: 'object',
    description: summary,
    properties: Object.fromEntries(given),
    required: given.flatMap(([name, part]) => (name === 'query' && !('required' in (part as object)) ? [] : [name])),
  };
};

const objectOf = (parameters: Parameter[], where: Parameter['in']): object | undefined => {
  const those = parameters.filter((parameter) => parameter.in === where);
  if (those.length === 0) return undefined;
  const required = those.filter((parameter) => parameter.required).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(
      those.map(({ name, schema, description }) => [
        name,
        { ...schema, ...(description !== undefined && { description }) },
      ]),
    ),
    ...(required.length > 0 && { required }),
  };
};

/**
 * Points references to `definitions`, where JSON Schema expects them, and removes the bounds of array lengths, because the
 * generator would create one tuple type for each length.
 */
const withDefinitions = (schema: unknown): JSONSchema =>
  JSON.parse(
    JSON.stringify(schema, (key, part: unknown) => {
      if (key === '$ref' && typeof part === 'string') return part.replace('#/components/schemas/', '#/definitions/');
      if (isOpenEnum(part))
        return {
          ...part,
          tsType: [...part.anyOf[0].enum.map((value) => JSON.stringify(value)), '(string & {})'].join(' | '),
        };
      if ((key === 'minItems' || key === 'maxItems') && typeof part === 'number') return undefined;
      return part;
    }),
  ) as JSONSchema;

/** The schema of a field with known values, to which later versions may add others. */
interface OpenEnum {
  anyOf: [{ enum: string[] }, object];
}

const isOpenEnum = (schema: unknown): schema is OpenEnum =>
  typeof schema === 'object' &&
  schema !== null &&
  'anyOf' in schema &&
  Array.isArray(schema.anyOf) &&
  schema.anyOf.length === 2 &&
  'enum' in schema.anyOf[0] &&
  !('enum' in schema.anyOf[1]);

const resultType = ({ title, media, result }: ClientOperation): string => {
  if (media === undefined) return 'void';
  const reference = result && '$ref' in result ? (result.$ref as string) : undefined;
  return reference?.split('/').at(-1) ?? `${title}Result`;
};

const isList = ({ parameters = [] }: ClientOperation): boolean => parameters.some(({ name }) => name === 'cursor');

const methodType = (operation: ClientOperation): string => {
  const { operationId, title, summary, description } = operation;
  const types = `<${title}Call, ${resultType(operation)}>`;
  const text = [summary, description].filter(Boolean).join('\n\n').replaceAll('*/', '*\\/');
  const comment = `/**\n${text
    .split('\n')
    .map((line) => ` * ${line}`.trimEnd())
    .join('\n')}\n */`;
  return `${comment}\n${operationId}: ${isList(operation) ? 'ListMethod' : 'Method'}${types};`.replace(/^/gm, '  ');
};

const endpoint = ({ operationId, method, path, parameters = [] }: ClientOperation) => [
  operationId,
  { method, path, ...(parameters.some(({ name }) => name === 'Idempotency-Key') && { idempotent: true }) },
];
