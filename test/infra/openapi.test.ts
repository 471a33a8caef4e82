import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { openApiDocument } from '../../shared/api/openapi.ts';
import type { Route } from '../../shared/api/route.ts';
import { routes } from '../../shared/api/routes.ts';
import { openApiFile, openApiText } from '../support/write-openapi.ts';

test('the OpenAPI document is valid OpenAPI 3.1', async () => {
  const validator = new Validator();
  expect(await validator.validate(openApiDocument())).toMatchObject({ valid: true });
  expect(validator.version).toBe('3.1');
});

test('the committed document is the one that the routes make: after a change, npm run openapi', () => {
  expect(readFileSync(openApiFile, 'utf8')).toBe(openApiText());
});

test('the document has every route, with the parameters of its path', () => {
  const { paths } = openApiDocument() as unknown as {
    paths: Record<string, Record<string, { operationId: string; parameters: { in: string; name: string }[] }>>;
  };
  for (const [name, { method, path }] of Object.entries<Route>(routes)) {
    const operation = paths[path]?.[method.toLowerCase()];
    expect(operation?.operationId).toBe(name);
    const named = operation?.parameters
      .filter((parameter) => parameter.in === 'path')
      .map((parameter) => parameter.name);
    expect(new Set(named)).toEqual(new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter)));
  }
});
