import { beforeAll, describe, expect, test } from 'vitest';
import { byKind, manyOf, settingsKindNames } from '../../shared/asset-kinds.ts';
import { getUserAssets } from '../../shared/handover/get-user-assets.ts';
import type { Services } from '../../shared/ports.ts';
import { parseOrganization } from '../../shared/organizations/organization.ts';
import { keys, partitions } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import { update } from '../../shared/table/write.ts';
import type { User } from '../../shared/users/user.ts';
import { meter } from '../support/measure.ts';
import { callerOf, servicesOf } from '../support/operations.ts';
import {
  inviteByMail,
  newEmail,
  newMember,
  newOrganization,
  newPool,
  newResource,
  refusal,
  take,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { aManager, plantUsers } from '../support/planted.ts';
import { bound } from '../support/service-accounts.ts';
import { password, useStack } from '../support/stack.ts';

const stack = useStack();
let organization: TestOrganization;
let manager: TestMember;
let bob: TestMember;

beforeAll(async () => {
  organization = await newOrganization(stack);
  ({ manager } = organization);
  bob = await newMember(stack, organization, [{ role: 'member' }], 'Bob');
});

const assetsOf = async (userId: string, by: Pick<TestMember, 'client'> = manager) =>
  take(await by.client.getUserAssets({ params: { ...organization.params, userId } }));

const budget = async (name: string, more: { ownerId?: string; filters?: { ownerIds: string[] } }): Promise<string> => {
  const body = { type: 'budget' as const, name, amount: 5, ...more };
  return take(await manager.client.createPolicy({ params: organization.params, body })).id;
};

const connect = async (accountId: string, ownerId: string): Promise<string> => {
  const body = { type: 'gcp' as const, name: accountId, accountId, ownerId };
  return take(await manager.client.createDataSource({ params: organization.params, body })).id;
};

const remove = async (user: Pick<TestMember, 'userId'>, successor: Pick<TestMember, 'userId'>) =>
  take(
    await manager.client.removeUser({
      params: { ...organization.params, userId: user.userId },
      query: { successorId: successor.userId },
    }),
  );

const nothing = {
  exact: true,
  resources: { count: 0, monthlyCost: 0 },
  currency: 'USD',
  pools: { count: 0 },
  ...byKind(settingsKindNames, (kind) => [manyOf(kind), { count: 0 }]),
  policies: { owned: 0, naming: 0 },
  byPool: [],
  pendingInvites: { count: 0 },
};

describe('the preview of a removal', () => {
  test('counts each kind of asset and what it costs a month, by the pools it is in, and nothing that is another’s', async () => {
    const ada = await newMember(stack, organization, [{ role: 'member' }], 'Ada');
    const of = { ownerId: ada.userId };
    const [web, data] = [
      await newPool(organization, 'Web', organization.rootPoolId),
      await newPool(organization, 'Data', organization.rootPoolId),
    ];
    const shop = await newPool(organization, 'Shop', web, ada.userId);
    await newResource(organization, shop, { ...of, monthlyCost: 7 });
    await newResource(organization, shop, of);
    await newResource(organization, data, { ...of, monthlyCost: 1.5 });
    await newResource(organization, data, { ownerId: bob.userId, monthlyCost: 100 });
    await budget('Own', of);
    await budget('Own, naming herself', { ...of, filters: { ownerIds: [ada.userId, bob.userId] } });
    await budget('Another’s, naming her', { filters: { ownerIds: [ada.userId] } });
    await budget('Another’s', { filters: { ownerIds: [bob.userId] } });
    await connect('hers', ada.userId);
    await connect('his', bob.userId);

    expect(await assetsOf(ada.userId)).toEqual({
      ...nothing,
      user: { id: ada.userId, name: 'Ada' },
      resources: { count: 3, monthlyCost: 8.5 },
      pools: { count: 1 },
      policies: { owned: 2, naming: 2 },
      dataSources: { count: 1 },
      byPool: [
        { poolId: data, path: 'Acme / Data', count: 1, monthlyCost: 1.5 },
        { poolId: shop, path: 'Acme / Web / Shop', count: 2, monthlyCost: 7 },
      ],
    });
  });

  test('adds money up as people do: 0.1 and 0.2 are 0.3', async () => {
    const ada = await newMember(stack, organization, [{ role: 'member' }], 'Ada');
    const [one, two] = [
      await newPool(organization, 'One', organization.rootPoolId),
      await newPool(organization, 'Two', organization.rootPoolId),
    ];
    for (const [poolId, monthlyCost] of [
      [one, 0.1],
      [one, 0.2],
      [two, 1.1],
      [two, 2.2],
    ] as const)
      await newResource(organization, poolId, { ownerId: ada.userId, monthlyCost });
    expect(await assetsOf(ada.userId)).toMatchObject({
      resources: { count: 4, monthlyCost: 3.6 },
      byPool: [
        { poolId: one, monthlyCost: 0.3 },
        { poolId: two, monthlyCost: 3.3 },
      ],
    });
  });

  test('counts what was in a deleted pool for its parent, together with what is there', async () => {
    const ada = await newMember(stack, organization);
    const parent = await newPool(organization, 'Parent', organization.rootPoolId);
    const child = await newPool(organization, 'Child', parent);
    for (const poolId of [parent, child, child])
      await newResource(organization, poolId, { ownerId: ada.userId, monthlyCost: 2 });
    take(await manager.client.deletePool({ params: { ...organization.params, poolId: child } }));
    expect((await assetsOf(ada.userId)).byPool).toEqual([
      { poolId: parent, path: 'Acme / Parent', count: 3, monthlyCost: 6 },
    ]);
  });

  test('counts the invites that the user sent and nobody has answered', async () => {
    const inviter = await newMember(stack, organization, [{ role: 'organization_manager' }], 'Iva');
    const as = { ...organization, manager: inviter };
    const [, revoked, accepted] = [
      await inviteByMail(stack, as, newEmail()),
      await inviteByMail(stack, as, newEmail()),
      await inviteByMail(stack, as, newEmail()),
      await inviteByMail(stack, as, newEmail()),
    ];
    await inviteByMail(stack, organization, newEmail());
    expect((await assetsOf(inviter.userId)).pendingInvites).toEqual({ count: 4 });
    const params = { ...organization.params, inviteId: revoked.inviteId };
    take(await inviter.client.revokeInvite({ params }));
    take(await stack.anybody.acceptInvite({ body: { token: accepted.token, name: 'New', password } }));
    expect((await assetsOf(inviter.userId)).pendingInvites).toEqual({ count: 2 });
    await remove(inviter, bob);
    expect((await assetsOf(inviter.userId)).pendingInvites).toEqual({ count: 0 });
  });

  test('is there for every member to read, of anybody and of oneself as `me`', async () => {
    const ada = await newMember(stack, organization, [{ role: 'member' }], 'Ada');
    await newResource(organization, organization.rootPoolId, { ownerId: ada.userId, monthlyCost: 4 });
    const mine = await assetsOf('me', ada);
    expect(mine).toMatchObject({ user: { id: ada.userId, name: 'Ada' }, resources: { count: 1, monthlyCost: 4 } });
    expect(await assetsOf(ada.userId, bob)).toEqual(mine);
  });

  test('is of users of this organization only', async () => {
    const other = await newOrganization(stack);
    const asked = (userId: string, by: Pick<TestMember, 'client'> = manager) =>
      by.client.getUserAssets({ params: { ...organization.params, userId } });
    expect(refusal(await asked('usr_none'))).toBe('404 user_not_found');
    expect(refusal(await asked(other.manager.userId))).toBe('404 user_not_found');
    expect(refusal(await asked(manager.userId, other.manager))).toBe('404 organization_not_found');
    const machine = await stack.machine();
    expect(refusal(await asked(await bound(organization, machine)))).toBe('404 user_not_found');
    expect(refusal(await asked('me', machine))).toBe('404 user_not_found');
  });
});

test('after a removal the successor’s preview has both, and the leaver’s says what a restore would bring back', async () => {
  const [ada, heir] = [
    await newMember(stack, organization, [{ role: 'member' }], 'Ada'),
    await newMember(stack, organization, [{ role: 'member' }], 'Heir'),
  ];
  const poolId = await newPool(organization, 'Handed over', organization.rootPoolId, ada.userId);
  const given = await newResource(organization, poolId, { ownerId: ada.userId, monthlyCost: 3 });
  await newResource(organization, poolId, { ownerId: ada.userId, monthlyCost: 4 });
  await newResource(organization, poolId, { ownerId: heir.userId, monthlyCost: 20 });
  await budget('Hers', { ownerId: ada.userId, filters: { ownerIds: [ada.userId] } });
  const source = await connect('handed-over', ada.userId);
  const { user: _, ...before } = await assetsOf(ada.userId);
  await remove(ada, heir);

  const { user, ...left } = await assetsOf(ada.userId);
  expect(user).toEqual({ id: ada.userId, name: 'Ada' });
  expect(left).toEqual(before);
  const both = {
    resources: { count: 3, monthlyCost: 27 },
    pools: { count: 1 },
    policies: { owned: 1, naming: 1 },
    dataSources: { count: 1 },
  };
  expect(await assetsOf(heir.userId)).toMatchObject(both);

  const { params } = organization;
  const toBob = { ownerId: bob.userId };
  take(await manager.client.updateResource({ params: { ...params, resourceId: given.id }, body: toBob }));
  take(await manager.client.updateDataSource({ params: { ...params, dataSourceId: source }, body: toBob }));
  const rest = {
    resources: { count: 1, monthlyCost: 4 },
    dataSources: { count: 0 },
    policies: { owned: 1, naming: 1 },
  };
  expect(await assetsOf(ada.userId)).toMatchObject(rest);
  take(await manager.client.restoreUser({ params: { ...params, userId: ada.userId } }));
  expect(await assetsOf(ada.userId)).toMatchObject(rest);
  const { user: __, ...own } = await assetsOf(heir.userId);
  expect(own).toEqual({
    ...nothing,
    resources: { count: 1, monthlyCost: 20 },
    byPool: [{ poolId, path: 'Acme / Handed over', count: 1, monthlyCost: 20 }],
  });
});

describe('the cost of a preview', () => {
  const mostRequests = 12;
  const pagesOfResources = 9;

  /** The preview of a user, and the requests that it takes of the table once the pools are cached. */
  const measured = async (userId: string, change: (table: Table) => Table = (table) => table) => {
    const { cost, measured: counted } = meter();
    const actor = callerOf(manager);
    const services = servicesOf(organization.id, (table) => change(counted(table)));
    const { table } = servicesOf(organization.id);
    const { treeVersion } = parseOrganization(await table.get(keys.organization(organization.id)));
    const tree = await services.poolTree(table, organization.id, treeVersion);
    const withTree: Services = { ...services, poolTree: async () => tree };
    const params = { ...organization.params, userId };
    const result = await getUserAssets(withTree)(actor, { params, query: {}, body: undefined });
    return result.ok ? { ...result.value, requests: cost.requests } : expect.unreachable(result.error.code);
  };

  const perPage = 3;

  /** The index as it is where a page of it holds little. */
  const shortPages = (table: Table): Table => ({
    ...table,
    query: (query) => table.query(query.index === 'held' ? { ...query, limit: Math.min(query.limit, perPage) } : query),
  });

  const ownerOf = async (count: number): Promise<string> => {
    const user = await plantManager();
    const items = Array.from({ length: count }, (_, index) => ({
      name: `Server ${index}`,
      type: 'vm',
      poolId: organization.rootPoolId,
      ownerId: user.id,
      monthlyCost: 1,
    }));
    take(await manager.client.ingestResources({ params: organization.params, body: { items } }));
    return user.id;
  };

  /** A manager, because only of them invites are counted. */
  const plantManager = async (given: Partial<User> = {}): Promise<User> => {
    const user = aManager(given);
    await plantUsers(organization.id, [user]);
    return user;
  };

  /** With something held under each of so many holders. */
  const holderOf = async (holdings: number): Promise<User> => {
    const earlier = Array.from({ length: holdings - 1 }, (_, index) => `usr_earlier_${holdings}_${index}`);
    const user = await plantManager();
    await servicesOf(organization.id).table.transact([
      update(keys.user(organization.id, user.id), { append: { holdings: earlier } }),
    ]);
    return user;
  };

  test('is at most 12 requests, and exact up to 9 pages of the index', async () => {
    const userId = await ownerOf(perPage * pagesOfResources);
    expect(await measured(userId, shortPages)).toMatchObject({
      exact: true,
      resources: { count: perPage * pagesOfResources, monthlyCost: perPage * pagesOfResources },
      requests: mostRequests,
    });
    expect(await measured(userId)).toMatchObject({ exact: true, requests: 4 });
  });

  test('stays 12 requests beyond that: at least what the 9 pages hold is told, as not exact', async () => {
    const userId = await ownerOf(perPage * pagesOfResources + 1);
    expect(await measured(userId, shortPages)).toMatchObject({
      exact: false,
      resources: { count: perPage * pagesOfResources },
      requests: mostRequests,
    });
    expect(await measured(userId)).toMatchObject({ exact: true, resources: { count: perPage * pagesOfResources + 1 } });
  });

  test.each([
    [9, true],
    [10, false],
    [1_000, false],
  ])('is at most 12 requests for who holds what %i people had; exact: %s', async (holdings, exact) => {
    const user = await holderOf(holdings);
    const preview = await measured(user.id);
    expect(preview).toMatchObject({ exact, requests: mostRequests });
  });

  test('is not exact where policies and data sources fill more than a page of the table', async () => {
    const user = await plantManager();
    const cut = (table: Table): Table => ({
      ...table,
      query: (query) => table.query(query.pk === partitions.settings(organization.id) ? { ...query, limit: 1 } : query),
    });
    expect(await measured(user.id, cut)).toMatchObject({ exact: false });
    expect(await measured(user.id)).toMatchObject({ exact: true });
  });
});
