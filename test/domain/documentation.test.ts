import { expect, test } from 'vitest';
import { documentation } from '../../shared/api/documentation.ts';
import { tags, type RouteDocs } from '../../shared/docs/route-docs.ts';
import type { Route } from '../../shared/api/route.ts';
import { routes, type RouteName } from '../../shared/api/routes.ts';

const rows = (Object.entries<Route>(routes) as [RouteName, Route][]).map(
  ([name, row]): [RouteName, Route, RouteDocs] => [name, row, documentation[name]],
);

test.each(rows)('%s has examples that its own schemas accept', (_, row, { example }) => {
  // Parsing also removes what no schema names, so what is left must be the whole example.
  if (row.body) expect(row.body.parse(example.body)).toMatchObject(example.body as object);
  if (example.response !== undefined) expect(row.response.parse(example.response)).toEqual(example.response);
});

test('the documentation describes the routes, and nothing else', () => {
  expect(Object.keys(documentation).toSorted()).toEqual(Object.keys(routes).toSorted());
});

test('every tag groups some routes', () => {
  expect(new Set(rows.map(([, , { tag }]) => tag))).toEqual(new Set(Object.keys(tags)));
});

test.each(rows)('%s has a title, which is no sentence, and a description in whole sentences', (_, __, docs) => {
  expect(docs.summary).toMatch(/^[A-Z].*[^.]$/);
  expect(docs.description).toMatch(/^[A-Z][^]*\.$/);
});

test('no two routes have the same title', () => {
  expect(new Set(rows.map(([, , { summary }]) => summary)).size).toBe(rows.length);
});
