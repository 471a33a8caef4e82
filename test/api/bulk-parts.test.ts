import { beforeAll, expect, test } from 'vitest';
import { readEnvironment } from '../../functions/adapters/environment.ts';
import { documentClient, requestServices } from '../../functions/adapters/services.ts';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import { parallelPartsMax } from '../../shared/limits.ts';
import type { Services } from '../../shared/ports.ts';
import { ingestResources } from '../../shared/resources/ingest-resources.ts';
import { clock, ids } from '../support/clock.ts';
import { conflictingClient } from '../support/conflicts.ts';
import { inLockstep } from '../support/lockstep.ts';
import { callerOf, servicesOf } from '../support/operations.ts';
import { newEmail, newOrganization, take, type TestOrganization } from '../support/organization.ts';
import { useStack } from '../support/stack.ts';
import { unlimitedBuckets } from '../support/unlimited-buckets.ts';

/** What bulk requests ask of the table, and what becomes of their parallel parts if DynamoDB cancels transactions that share an item. */
const stack = useStack();
let organization: TestOrganization;

beforeAll(async () => {
  organization = await newOrganization(stack);
  // The first request of a day stores when the user was last seen.
  take(await organization.manager.client.getOrganization({ params: organization.params }));
});

/** The number of parts of 1,000 addresses. */
const partsOfInvites = 34;

const inviteThousand = (services: Services) => {
  const unlimited = {
    ...services,
    settings: { ...services.settings, inviteQuota: 100_000, inviteQuotaStart: 100_000 },
  };
  return inviteUsers(unlimited)(callerOf(organization.manager), {
    params: organization.params,
    query: {},
    body: { emails: Array.from({ length: 1_000 }, () => newEmail()), roles: [{ role: 'member' }], dryRun: false },
  });
};

const ingestHundred = (services: Services) =>
  ingestResources(services)(callerOf(organization.manager), {
    params: organization.params,
    query: {},
    body: {
      items: Array.from({ length: 100 }, (_, index) => ({
        name: `Server ${index}`,
        type: 'vm',
        poolId: organization.rootPoolId,
        tags: {},
      })),
    },
  });

test('1,000 addresses are read in two round trips and written four parts at a time, after one write to the quota', async () => {
  const { steps, stepping } = inLockstep();
  const services = servicesOf(organization.id, stepping);
  await services.poolTree(services.table, organization.id, 1);
  Object.assign(steps, { requests: 0, roundTrips: 0 });
  expect(await inviteThousand(services)).toMatchObject({ ok: true, value: { summary: { created: 1_000 } } });
  const reads = { requests: 1 + 30, roundTrips: 2 };
  const writes = { requests: 1 + partsOfInvites, roundTrips: 1 + Math.ceil(partsOfInvites / parallelPartsMax) };
  expect(steps).toEqual({
    requests: reads.requests + writes.requests,
    roundTrips: reads.roundTrips + writes.roundTrips,
    transactionsAtOnce: parallelPartsMax,
  });
});

test('100 resources are read in two round trips and written in one', async () => {
  const { steps, stepping } = inLockstep();
  const services = servicesOf(organization.id, stepping);
  await services.poolTree(services.table, organization.id, 1);
  Object.assign(steps, { requests: 0, roundTrips: 0 });
  expect(await ingestHundred(services)).toMatchObject({ ok: true });
  expect(steps).toEqual({ requests: 4, roundTrips: 3, transactionsAtOnce: 2 });
});

test.each([
  ['1,000 addresses', inviteThousand, 1 + partsOfInvites, parallelPartsMax],
  ['100 resources', ingestHundred, 2, 2],
])(
  '%s are written also if transactions that check the same item always conflict, with one wasted attempt for each parallel part',
  async (_, run, transactions, parallel) => {
    const { client, conflicts } = conflictingClient(documentClient());
    const services = {
      ...requestServices(readEnvironment(), client)(organization.id),
      buckets: unlimitedBuckets,
      clock,
      ids,
    };
    expect(await run(services)).toMatchObject({ ok: true });
    expect(conflicts).toEqual({ attempts: transactions + parallel - 1, cancelled: parallel - 1 });
  },
);
