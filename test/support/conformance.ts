import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { openApiDocument } from '../../shared/api/openapi.ts';
import { errorCodes, fieldErrorCodes } from '../../shared/errors.ts';

type Schema = Record<string, unknown>;
interface Operation {
  responses: Record<string, { content?: Record<string, { schema: Schema }>; 'x-problem-codes'?: string[] }>;
}

const document = openApiDocument() as unknown as { paths: Record<string, Record<string, Operation>> };
/** Paths with fewer parameters come first, because API Gateway also prefers a literal path segment to a parameter. */
const paths = Object.entries(document.paths)
  .map(([template, operations]) => ({
    template,
    operations,
    pattern: new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`),
    parameters: template.match(/\{/g)?.length ?? 0,
  }))
  .toSorted((a, b) => a.parameters - b.parameters);
const ajv = new Ajv2020({ strict: false });
formats.default(ajv);
ajv.addSchema(document, 'roster');
const knownCodes = new Set([...Object.keys(errorCodes), ...Object.keys(fieldErrorCodes)]);
const validators = new Map<string, ValidateFunction>();

/** `fetch` for tests: throws unless the OpenAPI document describes the response. */
export const conformingFetch =
  (baseUrl: string): typeof fetch =>
  async (input, init) => {
    const response = await fetch(input, init);
    const url = input instanceof Request ? input.url : String(input);
    await expectConforming(init?.method ?? 'GET', new URL(url).pathname, response.clone(), baseUrl);
    return response;
  };

/** Throws unless the OpenAPI document describes the response for this operation. */
export const expectConforming = async (
  method: string,
  path: string,
  response: Response,
  where: string,
): Promise<void> => {
  const [template, operation] = findOperation(method, path);
  if (!operation) throw new Error(`The OpenAPI document has no ${method} ${path} (${where})`);
  const name = `${method} ${template} ${response.status}`;
  const described = operation.responses[response.status];
  const text = await response.text();
  if (!described) throw new Error(`The OpenAPI document does not describe ${name}: ${text}`);
  const media = response.headers.get('content-type')?.split(';')[0] ?? '';
  if (!described.content) {
    if (text) throw new Error(`${name} should have no body: ${text}`);
    return;
  }
  const content = described.content[media];
  if (!content) throw new Error(`${name} should not be ${media}: ${text}`);
  if (!media.includes('json')) return;
  const body = JSON.parse(text) as { code?: string; errors?: { code: string }[] };
  if (media === 'application/problem+json' && !described['x-problem-codes']?.includes(body.code ?? ''))
    throw new Error(`The OpenAPI document does not describe this code of ${name}: ${text}`);
  // Clients accept codes of later versions, so the schema alone would accept any.
  if (media === 'application/problem+json' && body.errors?.some(({ code }) => !knownCodes.has(code)))
    throw new Error(`The catalogue does not have a code of ${name}: ${text}`);
  const validate = validatorOf(`${name} ${media}`, content.schema);
  if (!validate(body)) throw new Error(`${name} breaks its schema: ${ajv.errorsText(validate.errors)}: ${text}`);
};

const findOperation = (method: string, path: string): [string, Operation | undefined] => {
  const name = method.toLowerCase();
  const found = paths.find(({ pattern, operations }) => pattern.test(path) && operations[name]);
  return [found?.template ?? '', found?.operations[name]];
};

const validatorOf = (name: string, schema: Schema): ValidateFunction => {
  const known = validators.get(name);
  if (known) return known;
  const validate = ajv.compile(absolute(schema) as Schema);
  validators.set(name, validate);
  return validate;
};

/** Makes references absolute: schemas are compiled on their own, and ajv knows the document as `roster`. */
const absolute = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(absolute);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, key === '$ref' ? `roster${String(part)}` : absolute(part)]),
  );
};
