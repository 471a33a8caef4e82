import { isDeepStrictEqual } from 'node:util';
import type { Client } from '../../shared/api/client.ts';
import { password, take, type Deployed } from './deployed.ts';
import { expect, step, wrong } from './steps.ts';

/** Data that one version has stored and that another version must be able to use. */
export interface Stored {
  /** The domain of the email addresses of all people. */
  domain: string;
  organizationId: string;
  userIds: { ben: string; cleo: string };
  /** The token of a pending invite. */
  token: string;
  read: Listed;
}

/** Stores items of every kind, in several states, through the API of the deployed version. Each call needs its own `domain`. */
export const storeOneOfEach = async (deployed: Deployed, domain: string): Promise<Stored> => {
  const [mara, ben, cleo, dora] = [`mara@${domain}`, `ben@${domain}`, `cleo@${domain}`, `dora@${domain}`];
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
    'three people are invited',
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
  // Mara takes over from Ben, so that reads have to follow the successor to find the owner.
  const me = take(await asMara.getMyUser({ params }));
  take(await asMara.removeUser({ params: { ...params, userId: userIds.ben }, query: { successorId: me.id } }));
  return { domain, organizationId, userIds, token, read: await readAll(asMara, params) };
};

/** After an upgrade, a newer version must return every stored field. After a rollback, an older version may not know some fields. */
export type Direction = 'upgrade' | 'rollback';

/** Checks that the deployed version reads the data of the other version unchanged, and can change it. */
export const checkStored = async (
  deployed: Deployed,
  { domain, organizationId, userIds, token, read }: Stored,
  direction: Direction,
): Promise<void> => {
  const params = { organizationId };
  const asMara = await step('Mara signs in with the account she had', () => deployed.signIn(`mara@${domain}`));

  await step('All that the other version stored reads as it did', async () => {
    const now = await readAll(asMara, params);
    for (const [kind, items] of Object.entries(read)) {
      expect(items.length > 0, `the other version had ${kind}`);
      for (const item of items) requireAmong(kind, item, now[kind] ?? [], direction);
    }
  });

  await step(
    'An invite that it sent is accepted, a user that it removed is restored, one that it made is removed',
    async () => {
      take(await deployed.anybody.acceptInvite({ body: { token, name: 'Dora Lind', password } }));
      const asDora = await deployed.signIn(`dora@${domain}`);
      const me = take(await asDora.getMyUser({ params }));
      take(await asMara.restoreUser({ params: { ...params, userId: userIds.ben } }));
      const owned = take(await asMara.listResources({ params, query: { ownerId: userIds.ben } })).items;
      expect(owned.map(({ name }) => name).join() === 'web-1', 'Ben has back what was his');
      const removal = { params: { ...params, userId: userIds.cleo }, query: { successorId: me.id } };
      expect(take(await asMara.removeUser(removal)).successor.id === me.id, 'Dora takes over from Cleo');
    },
  );

  await step('One of each kind that it stored is changed, and another is created', () => changeEach(asMara, params));
};

const changeEach = async (client: Client, params: { organizationId: string }): Promise<void> => {
  const only = <T>(items: T[]): T => items.at(-1) ?? wrong('There is nothing to change.');
  const roles = [{ role: 'member' as const }];
  take(await client.updateOrganization({ params, body: { inviteExpiryDays: 21 } }));

  const pool = only(take(await client.listPools({ params })).items);
  take(await client.updatePool({ params: { ...params, poolId: pool.id }, body: { name: 'Shop', monthlyLimit: 600 } }));
  take(await client.createPool({ params, body: { name: 'Web', parentId: pool.parentId ?? pool.id } }));

  const source = only(take(await client.listDataSources({ params })).items);
  take(await client.updateDataSource({ params: { ...params, dataSourceId: source.id }, body: { name: 'Live' } }));
  take(await client.createDataSource({ params, body: { type: 'gcp', name: 'Spare', accountId: 'spare-1' } }));

  const resource = only(take(await client.listResources({ params })).items);
  const changed = { name: 'web-2', monthlyCost: 43, tags: { stage: 'test' } };
  take(await client.updateResource({ params: { ...params, resourceId: resource.id }, body: changed }));
  const sent = { ...changed, type: 'instance', poolId: pool.id, dataSourceId: source.id };
  const items = ['i-1', 'i-2'].map((externalId) => ({ ...sent, name: externalId, externalId }));
  const outcomes = take(await client.ingestResources({ params, body: { items } })).results.map(
    ({ outcome }) => outcome,
  );
  expect(outcomes.join() === 'updated,created', 'the data source updates its resource and adds another');

  const policy = only(take(await client.listPolicies({ params })).items);
  take(await client.updatePolicy({ params: { ...params, policyId: policy.id }, body: { amount: 950 } }));
  take(await client.createPolicy({ params, body: { type: 'budget', name: 'Spare', amount: 1 } }));

  const account = only(take(await client.listServiceAccounts({ params })).items);
  const named = { ...params, serviceAccountId: account.id };
  take(await client.changeServiceAccountRoles({ params: named, body: { roles } }));

  const user = take(await client.listUsers({ params, query: { search: 'Ben' } })).items[0] ?? wrong('Ben is gone.');
  take(await client.changeRoles({ params: { ...params, userId: user.id }, body: { roles } }));
};

type Listed = Record<string, object[]>;

/** Every item of an organization, by kind. Items that have a route of their own are read by id too, since that uses other keys. */
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

/** Fields that may change without a request: when a user was last seen, the delivery of a mail, and the version. */
const moving = new Set(['lastSeenAt', 'delivery', 'version']);

/** A newer version may return additional fields of an item, and an older version fewer. All other fields must be equal. */
const requireAmong = (kind: string, before: object, after: object[], direction: Direction): void => {
  const now =
    after.find((each) => idOf(each) === idOf(before)) ??
    wrong(`Of the ${kind}, this one is missing: ${JSON.stringify(before)}`);
  const told = new Map<string, unknown>(Object.entries(now));
  for (const [name, value] of Object.entries(before))
    if (!moving.has(name) && (direction === 'upgrade' || told.has(name)) && !isDeepStrictEqual(told.get(name), value))
      wrong(`Of the ${kind}, ${JSON.stringify(before)} now reads ${JSON.stringify(now)}.`);
};

const idOf = (item: object): unknown => ('id' in item ? item.id : undefined);
