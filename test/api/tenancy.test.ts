import { beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../shared/api/send-request.ts';
import type { Route } from '../../shared/api/route.ts';
import {
  byKind,
  idParameterOf,
  settingsKindNames,
  type IdParameter,
  type SettingsKind,
} from '../../shared/asset-kinds.ts';
import { routes, type RouteName } from '../../shared/api/routes.ts';
import {
  everyPage,
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
import { callOf, ofEachKind, testedKind, testedKinds } from '../support/settings-kinds.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();

/** One of each kind of thing that has an id. */
const thingsOf = async (organization: TestOrganization) => {
  const { params, manager, rootPoolId } = organization;
  const { client } = manager;
  const machine = await stack.machine();
  const roles = [{ role: 'member' as const }];
  const { userId } = await newMember(stack, organization);
  const poolId = await newPool(organization, 'Secret', rootPoolId);
  const settings = {} as Record<IdParameter<SettingsKind>, string>;
  for (const { idParameter, create, newBody } of testedKinds)
    settings[idParameter] = take(await callOf(client, create)({ params, body: newBody() })).id;
  const { dataSourceId } = settings;
  const body = { name: 'Secret', clientId: machine.personId, roles };
  return {
    userId,
    poolId,
    inviteId: (await inviteByMail(stack, organization, newEmail())).inviteId,
    resourceId: (await newResource(organization, poolId, { dataSourceId, externalId: 'i-1' })).id,
    serviceAccountId: take(await client.createServiceAccount({ params, body })).id,
    ...settings,
  };
};

type Things = Awaited<ReturnType<typeof thingsOf>>;

const neverWere: Things = {
  userId: 'usr_none',
  poolId: 'pool_none',
  inviteId: 'inv_none',
  resourceId: 'res_none',
  serviceAccountId: 'svc_none',
  ...byKind(settingsKindNames, (kind) => [idParameterOf(kind), testedKind(kind).unknownId]),
};

/** What a field of a path stands for, where it is not an organization's. */
const parametersOf = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');

describe('another organization’s ids', () => {
  let mine: TestOrganization;
  let foreign: TestOrganization;
  let own: Things;
  let others: Things;

  beforeAll(async () => {
    mine = await newOrganization(stack, 'Mine');
    foreign = await newOrganization(stack, 'Foreign');
    own = await thingsOf(mine);
    others = await thingsOf(foreign);
  });

  /** What a call was answered, but for what each answer has of its own. */
  const answer = (reply: { ok: true; value: unknown } | { ok: false; problem: Problem }) =>
    reply.ok ? { accepted: reply.value } : { ...reply.problem, requestId: '' };

  const auditLog = () =>
    everyPage((page) =>
      foreign.manager.client.listAuditEvents({ params: foreign.params, query: { limit: 100, ...page } }),
    );

  const bodies = (): Partial<Record<RouteName, unknown>> => ({
    changeRoles: { roles: [{ role: 'member' }] },
    adjustRoles: { add: [{ role: 'member' }] },
    changeServiceAccountRoles: { roles: [{ role: 'organization_manager' }] },
    updatePool: { name: 'Taken' },
    updateResource: { name: 'Taken' },
    ...ofEachKind(({ update, change }) => ({ [update]: change })),
    updateInvite: { roles: [{ role: 'member' }] },
  });

  const withIds = Object.entries<Route>(routes)
    .filter(([, { path }]) => path.startsWith('/v1/organizations/{organizationId}/') && parametersOf(path).length > 1)
    .map(([name]) => name as RouteName);

  test('stand in a route of every kind of thing', () => {
    const named = new Set(withIds.flatMap((name) => parametersOf(routes[name].path)));
    expect(named).toEqual(new Set(['organizationId', ...Object.keys(neverWere)]));
  });

  test.each(withIds)('in the path of %s are as unknown as ids that never were', async (name) => {
    const call = (things: Things) =>
      (mine.manager.client[name] as (call: object) => Promise<Parameters<typeof answer>[0]>)({
        params: { ...mine.params, ...things },
        query: name === 'removeUser' ? { successorId: mine.manager.userId } : {},
        body: bodies()[name],
      });
    const before = await auditLog();
    const [foreignAnswer, unknownAnswer] = [answer(await call(others)), answer(await call(neverWere))];
    expect(foreignAnswer).toEqual(unknownAnswer);
    expect(foreignAnswer).toMatchObject({ status: 404 });
    expect(await auditLog()).toEqual(before);
  });

  const asSuccessor = async (things: Things) =>
    mine.manager.client.removeUser({
      params: { ...mine.params, userId: own.userId },
      query: { successorId: things.userId },
    });

  test.each<[where: string, (client: TestMember['client'], things: Things) => Promise<Parameters<typeof answer>[0]>]>([
    ['the successor of a removal', (_, things) => asSuccessor(things)],
    [
      'the roles of an invite',
      (client, { poolId }) =>
        client.inviteUsers({
          params: mine.params,
          body: { emails: ['a@b.example'], roles: [{ role: 'manager', poolId }] },
        }),
    ],
    [
      'the roles of a user',
      (client, { poolId }) =>
        client.changeRoles({ params: { ...mine.params, ...own }, body: { roles: [{ role: 'engineer', poolId }] } }),
    ],
    [
      'the roles of a service account',
      (client, { poolId }) =>
        client.changeServiceAccountRoles({
          params: { ...mine.params, ...own },
          body: { roles: [{ role: 'engineer', poolId }] },
        }),
    ],
    [
      'a new pool’s parent',
      (client, { poolId }) => client.createPool({ params: mine.params, body: { name: 'New', parentId: poolId } }),
    ],
    [
      'a new pool’s owner',
      (client, { userId }) =>
        client.createPool({
          params: mine.params,
          body: { name: 'New', parentId: mine.rootPoolId, defaultOwnerId: userId },
        }),
    ],
    [
      'where a pool goes',
      (client, { poolId }) => client.updatePool({ params: { ...mine.params, ...own }, body: { parentId: poolId } }),
    ],
    [
      'a new resource’s pool',
      (client, { poolId }) => client.createResource({ params: mine.params, body: { name: 'New', type: 'vm', poolId } }),
    ],
    [
      'a new resource’s owner',
      (client, { userId }) =>
        client.createResource({
          params: mine.params,
          body: { name: 'New', type: 'vm', poolId: own.poolId, ownerId: userId },
        }),
    ],
    [
      'a new resource’s data source',
      (client, { dataSourceId }) =>
        client.createResource({
          params: mine.params,
          body: { name: 'New', type: 'vm', poolId: own.poolId, dataSourceId, externalId: 'i-1' },
        }),
    ],
    [
      'where a resource goes',
      (client, { poolId }) => client.updateResource({ params: { ...mine.params, ...own }, body: { poolId } }),
    ],
    [
      'whose a resource is',
      (client, { userId }) => client.updateResource({ params: { ...mine.params, ...own }, body: { ownerId: userId } }),
    ],
    [
      'the filters of a policy',
      (client, { userId, poolId, dataSourceId }) =>
        client.createPolicy({
          params: mine.params,
          body: {
            type: 'budget',
            name: 'New',
            amount: 1,
            filters: { ownerIds: [userId], poolIds: [poolId], dataSourceIds: [dataSourceId] },
          },
        }),
    ],
    [
      'whose a policy is',
      (client, { userId }) => client.updatePolicy({ params: { ...mine.params, ...own }, body: { ownerId: userId } }),
    ],
    [
      'whose a data source is',
      (client, { userId }) =>
        client.updateDataSource({ params: { ...mine.params, ...own }, body: { ownerId: userId } }),
    ],
    [
      'a check on a user',
      (client, { userId }) =>
        client.checkPermissions({ params: mine.params, body: { userId, checks: [{ action: 'read' }] } }),
    ],
    [
      'a check on a pool',
      (client, { poolId }) =>
        client.checkPermissions({ params: mine.params, body: { checks: [{ action: 'create_pool', poolId }] } }),
    ],
    [
      'a check on a resource',
      (client, { resourceId }) =>
        client.checkPermissions({ params: mine.params, body: { checks: [{ action: 'edit_resource', resourceId }] } }),
    ],
    ['the users of a pool', (client, { poolId }) => client.listUsers({ params: mine.params, query: { poolId } })],
    [
      'the resources of a pool',
      (client, { poolId }) => client.listResources({ params: mine.params, query: { poolId, subPools: 'true' } }),
    ],
    [
      'the resources of an owner',
      (client, { userId }) => client.listResources({ params: mine.params, query: { ownerId: userId } }),
    ],
  ])('as %s are as unknown as ids that never were', async (_, call) => {
    const [foreignAnswer, unknownAnswer] = [
      answer(await call(mine.manager.client, others)),
      answer(await call(mine.manager.client, neverWere)),
    ];
    expect(foreignAnswer).toEqual(unknownAnswer);
    expect(foreignAnswer).not.toHaveProperty('accepted');
  });

  test('as filters of the audit log find nothing, and in an item of many are refused', async () => {
    const { client } = mine.manager;
    for (const query of [{ actorId: others.userId }, ...Object.values(others).map((targetId) => ({ targetId }))])
      expect(take(await client.listAuditEvents({ params: mine.params, query })).items).toEqual([]);
    const items = [
      { poolId: others.poolId },
      { poolId: own.poolId, ownerId: others.userId },
      { poolId: own.poolId, dataSourceId: others.dataSourceId, externalId: 'i-1' },
    ].map((item) => ({ name: 'New', type: 'vm', ...item }));
    const { results } = take(await client.ingestResources({ params: mine.params, body: { items } }));
    expect(results.map(({ outcome, code }) => `${outcome} ${code}`)).toEqual([
      'refused unknown_pool',
      'refused unknown_user',
      'refused unknown_data_source',
    ]);
  });

  test('appear in no list', async () => {
    const { client } = mine.manager;
    const { params } = mine;
    const lists = [
      take(await client.listUsers({ params })),
      take(await client.listPools({ params })),
      take(await client.listInvites({ params })),
      take(await client.listResources({ params })),
      take(await client.listServiceAccounts({ params })),
      ...(await Promise.all(testedKinds.map(async ({ list }) => take(await callOf(client, list)({ params }))))),
    ].map((page) => JSON.stringify(page));
    for (const id of Object.values(own)) expect(lists.join()).toContain(id);
    for (const id of [...Object.values(others), foreign.rootPoolId, foreign.manager.userId])
      expect(lists.join()).not.toContain(id);
  });
});

test('an organization that one does not belong to is as unknown as one that never was', async () => {
  const foreign = await newOrganization(stack, 'Foreign');
  const stranger = await stack.newPerson(newEmail());
  const ask = async (organizationId: string) => [
    refusal(await stranger.client.getOrganization({ params: { organizationId } })),
    refusal(await stranger.client.listUsers({ params: { organizationId } })),
    refusal(await stranger.client.listPools({ params: { organizationId } })),
    refusal(await stranger.client.listInvites({ params: { organizationId } })),
    refusal(await stranger.client.listResources({ params: { organizationId } })),
    ...(await Promise.all(
      testedKinds.map(async ({ list }) => refusal(await callOf(stranger.client, list)({ params: { organizationId } }))),
    )),
    refusal(await stranger.client.listServiceAccounts({ params: { organizationId } })),
    refusal(
      await stranger.client.inviteUsers({
        params: { organizationId },
        body: { emails: ['a@b.example'], roles: [{ role: 'member' }] },
      }),
    ),
  ];
  expect(await ask(foreign.id)).toEqual(await ask('org_none'));
  expect(new Set(await ask(foreign.id))).toEqual(new Set(['404 organization_not_found']));
});

test('an organization id cannot reach into another partition', async () => {
  const { id, manager } = await newOrganization(stack);
  for (const organizationId of [`${id}#users`, `person#${manager.personId}`, 'work', '#', `${id}/../${id}`, '%'])
    expect(refusal(await manager.client.getOrganization({ params: { organizationId } }))).toMatch(/^40[04] /);
});

test('a cursor of one organization opens nothing in another', async () => {
  const [mine, foreign] = [await newOrganization(stack, 'Mine'), await newOrganization(stack, 'Foreign')];
  for (const organization of [mine, foreign])
    for (let count = 0; count < 2; count += 1) await newMember(stack, organization);
  const first = take(await foreign.manager.client.listUsers({ params: foreign.params, query: { limit: 1 } }));
  const page = take(
    await mine.manager.client.listUsers({ params: mine.params, query: { limit: 100, cursor: first.nextCursor ?? '' } }),
  );
  const own = new Set(take(await mine.manager.client.listUsers({ params: mine.params })).items.map(({ id }) => id));
  expect(page.items.map(({ id }) => id).filter((id) => !own.has(id))).toEqual([]);

  for (const organization of [mine, foreign])
    for (let count = 0; count < 2; count += 1) await newResource(organization, organization.rootPoolId);
  const opened = async (of: TestOrganization, query: object) =>
    take(await of.manager.client.listResources({ params: of.params, query }));
  const { nextCursor: cursor = '' } = await opened(foreign, { limit: 1 });
  const all = (await opened(mine, {})).items;
  for (const { id } of (await opened(mine, { cursor })).items) expect(all.map((each) => each.id)).toContain(id);
});
