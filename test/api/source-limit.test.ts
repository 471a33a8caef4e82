import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { readEnvironment } from '../../functions/adapters/environment.ts';
import { documentClient, requestServices } from '../../functions/adapters/services.ts';
import { lambda } from '../../functions/http/lambda.ts';
import { logger } from '../../functions/http/log.ts';
import { localAws } from '../../infra/local/table.ts';
import { originHeader } from '../../shared/api/origin-header.ts';
import { acceptInvite } from '../../shared/invites/accept-invite.ts';
import { acceptanceRoutes } from '../../shared/invites/acceptance-routes.ts';
import { blockOrganization } from '../../shared/invites/block-organization.ts';
import { unblockOrganization } from '../../shared/invites/unblock-organization.ts';
import { declineInvite } from '../../shared/invites/decline-invite.ts';
import { lookUpInvite } from '../../shared/invites/look-up-invite.ts';
import { requestNewInvite } from '../../shared/invites/request-new-invite.ts';
import { Unavailable } from '../../shared/errors.ts';
import { ok } from '../../shared/result.ts';
import type { Table } from '../../shared/table/table.ts';
import { clock } from '../support/clock.ts';
import { servicesOf } from '../support/operations.ts';
import { inviteByMail, newEmail, newOrganization, take } from '../support/organization.ts';
import { asItIs, without, type Change } from '../support/races.ts';
import { useStack } from '../support/stack.ts';
import { everyItem } from '../support/table-items.ts';

const stack = useStack();
// The functions of this file run in this process, and would print a line for each call.
beforeAll(() => logger.setLogLevel('SILENT'));

/** Requests a minute of one address. */
const limit = 5;
const post = ['lookup', 'accept', 'decline', 'request-new'].map((name) => `POST /v1/invites/${name}`);
const [lookup = ''] = post;

interface Setting {
  now?: string;
  change?: Change;
  /** Whether the table answers. */
  reachable?: boolean;
  /** CloudFront stands in front, and proves itself with one of these. */
  originSecrets?: string[];
}

/** Bundled, it is the page itself. */
const page = () => async () => ok('<!doctype html>');

/** The function of the public routes, with a small limit. What comes back calls it from an address. */
const accepting = ({
  now = '2027-03-01T12:05:20.000Z',
  change = asItIs,
  reachable = true,
  originSecrets,
}: Setting = {}) => {
  const time = { now };
  const dead = () =>
    documentClient(new DynamoDBClient({ ...localAws, endpoint: 'http://localhost:1', maxAttempts: 1 }));
  const handler = lambda(
    acceptanceRoutes,
    {
      showAcceptPage: page,
      lookUpInvite,
      acceptInvite,
      declineInvite,
      requestNewInvite,
      blockOrganization,
      unblockOrganization,
    },
    { environment: { ...readEnvironment(), originSecrets } },
    (organizationId) => {
      const services = reachable
        ? servicesOf(organizationId, change)
        : requestServices(readEnvironment(), dead())(organizationId);
      return {
        ...services,
        clock: { ...services.clock, now: () => time.now },
        settings: { ...services.settings, requestsPerSource: limit },
      };
    },
  );
  const call = async (
    sourceIp: string,
    routeKey = lookup,
    { token = 'x', headers = {} }: { token?: string; headers?: Record<string, string> } = {},
  ): Promise<APIGatewayProxyStructuredResultV2> => {
    const [method = '', path = ''] = routeKey.split(' ');
    const event: APIGatewayProxyEventV2 = {
      version: '2.0',
      routeKey,
      rawPath: path,
      rawQueryString: '',
      headers: { 'content-type': 'application/json', ...headers },
      requestContext: {
        accountId: '',
        apiId: '',
        domainName: '',
        domainPrefix: '',
        http: { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent: '' },
        requestId: crypto.randomUUID(),
        routeKey,
        stage: '$default',
        time: time.now,
        timeEpoch: Date.parse(time.now),
      },
      ...(method === 'POST' && { body: JSON.stringify({ token }) }),
      isBase64Encoded: false,
    };
    return handler(event, { getRemainingTimeInMillis: () => 60_000 } as Context);
  };
  const calls = async (number: number, sourceIp: string): Promise<(number | undefined)[]> => {
    const statuses = [];
    for (let count = 0; count < number; count += 1) statuses.push((await call(sourceIp)).statusCode);
    return statuses;
  };
  return { call, calls, time };
};

const codeOf = ({ body = '{}' }: APIGatewayProxyStructuredResultV2): unknown =>
  (JSON.parse(body) as { code?: unknown }).code;

/** An address of a network of its own. */
let hosts = 0;
const newAddress = () => `203.0.113.${(hosts += 1)}`;

/** What as many requests as may pass come to: the link is not known. */
const passing = Array<number>(limit).fill(404);

describe('requests of one address to the public routes of invites', () => {
  test('beyond those of a minute are refused until the next one, and say when that is', async () => {
    const { call, calls, time } = accepting();
    const address = newAddress();
    expect(await calls(limit, address)).toEqual(passing);
    const refused = await call(address);
    expect(refused).toMatchObject({ statusCode: 429, headers: { 'retry-after': '40' } });
    expect(codeOf(refused)).toBe('too_many_requests');
    time.now = '2027-03-01T12:05:59.999Z';
    expect(await call(address)).toMatchObject({ statusCode: 429, headers: { 'retry-after': '1' } });
    time.now = '2027-03-01T12:06:00.000Z';
    expect(await calls(limit + 1, address)).toEqual([...passing, 429]);
  });

  test('without the guard all pass', async () => {
    const { calls } = accepting({ change: without('too_many_requests') });
    expect(await calls(limit + 3, newAddress())).toEqual([...passing, 404, 404, 404]);
  });

  test.each([
    ['as many pass as may', asItIs, limit],
    ['without the guard all pass', without('too_many_requests'), 20],
  ])('that come at once: %s', async (_, change, number) => {
    const { call } = accepting({ change });
    const address = newAddress();
    const answers = await Promise.all(Array.from({ length: 20 }, () => call(address)));
    expect(answers.filter(({ statusCode }) => statusCode === 404)).toHaveLength(number);
    expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(20 - number);
  });

  test.each(post)('are counted together: with the others’, %s is refused', async (routeKey) => {
    const { call } = accepting();
    const address = newAddress();
    const statuses = [];
    for (let count = 0; count < limit; count += 1)
      statuses.push((await call(address, post[count % post.length])).statusCode);
    expect(statuses).toEqual(passing);
    expect((await call(address, routeKey)).statusCode).toBe(429);
  });

  test('are no other address’s, whatever a header says', async () => {
    const { call, calls } = accepting();
    const [mine, other] = [newAddress(), newAddress()];
    expect(await calls(limit, mine)).toEqual(passing);
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip'])
      expect((await call(mine, lookup, { headers: { [name]: other } })).statusCode).toBe(429);
    expect(await calls(limit, other)).toEqual(passing);
  });

  test('are not answered once they are too many: a right link neither', async () => {
    const organization = await newOrganization(stack);
    const { token, inviteId } = await inviteByMail(stack, organization, newEmail());
    const { call, calls } = accepting({ now: clock.now() });
    const address = newAddress();
    await calls(limit, address);
    for (const routeKey of post) expect((await call(address, routeKey, { token })).statusCode).toBe(429);
    const params = { ...organization.params, inviteId };
    expect(take(await organization.manager.client.getInvite({ params }))).toMatchObject({ status: 'pending' });
    expect((await call(newAddress(), lookup, { token })).statusCode).toBe(200);
  });
});

describe('an IPv6 address', () => {
  test.each([
    ['the same address, written in full', '2001:db8:1:1::1', '2001:db8:1:1:0:0:0:1'],
    ['another of the same household', '2001:db8:2:1::1', '2001:db8:2:1:ffff:ffff:ffff:ffff'],
    ['another of the same household, with zeros left out elsewhere', '2001:db8::1', '2001:db8:0:0:1::'],
    ['the same IPv4 address, written as IPv6', '198.51.100.7', '::ffff:198.51.100.7'],
  ])('counts with %s', async (_, one, same) => {
    const { calls, call } = accepting();
    expect(await calls(limit, one)).toEqual(passing);
    expect((await call(same)).statusCode).toBe(429);
  });

  test.each([
    ['the household beside it', '2001:db8:3:1::1', '2001:db8:3:2::1'],
    ['one with the same end', '2001:db8:4::1', '2001:db8:5::1'],
  ])('does not count with %s', async (_, one, other) => {
    const { calls } = accepting();
    expect(await calls(limit, one)).toEqual(passing);
    expect(await calls(limit, other)).toEqual(passing);
  });
});

describe('when requests cannot be counted', () => {
  let token: string;
  beforeAll(async () => {
    ({ token } = await inviteByMail(stack, await newOrganization(stack), newEmail()));
  });

  /** A table of which everything can be read, but nothing be counted. */
  const uncountable = (table: Table): Table => ({
    ...table,
    transact: async (writes) => {
      if (writes.some(({ key }) => key.pk.startsWith('source#'))) throw new Unavailable('The table');
      return table.transact(writes);
    },
  });

  test.each(post)('%s is not answered, not even with a right link', async (routeKey) => {
    for (const { call } of [accepting({ change: uncountable }), accepting({ reachable: false })]) {
      const answer = await call(newAddress(), routeKey, { token });
      expect(answer.statusCode).toBe(503);
      expect(codeOf(answer)).toBe('unavailable');
      expect(answer.headers).toMatchObject({ 'retry-after': '5' });
    }
  });

  test.each(['GET', 'HEAD'])('the page is still shown: %s', async (method) => {
    const { call } = accepting({ reachable: false });
    expect((await call(newAddress(), `${method} /invites/accept`)).statusCode).toBe(200);
  });
});

test('the log has the address of the client, also behind CloudFront, and none for a request that bypassed it', async () => {
  const logged = vi.spyOn(logger, 'info');
  const [client, cloudFront] = [newAddress(), newAddress()];
  const headers = { [originHeader]: 'secret', 'x-forwarded-for': `${client}, ${cloudFront}` };
  await accepting().call(client);
  await accepting({ originSecrets: ['secret'] }).call(cloudFront, lookup, { headers });
  await accepting({ originSecrets: ['secret'] }).call(client);
  const lines = logged.mock.calls.filter(([message]) => message === 'request').map(([, fields]) => fields);
  expect(lines).toEqual([
    { routeKey: lookup, status: 404, source: client },
    { routeKey: lookup, status: 404, source: client },
    { routeKey: lookup, status: 404, source: undefined },
  ]);
  logged.mockRestore();
});

test.each(['GET', 'HEAD'])('the page is not limited: %s', async (method) => {
  const { call, calls } = accepting();
  const address = newAddress();
  expect(await calls(limit + 1, address)).toEqual([...passing, 429]);
  for (let count = 0; count < 3 * limit; count += 1)
    expect((await call(address, `${method} /invites/accept`)).statusCode).toBe(200);
});

test('the application counts by where a request comes from', async () => {
  const counted = async () =>
    Object.values(await everyItem(stack))
      .filter(({ pk }) => pk === 'source#127.0.0.1' || pk === 'source#0:0:0:0')
      .reduce((sum, { requests }) => sum + Number(requests), 0);
  const before = await counted();
  const body = { token: 'x' };
  await stack.anybody.lookUpInvite({ body });
  await stack.anybody.acceptInvite({ body });
  await stack.anybody.declineInvite({ body });
  await stack.anybody.requestNewInvite({ body });
  await fetch(`${stack.endpoints.api}/invites/accept`);
  expect(await counted()).toBe(before + 4);
});

describe('where CloudFront stands in front', () => {
  const cloudFront = '198.51.100.7';
  const through = (...hops: string[]) => ({
    headers: { 'x-origin-secret': 'proof', 'x-forwarded-for': [...hops, cloudFront].join(', ') },
  });

  test('it is who CloudFront heard that is counted, whatever they say of themselves', async () => {
    const { call } = accepting({ originSecrets: ['newer proof', 'proof'] });
    const [viewer, other] = [newAddress(), newAddress()];
    for (let count = 0; count < limit; count += 1)
      expect((await call(cloudFront, lookup, through(newAddress(), viewer))).statusCode).toBe(404);
    expect((await call(cloudFront, lookup, through(newAddress(), viewer))).statusCode).toBe(429);
    expect((await call(cloudFront, lookup, through(other))).statusCode).toBe(404);
  });

  test.each([
    ['no proof', {}],
    ['another proof', { 'x-origin-secret': 'proog' }],
    ['an empty proof', { 'x-origin-secret': '' }],
  ])('who goes round it, with %s, finds nothing there', async (_, headers) => {
    const { call } = accepting({ originSecrets: ['proof'], reachable: false });
    const answer = await call(newAddress(), lookup, { headers });
    expect(answer.statusCode).toBe(404);
    expect(codeOf(answer)).toBe('not_found');
  });
});
