import { isDeepStrictEqual } from 'node:util';
import type { Client } from '../../shared/api/client.ts';
import { password, take, type Deployed } from './deployed.ts';
import { expect, step, wrong } from './steps.ts';

const mara = 'mara@upgraded.example';
const [ben, cleo, dora] = ['ben', 'cleo', 'dora'].map((name) => `${name}@upgraded.example`) as [string, string, string];

/** What the earlier version left behind. */
export interface Written {
  organizationId: string;
  userIds: { ben: string; cleo: string };
  /** Of an invite that is pending. */
  token: string;
  read: Listed;
}

/** Has the earlier version store one of each kind, in several states. */
export const writeEarlier = async (deployed: Deployed): Promise<Written> => {
  await deployed.makeAccount(mara, 'Mara Lindqvist');
  const asMara = await deployed.signIn(mara);
  const { id: organizationId, rootPoolId } = take(await asMara.createOrganization({ body: { name: 'Acme FinOps' } }));
  const params = { organizationId };
  take(await asMara.updateOrganization({ params, body: { inviteExpiryDays: 14 } }));
  const web = take(await asMara.createPool({ params, body: { name: 'Web', parentId: rootPoolId, monthlyLimit: 500 } }));
  const roles = [{ role: 'manager' as const, poolId: web.id }];
  const { results } = take(await asMara.inviteUsers({ params, body: { emails: [ben, cleo, dora], roles } }));
  expect(
    results.every(({ outcome }) => outcome === 'created'),
    'the earlier version invites three',
  );
  const join = async (email: string, name: string): Promise<string> => {
    const token = await deployed.tokenFor(email);
    return take(await deployed.anybody.acceptInvite({ body: { token, name, password } })).userId;
  };
  const userIds = { ben: await join(ben, 'Ben Okafor'), cleo: await join(cleo, 'Cleo Marsh') };
  const token = await deployed.tokenFor(dora);
  const ownerId = userIds.ben;
  const source = { type: 'aws' as const, name: 'Production', accountId: '210987654321', ownerId };
  const { id: dataSourceId } = take(await asMara.createDataSource({ params, body: source }));
  take(
    await asMara.createPolicy({ params, body: { type: 'budget', name: 'Web', poolId: web.id, amount: 900, ownerId } }),
  );
  const resource = { name: 'web-1', type: 'instance', poolId: web.id, dataSourceId, externalId: 'i-1', ownerId };
  take(await asMara.createResource({ params, body: { ...resource, monthlyCost: 41.2, tags: { stage: 'live' } } }));
  const { clientId } = await deployed.machine();
  take(await asMara.createServiceAccount({ params, body: { name: 'Pipeline', clientId, roles } }));
  // Ben's things are Mara's by taking over: an owner that reads have to find.
  const me = take(await asMara.getMyUser({ params }));
  take(await asMara.removeUser({ params: { ...params, userId: userIds.ben }, query: { successorId: me.id } }));
  return { organizationId, userIds, token, read: await readAll(asMara, params) };
};

/** What the earlier version stored is read by this one as it was, and goes on. */
export const checkUpgraded = async (deployed: Deployed, { organizationId, userIds, token, read }: Written) => {
  const params = { organizationId };
  const asMara = await step('Mara signs in with the account she had', () => deployed.signIn(mara));

  await step('All that the earlier version stored reads as it did', async () => {
    const now = await readAll(asMara, params);
    for (const [kind, items] of Object.entries(read)) {
      expect(items.length > 0, `the earlier version had ${kind}`);
      for (const item of items) requireAmong(kind, item, now[kind] ?? []);
    }
  });

  await step(
    'An invite that it sent is accepted, a user that it removed is restored, one that it made is removed',
    async () => {
      take(await deployed.anybody.acceptInvite({ body: { token, name: 'Dora Lind', password } }));
      const asDora = await deployed.signIn(dora);
      const me = take(await asDora.getMyUser({ params }));
      take(await asMara.restoreUser({ params: { ...params, userId: userIds.ben } }));
      const owned = take(await asMara.listResources({ params, query: { ownerId: userIds.ben } })).items;
      expect(owned.map(({ name }) => name).join() === 'web-1', 'Ben has back what was his');
      const removal = { params: { ...params, userId: userIds.cleo }, query: { successorId: me.id } };
      expect(take(await asMara.removeUser(removal)).successor.id === me.id, 'Dora takes over from Cleo');
    },
  );
};

type Listed = Record<string, object[]>;

/** Everything of an organization that can be listed, by kind; what can be asked for by its id is, since that goes by other keys. */
const readAll = async (client: Client, params: { organizationId: string }): Promise<Listed> => {
  const users = take(await client.listUsers({ params })).items;
  const invites = take(await client.listInvites({ params })).items;
  const pools = take(await client.listPools({ params })).items;
  const resources = take(await client.listResources({ params })).items;
  const policies = take(await client.listPolicies({ params })).items;
  const sources = take(await client.listDataSources({ params })).items;
  return {
    organizations: [take(await client.getOrganization({ params }))],
    users: await getEach(users, (userId) => client.getUser({ params: { ...params, userId } })),
    invites: await getEach(invites, (inviteId) => client.getInvite({ params: { ...params, inviteId } })),
    pools: await getEach(pools, (poolId) => client.getPool({ params: { ...params, poolId } })),
    resources: await getEach(resources, (resourceId) => client.getResource({ params: { ...params, resourceId } })),
    policies: await getEach(policies, (policyId) => client.getPolicy({ params: { ...params, policyId } })),
    'data sources': await getEach(sources, (dataSourceId) =>
      client.getDataSource({ params: { ...params, dataSourceId } }),
    ),
    'service accounts': take(await client.listServiceAccounts({ params })).items,
    'audit events': take(await client.listAuditEvents({ params, query: { limit: 100 } })).items,
  };
};

type Reply<T> = { ok: true; value: T } | { ok: false; problem: object };

const getEach = <T>(items: { id: string }[], get: (id: string) => Promise<Reply<T>>): Promise<T[]> =>
  Promise.all(items.map(async ({ id }) => take(await get(id))));

/** They move on their own: when somebody was seen last, what became of a mail. */
const moving = new Set(['lastSeenAt', 'delivery', 'version']);

/** A later version may tell more of a thing, and nothing else. */
const requireAmong = (kind: string, before: object, after: object[]): void => {
  const now = after.find((each) => idOf(each) === idOf(before));
  if (!now) wrong(`Of the ${kind}, this one is missing: ${JSON.stringify(before)}`);
  const told = new Map<string, unknown>(Object.entries(now ?? {}));
  for (const [name, value] of Object.entries(before))
    if (!moving.has(name) && !isDeepStrictEqual(told.get(name), value))
      wrong(`Of the ${kind}, ${JSON.stringify(before)} now reads ${JSON.stringify(now)}.`);
};

const idOf = (item: object): unknown => ('id' in item ? item.id : undefined);
