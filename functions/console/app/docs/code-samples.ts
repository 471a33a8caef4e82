import type { OpenApi, OperationObject } from './open-api.ts';

/** Adds a sample in TypeScript, with our own client, to every operation. The renderer itself generates samples for curl and Python. */
export const addCodeSamples = (document: OpenApi): OpenApi => ({
  ...document,
  paths: mapValues(document.paths, (operations) =>
    mapValues(operations, (operation) => ({
      ...operation,
      'x-codeSamples': [{ lang: 'TypeScript', label: 'TypeScript', source: typescriptSample(operation) }],
    })),
  ),
});

const mapValues = <T, R>(record: Record<string, T>, change: (value: T) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

const typescriptSample = ({ operationId, parameters = [], requestBody, security = [] }: OperationObject): string => {
  const names = (where: string) =>
    parameters.filter((each) => each.in === where && (where === 'path' || each.required)).map(({ name = '' }) => name);
  const params = names('path');
  const query = names('query');
  const body = requestBody?.content['application/json']?.example;
  const parts = [
    ...(params.length > 0 ? [`params: { ${params.join(', ')} }`] : []),
    ...(query.length > 0 ? [`query: { ${query.join(', ')} }`] : []),
    ...(body === undefined ? [] : [`body: ${literal(body)}`]),
  ];
  const call = parts.length > 0 ? `{\n${parts.map((part) => `  ${part},\n`).join('')}}` : '{}';
  return `import { createClient } from "roster-client";

const roster = createClient({ baseUrl${security.length > 0 ? ', token: () => accessToken' : ''} });

const result = await roster.${operationId}(${call});`;
};

/** A value as TypeScript source, indented as the value of a property at the first level. */
const literal = (value: unknown): string =>
  JSON.stringify(value, undefined, 2)
    .replace(/^(\s*)"([A-Za-z_$][\w$]*)":/gm, '$1$2:')
    .replaceAll('\n', '\n  ');
