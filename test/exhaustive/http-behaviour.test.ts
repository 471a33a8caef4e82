import { beforeAll, describe, expect, test } from 'vitest';
import type { Route } from '../../shared/api/route.ts';
import { routeGroups, routes } from '../../shared/api/routes.ts';
import { flatten } from '../../shared/flatten.ts';
import { newMember, newOrganization, type TestMember, type TestOrganization } from '../support/organization.ts';
import { pathParameters } from '../support/path-parameters.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
let organization: TestOrganization;
let member: TestMember;
/** Ids of existing objects, by the names of the path parameters. */
let ids: Record<string, string>;

beforeAll(async () => {
  organization = await newOrganization(stack);
  member = await newMember(stack, organization);
  ids = { ...(await pathParameters(stack, organization, member.userId)), proxy: 'page' };
});

const ask = (method: string, path: string, headers: Record<string, string> = {}, by = organization.manager) =>
  fetch(stack.endpoints.api + path, {
    method,
    headers: { authorization: `Bearer ${by.accessToken}`, ...headers },
  });

const filled = (path: string): string => path.replace(/\{(\w+)\+?\}/g, (_, name: string) => ids[name] ?? 'none');

/** The headers of a response, without those that differ each time or describe only a body. */
const headersOf = ({ headers }: Response): Record<string, string> =>
  Object.fromEntries(
    [...headers].filter(
      ([name]) =>
        !['date', 'apigw-requestid', 'content-length', 'transfer-encoding', 'keep-alive', 'connection'].includes(name),
    ),
  );

const allRoutes = Object.values<Route>(flatten(routeGroups));
const readable = allRoutes.filter(({ method }) => method === 'GET');
const inTheApi = new Set(Object.values<Route>(routes).map(({ path }) => path));

const readablePaths = readable.map(({ path }) => path);

test.each(readablePaths)('GET %s has the same headers as HEAD, which has no body', async (path) => {
  const [get, head] = [await ask('GET', filled(path)), await ask('HEAD', filled(path))];
  expect([get.status, head.status, await head.text()]).toEqual([200, 200, '']);
  expect(headersOf(head)).toEqual(headersOf(get));
});

test.each(readablePaths.filter((path) => inTheApi.has(path)))(
  'GET %s responds 304 if the caller has the current version',
  async (path) => {
    const etag = (await ask('GET', filled(path))).headers.get('etag') ?? '';
    const again = await ask('GET', filled(path), { 'if-none-match': etag });
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, '']);
  },
);

const patternOf = ({ path }: Route): RegExp => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);

describe.each([...new Set(allRoutes.map(({ path }) => path))])('%s', (path) => {
  test('responds 405 to other methods, and lists the allowed methods', async () => {
    // The gateway reads `batch` in `GET …/invites/batch` as the id of an invite.
    const taking = allRoutes.filter((row) => row.path === path || (inTheApi.has(path) && patternOf(row).test(path)));
    const wanted = new Set(taking.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])));
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter(
      (each) => !wanted.has(each),
    )) {
      const response = await ask(method, filled(path));
      const allowed = new Set(response.headers.get('allow')?.split(', '));
      expect([method, response.status]).toEqual([method, 405]);
      expect([...wanted].filter((each) => !allowed.has(each))).toEqual([]);
      expect(allowed).not.toContain(method);
    }
  });
});
