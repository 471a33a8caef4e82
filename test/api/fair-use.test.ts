import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readEnvironment } from '../../functions/adapters/environment.ts';
import { tableBuckets } from '../../functions/adapters/table-buckets.ts';
import { lambda } from '../../functions/http/lambda.ts';
import { logger } from '../../functions/http/log.ts';
import { inviteRoutes } from '../../shared/invites/invite-routes.ts';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import { getOrganization } from '../../shared/organizations/get-organization.ts';
import { organizationRoutes } from '../../shared/organizations/organization-routes.ts';
import { Unavailable } from '../../shared/errors.ts';
import { callUnits } from '../../shared/fair-use/call-units.ts';
import {
  organizationUnitsAtOnceMax,
  organizationUnitsPerSecond,
  personCallsAtOnceMax,
  personCallsPerSecond,
  personUnitsAtOnceMax,
  personUnitsPerSecond,
} from '../../shared/limits.ts';
import type { MetricName } from '../../shared/platform/metrics.ts';
import type { Buckets } from '../../shared/ports.ts';
import { keys, partitions } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import { after, second } from '../../shared/time.ts';
import { atInstant, servicesOf } from '../support/operations.ts';
import { aManager, plantOrganization, type PlantedOrganization } from '../support/planted.ts';
import { asItIs, without, type Change } from '../support/races.ts';
import { useStack } from '../support/stack.ts';
import { unlimitedBuckets } from '../support/unlimited-buckets.ts';

useStack();
// The functions of this file run in this process, and would print a line for each call.
beforeAll(() => {
  logger.setLogLevel('SILENT');
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterAll(() => vi.restoreAllMocks());

/** The sum of a metric in all lines that the functions of this file have printed. */
const timesCounted = (metric: MetricName): number =>
  vi
    .mocked(process.stdout.write)
    .mock.calls.map(([line]) => Number(new RegExp(`"${metric}":(\\d+)`).exec(String(line))?.[1] ?? 0))
    .reduce((sum, count) => sum + count, 0);

const beginning = '2027-03-01T12:00:00.000Z';

interface Setting {
  change?: Change;
  buckets?: Buckets;
  factor?: number;
}

/** A stage with small limits, so that few calls exceed them. */
const smallFactor = 0.1;
const callsAtOnce = smallFactor * personCallsAtOnceMax;
const unitsAtOnce = smallFactor * personUnitsAtOnceMax;

/** Buckets as one function instance has them. */
const bucketsOfInstance = (change: Change = asItIs): Buckets =>
  tableBuckets((...roots) => change(servicesOf(undefined).tenantTable(...roots)), smallFactor);

/** One function instance, and calls to it at a time that stands still until the test advances it. */
const instance = ({ change = asItIs, buckets = bucketsOfInstance(change), factor = 1 }: Setting = {}) => {
  const time = { now: beginning };
  const handler = lambda(
    { inviteUsers: inviteRoutes.inviteUsers, getOrganization: organizationRoutes.getOrganization },
    { inviteUsers, getOrganization },
    { environment: { ...readEnvironment(), fairUse: factor } },
    (organizationId) => ({ ...atInstant(servicesOf(organizationId), time.now), buckets }),
  );
  const call = async (
    route: keyof typeof paths,
    organizationId: string,
    personId: string,
    body?: object,
  ): Promise<APIGatewayProxyStructuredResultV2> => {
    const event = {
      routeKey: paths[route],
      rawPath: '/',
      headers: { 'content-type': 'application/json' },
      pathParameters: { organizationId },
      ...(body && { body: JSON.stringify(body) }),
      requestContext: {
        requestId: crypto.randomUUID(),
        http: { sourceIp: '192.0.2.1' },
        authorizer: { jwt: { claims: { token_use: 'access', sub: personId } } },
      },
    };
    return handler(event as unknown as APIGatewayProxyEventV2, { getRemainingTimeInMillis: () => 60_000 } as Context);
  };
  const get = ({ id }: PlantedOrganization, personId: string) => call('getOrganization', id, personId);
  /** Asks what would happen to this number of addresses. */
  const dryRun = ({ id }: PlantedOrganization, personId: string, addresses: number) =>
    call('inviteUsers', id, personId, dryRunOf(addresses));
  return { get, dryRun, time };
};

const paths = {
  getOrganization: 'GET /v1/organizations/{organizationId}',
  inviteUsers: 'POST /v1/organizations/{organizationId}/invites',
};

const dryRunOf = (addresses: number) => ({
  emails: Array.from({ length: addresses }, (_, index) => `person.${index}@example.com`),
  roles: [{ role: 'member' }],
  dryRun: true,
});

const manager = () => aManager({ personId: crypto.randomUUID(), email: `${crypto.randomUUID()}@example.com` });
const newWorld = async () => {
  const [ada, ben, cleo] = [manager(), manager(), manager()];
  return { organization: await plantOrganization([ada, ben, cleo]), ada, ben, cleo };
};

const statusesOf = async (number: number, call: () => Promise<APIGatewayProxyStructuredResultV2>) => {
  const statuses = (await Promise.all(Array.from({ length: number }, call))).map(({ statusCode }) => statusCode);
  return {
    served: statuses.filter((status) => status === 200).length,
    refused: statuses.filter((s) => s === 429).length,
  };
};

/** Units of a dry run of this many addresses, by the same estimate. */
const unitsOf = (addresses: number) => callUnits(inviteRoutes.inviteUsers, { query: {}, body: dryRunOf(addresses) });
const addresses = 50;
const perPerson = Math.floor(unitsAtOnce / unitsOf(addresses));
const perOrganization = Math.floor((smallFactor * organizationUnitsAtOnceMax) / unitsOf(addresses));

const codeOf = ({ body = '{}' }: APIGatewayProxyStructuredResultV2): unknown =>
  (JSON.parse(body) as { code?: unknown }).code;

describe('all calls of a person', () => {
  test('are served up to the limit and refused beyond it, while those of others are served', async () => {
    const { organization, ada, ben } = await newWorld();
    const { get } = instance({ factor: smallFactor });
    const calls = callsAtOnce + 3;
    const before = timesCounted('LimitedCalls');
    expect(await statusesOf(calls, () => get(organization, ada.personId))).toEqual({
      served: callsAtOnce,
      refused: 3,
    });
    expect(timesCounted('LimitedCalls')).toBe(before + 3);
    expect((await get(organization, ben.personId)).statusCode).toBe(200);
  });

  test('are served again at the rate at which the limit refills', async () => {
    const { organization, ada } = await newWorld();
    const { get, time } = instance({ factor: smallFactor });
    await statusesOf(callsAtOnce, () => get(organization, ada.personId));
    time.now = after(beginning, second);
    expect(await statusesOf(callsAtOnce, () => get(organization, ada.personId))).toMatchObject({
      served: smallFactor * personCallsPerSecond,
    });
  });

  test('are limited by the factor of the stage', async () => {
    const { organization, ada } = await newWorld();
    const { get } = instance({ factor: 2 * smallFactor });
    const calls = 2 * callsAtOnce + 1;
    expect(await statusesOf(calls, () => get(organization, ada.personId))).toMatchObject({ refused: 1 });
  });

  test('get headers as in draft-ietf-httpapi-ratelimit-headers-10 when they are refused', async () => {
    const { organization, ada } = await newWorld();
    const { get } = instance({ factor: smallFactor });
    await statusesOf(callsAtOnce, () => get(organization, ada.personId));
    const refused = await get(organization, ada.personId);
    expect(refused).toMatchObject({
      statusCode: 429,
      headers: { 'retry-after': '1', ratelimit: '"calls";r=0;t=1', 'ratelimit-policy': '"calls";q=10;w=2' },
    });
    expect(codeOf(refused)).toBe('too_many_requests');
  });
});

describe('costly calls', () => {
  test('of a person are served up to the limit and refused beyond it, in every function instance', async () => {
    const { organization, ada } = await newWorld();
    const [one, other] = [instance(), instance()];
    expect(await statusesOf(perPerson + 3, () => one.dryRun(organization, ada.personId, addresses))).toEqual({
      served: perPerson,
      refused: 3,
    });
    expect((await other.dryRun(organization, ada.personId, addresses)).statusCode).toBe(429);
    expect((await other.get(organization, ada.personId)).statusCode).toBe(200);
  });

  test('say when they may be repeated, and are then served', async () => {
    const { organization, ada } = await newWorld();
    const { dryRun, time } = instance();
    expect((await dryRun(organization, ada.personId, 100)).statusCode).toBe(200);
    expect((await dryRun(organization, ada.personId, 100)).statusCode).toBe(200);
    const refused = await dryRun(organization, ada.personId, 100);
    const left = unitsAtOnce - 2 * unitsOf(100);
    const wait = Math.ceil((unitsOf(100) - left) / (smallFactor * personUnitsPerSecond));
    expect(refused).toMatchObject({
      statusCode: 429,
      headers: {
        'retry-after': String(wait),
        ratelimit: `"person";r=${left};t=${wait}`,
        'ratelimit-policy': '"person";q=900;w=6;qu="capacity-units"',
      },
    });
    time.now = after(beginning, wait * second);
    expect((await dryRun(organization, ada.personId, 100)).statusCode).toBe(200);
  });

  test('of all members of an organization are limited together, and those of other organizations are served', async () => {
    const { organization, ada, ben, cleo } = await newWorld();
    const { organization: other, ada: stranger } = await newWorld();
    const { dryRun } = instance();
    const counts = await Promise.all(
      [ada, ben, cleo].map(({ personId }) => statusesOf(perPerson, () => dryRun(organization, personId, addresses))),
    );
    expect(counts.reduce((sum, { served }) => sum + served, 0)).toBe(perOrganization);
    expect((await dryRun(other, stranger.personId, addresses)).statusCode).toBe(200);
  });

  test('that are refused for the person use nothing of the organization', async () => {
    const { organization, ada, ben } = await newWorld();
    for (const one of [instance(), instance(), instance()])
      await statusesOf(2 * perPerson, () => one.dryRun(organization, ada.personId, addresses));
    expect(await statusesOf(perPerson, () => instance().dryRun(organization, ben.personId, addresses))).toEqual({
      served: perPerson,
      refused: 0,
    });
  });

  test('of outsiders use nothing of the organization', async () => {
    const { organization } = await newWorld();
    const stranger = crypto.randomUUID();
    const { dryRun } = instance();
    for (let count = 0; count < 3; count += 1)
      expect((await dryRun(organization, stranger, addresses)).statusCode).toBe(404);
    const bucketOf = (tenant: string) => servicesOf(undefined).tenantTable(tenant).get(keys.bucket(tenant));
    expect(await bucketOf(organization.id)).toBeUndefined();
    expect(await bucketOf(partitions.person(stranger))).toBeDefined();
  });

  test.each([
    ['the limit', 'too_many_requests' as const],
    ['the limit of a full bucket', 'in use' as const],
  ])('are all served without the guard of %s', async (_, guard) => {
    const { organization, ada } = await newWorld();
    // Each call has an instance of its own, because an instance refuses by what it remembers.
    const { served } = await statusesOf(perPerson + 3, () =>
      instance({ change: without(guard) }).dryRun(organization, ada.personId, addresses),
    );
    expect(served).toBe(perPerson + 3);
  });

  test('are served if their units cannot be counted', async () => {
    const { organization, ada } = await newWorld();
    const uncountable = (table: Table): Table => ({
      ...table,
      update: async () => {
        throw new Unavailable('The table');
      },
    });
    const { dryRun } = instance({ change: uncountable });
    const calls = perPerson + 3;
    const before = timesCounted('UnchargedCalls');
    expect(await statusesOf(calls, () => dryRun(organization, ada.personId, addresses))).toMatchObject({ refused: 0 });
    expect(timesCounted('UnchargedCalls')).toBeGreaterThanOrEqual(before + calls);
  });

  test('are charged once, in parallel with the first read', async () => {
    const { organization, ada } = await newWorld();
    const taken: string[] = [];
    const { dryRun } = instance({
      buckets: {
        ...unlimitedBuckets,
        take: async (owner, id, units) => {
          taken.push(`${owner} ${units}`);
          return unlimitedBuckets.take(owner, id, units, beginning);
        },
      },
    });
    await dryRun(organization, ada.personId, addresses);
    await dryRun(organization, ada.personId, 1);
    expect(taken).toEqual([`person ${unitsOf(addresses)}`, `organization ${unitsOf(addresses)}`, ...ofOne]);
  });
});

/** A dry run of one address is estimated at just more than an ordinary call. */
const ofOne = [`person ${unitsOf(1)}`, `organization ${unitsOf(1)}`];

test('an idle bucket refills to its size and no further', async () => {
  const buckets = bucketsOfInstance();
  const id = `org_${crypto.randomUUID()}`;
  const take = async (now: string) =>
    (await buckets.take('organization', id, (smallFactor * organizationUnitsAtOnceMax) / 2, now)).ok;
  const later = after(beginning, 1_000 * second);
  expect([await take(beginning), await take(beginning), await take(beginning)]).toEqual([true, true, false]);
  expect([await take(later), await take(later), await take(later)]).toEqual([true, true, false]);
  const refilled = after(later, ((organizationUnitsAtOnceMax / 2) * second) / organizationUnitsPerSecond);
  expect([await take(refilled), await take(refilled)]).toEqual([true, false]);
});
