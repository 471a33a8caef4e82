import { beforeAll, describe, expect, test } from 'vitest';
import { keys } from '../../shared/table/keys.ts';
import { update } from '../../shared/table/write.ts';
import {
  everyPage,
  newMember,
  newOrganization,
  newPool,
  refusal,
  take,
  wrongFields,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { servicesOf } from '../support/operations.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
let organization: TestOrganization;
let web: string;
let member: TestMember;

beforeAll(async () => {
  organization = await newOrganization(stack);
  web = await newPool(organization, 'Web', organization.rootPoolId);
  member = await newMember(stack, organization);
});

type Client = TestMember['client'];
type Body = Parameters<Client['createPolicy']>[0]['body'];
type Change = Parameters<Client['updatePolicy']>[0]['body'];
type Options = Parameters<Client['updatePolicy']>[1];

const create = (body: Body, options?: Options, by = organization.manager) =>
  by.client.createPolicy({ params: organization.params, body }, options);

const change = (policyId: string, body: Change, options?: Options, by = organization.manager) =>
  by.client.updatePolicy({ params: { ...organization.params, policyId }, body }, options);

const remove = (policyId: string, options?: Options, by = organization.manager) =>
  by.client.deletePolicy({ params: { ...organization.params, policyId } }, options);

const get = (policyId: string) => member.client.getPolicy({ params: { ...organization.params, policyId } });

const list = (query: Parameters<Client['listPolicies']>[0]['query'] = {}) =>
  everyPage((page) => member.client.listPolicies({ params: organization.params, query: { ...query, ...page } }));

const connect = async (accountId: string): Promise<string> => {
  const body = { type: 'gcp' as const, name: accountId, accountId };
  return take(await organization.manager.client.createDataSource({ params: organization.params, body })).id;
};

const leave = async (user: TestMember, successor: TestMember) =>
  take(
    await organization.manager.client.removeUser({
      params: { ...organization.params, userId: user.userId },
      query: { successorId: successor.userId },
    }),
  );

const policies = {
  anomaly_detection: { type: 'anomaly_detection', name: 'Spikes', metric: 'expense', thresholdPercent: 30, days: 7 },
  quota: { type: 'quota', name: 'At most ten', metric: 'resource_count', maximum: 10 },
  budget: { type: 'budget', name: 'This year', amount: 1000.5, expiresOn: '2027-12-31' },
  tagging: { type: 'tagging', name: 'Whose is it?', requiredTag: 'cost center', startsOn: '2027-01-01' },
} satisfies Record<string, Body>;

const budget = (name = 'Monthly'): Body => ({ type: 'budget', name, amount: 100 });

/** A change of each type's own settings. */
const changes = {
  anomaly_detection: { metric: 'resource_count', thresholdPercent: 10_000, days: 180 },
  quota: { metric: 'expense', maximum: 10.5 },
  budget: { amount: 0 },
  tagging: { requiredTag: 'env', startsOn: '2028-02-29' },
} satisfies Record<keyof typeof policies, Change>;

/** The currency of the amounts in these policies, before and after their change. */
const currencies: Record<keyof typeof policies, { before?: { currency: string }; after?: { currency: string } }> = {
  anomaly_detection: {},
  quota: { after: { currency: 'USD' } },
  budget: { before: { currency: 'USD' }, after: { currency: 'USD' } },
  tagging: {},
};

describe.each(Object.values(policies))('a policy of type $type', (policy) => {
  const { type, name, ...settings } = policy;

  test('is created, read, listed, changed and deleted', async () => {
    const reply = await create(policy);
    const created = take(reply);
    const { id, createdAt } = created;
    const owner = { ownerId: organization.manager.userId, ownerName: 'Mara Manager' };
    expect(created).toEqual({ ...policy, id, ...owner, ...currencies[type].before, createdAt, version: 1 });
    expect(reply.status).toBe(201);
    expect(reply.headers.get('location')).toBe(`/v1/organizations/${organization.id}/policies/${id}`);
    expect(take(await get(id))).toEqual(created);
    expect(await list({ type })).toContainEqual(created);

    const changed = take(await change(id, { name: 'Renamed', ...changes[type] }));
    const after = { name: 'Renamed', ...changes[type], ...currencies[type].after, version: 2 };
    expect(changed).toEqual({ ...created, ...after });
    expect(take(await get(id))).toEqual(changed);
    expect(take(await change(id, { name: 'Renamed', ...changes[type] }))).toEqual(changed);

    expect((await remove(id)).status).toBe(204);
    expect(refusal(await get(id))).toBe('404 policy_not_found');
    expect(refusal(await change(id, { name: 'Gone' }))).toBe('404 policy_not_found');
    expect(refusal(await remove(id))).toBe('404 policy_not_found');
    expect((await list()).map((each) => each.id)).not.toContain(id);
  });

  test('requires its own settings and refuses those of another type, when created and when changed', async () => {
    const { id } = take(await create(policy));
    const missing = await create({ type, name } as Body);
    expect(refusal(missing)).toBe('400 invalid_request');
    const needed = Object.keys(settings).filter((each) => each !== 'expiresOn');
    for (const each of needed) expect(wrongFields(missing).join()).toContain(`/${each} `);
    const foreign = Object.entries(Object.assign({}, ...Object.values(changes)) as Record<string, unknown>)
      .concat([['expiresOn', '2027-12-31']])
      .filter(([each]) => !(each in settings));
    expect(foreign.length).toBeGreaterThan(3);
    for (const [each, value] of foreign) {
      expect(wrongFields(await create({ ...policy, [each]: value }))).toEqual([`/${each} unknown_field`]);
      const reply = await change(id, { [each]: value });
      expect([refusal(reply), ...wrongFields(reply)]).toEqual(['422 wrong_policy_type', `/${each} wrong_policy_type`]);
    }
    expect(wrongFields(await change(id, { type } as Change))).toEqual(['/type unknown_field']);
    expect(take(await get(id)).version).toBe(1);
  });
});

describe('a setting out of bounds', () => {
  const { anomaly_detection: anomaly, quota, tagging } = policies;

  test.each<[wrong: object, of: Body]>([
    [{ days: 0 }, anomaly],
    [{ days: 181 }, anomaly],
    [{ days: 1.5 }, anomaly],
    [{ thresholdPercent: 0 }, anomaly],
    [{ thresholdPercent: 10_001 }, anomaly],
    [{ metric: 'Expense' }, anomaly],
    [{ maximum: 1.5 }, quota],
    [{ maximum: -1 }, quota],
    [{ amount: 1e13 }, budget()],
    [{ amount: '10' }, budget()],
    [{ expiresOn: '2027-02-29' }, budget()],
    [{ expiresOn: '2027-12-31T00:00:00Z' }, budget()],
    [{ startsOn: 'tomorrow' }, tagging],
    [{ requiredTag: '' }, tagging],
    [{ requiredTag: 'x'.repeat(129) }, tagging],
    [{ name: ' ' }, budget()],
    [{ type: 'Budget' }, budget()],
  ])('is refused and named: %j', async (wrong, policy) => {
    const reply = await create({ ...policy, ...wrong });
    expect(refusal(reply)).toBe('400 invalid_request');
    const fields = wrongFields(reply).map((each) => each.split(' ')[0]);
    expect(new Set(fields)).toEqual(new Set(Object.keys(wrong).map((field) => `/${field}`)));
  });

  test('is also refused in a change, even if it is out of bounds only in combination with the stored settings', async () => {
    const { id } = take(await create(anomaly));
    expect(wrongFields(await change(id, { days: 181 }))).toEqual(['/days too_big']);
    expect(wrongFields(await change(id, { thresholdPercent: 0 }))).toEqual(['/thresholdPercent too_small']);
    const counting = take(await create(quota));
    const spending = take(await create({ ...quota, metric: 'expense', maximum: 1.5 }));
    for (const [policyId, body] of [
      [counting.id, { maximum: 1.5 }],
      [spending.id, { metric: 'resource_count' }],
    ] satisfies [string, Change][]) {
      const reply = await change(policyId, body);
      expect([refusal(reply), ...wrongFields(reply)]).toEqual(['422 wrong_policy_type', '/maximum wrong_policy_type']);
    }
    expect(take(await change(counting.id, { metric: 'expense', maximum: 1.5 }))).toMatchObject({ maximum: 1.5 });
  });
});

describe('what a policy names', () => {
  test('is removed by null, and kept if the request does not contain it', async () => {
    const filters = { ownerIds: [member.userId], poolIds: [web], resourceTypes: ['vm', 'disk'] };
    const { id } = take(await create({ ...policies.budget, poolId: web, filters }));
    expect(take(await change(id, { name: 'Renamed' }))).toMatchObject({
      ...policies.budget,
      name: 'Renamed',
      poolId: web,
      filters,
    });
    expect(take(await change(id, { filters: { resourceTypes: ['vm'] } })).filters).toEqual({ resourceTypes: ['vm'] });
    for (const field of ['poolId', 'filters', 'expiresOn'] as const)
      expect(take(await change(id, { [field]: null }))).not.toHaveProperty(field);
    expect(take(await get(id))).toMatchObject({ name: 'Renamed', amount: 1000.5, version: 6 });
    for (const field of ['name', 'amount', 'ownerId'])
      expect(wrongFields(await change(id, { [field]: null }))).toEqual([`/${field} invalid_type`]);
  });

  test('must exist: otherwise each such field is reported, when created and when changed', async () => {
    const gone = await newMember(stack, organization);
    await leave(gone, member);
    const deleted = await newPool(organization, 'Deleted', organization.rootPoolId);
    take(await organization.manager.client.deletePool({ params: { ...organization.params, poolId: deleted } }));
    const source = await connect('existing');
    const { id } = take(await create(budget()));
    const cases: [Change & object, code: string, fields: string[]][] = [
      [{ poolId: 'pool_none' }, '422 unknown_pool', ['/poolId unknown_pool']],
      [
        { poolId: deleted, filters: { poolIds: [web, deleted, 'pool_none'] } },
        '422 unknown_pool',
        ['/poolId unknown_pool', '/filters/poolIds/1 unknown_pool', '/filters/poolIds/2 unknown_pool'],
      ],
      [{ ownerId: 'usr_none' }, '422 unknown_user', ['/ownerId unknown_user']],
      [{ ownerId: gone.userId }, '422 owner_inactive', ['/ownerId owner_inactive']],
      [
        { filters: { ownerIds: [member.userId, 'usr_none', gone.userId] } },
        '422 unknown_user',
        ['/filters/ownerIds/1 unknown_user', '/filters/ownerIds/2 owner_inactive'],
      ],
      [
        { filters: { dataSourceIds: [source, 'src_none'] } },
        '422 unknown_data_source',
        ['/filters/dataSourceIds/1 unknown_data_source'],
      ],
      [{ filters: { resourceTypes: [] } }, '400 invalid_request', ['/filters/resourceTypes too_small']],
      [{ filters: { poolIds: Array<string>(21).fill(web) } }, '400 invalid_request', ['/filters/poolIds too_big']],
      [{ filters: { tags: ['x'] } as object }, '400 invalid_request', ['/filters/tags unknown_field']],
    ];
    for (const [named, code, fields] of cases)
      for (const reply of [await create({ ...budget(), ...named } as Body), await change(id, named)])
        expect([refusal(reply), ...wrongFields(reply)]).toEqual([code, ...fields]);
    expect(take(await get(id)).version).toBe(1);
  });

  test('follows a removed user to the successor, and no policy is lost', async () => {
    const [leaver, heir, last] = [
      await newMember(stack, organization),
      await newMember(stack, organization),
      await newMember(stack, organization),
    ];
    const filters = { ownerIds: [leaver.userId, heir.userId, member.userId], resourceTypes: ['vm'] };
    const created = take(await create({ ...budget('Followed'), ownerId: leaver.userId, filters }));
    const before = (await list()).map(({ id }) => id);
    await leave(leaver, heir);
    const followed = {
      ...created,
      ownerId: heir.userId,
      filters: { ...filters, ownerIds: [heir.userId, member.userId] },
      filterNames: { [heir.userId]: 'Ben Member', [member.userId]: 'Ben Member' },
    };
    expect(take(await get(created.id))).toEqual(followed);
    expect(await list()).toContainEqual(followed);
    expect((await list()).map(({ id }) => id)).toEqual(before);
    await leave(heir, last);
    expect(take(await get(created.id))).toMatchObject({
      ownerId: last.userId,
      filters: { ownerIds: [last.userId, member.userId] },
      version: 1,
    });
    expect(take(await change(created.id, { name: 'Still changed' }))).toMatchObject({
      ownerId: last.userId,
      name: 'Still changed',
    });
  });

  test('follows a deleted pool to its parent', async () => {
    const parent = await newPool(organization, 'Parent', web);
    const child = await newPool(organization, 'Child', parent);
    const { id } = take(await create({ ...budget(), poolId: child, filters: { poolIds: [child, parent, web] } }));
    const deletePool = async (poolId: string) =>
      take(await organization.manager.client.deletePool({ params: { ...organization.params, poolId } }));
    await deletePool(child);
    expect(take(await get(id))).toMatchObject({ poolId: parent, filters: { poolIds: [parent, web] } });
    await deletePool(parent);
    expect(take(await get(id))).toMatchObject({ poolId: web, filters: { poolIds: [web] }, version: 1 });
    expect(take(await change(id, { name: 'Still changed' }))).toMatchObject({ poolId: web, name: 'Still changed' });
  });
});

test('only organization managers create, change and delete policies; everybody reads them', async () => {
  const { id } = take(await create({ ...budget(), poolId: web, ownerId: member.userId }));
  const others = [
    await newMember(stack, organization, [{ role: 'manager', poolId: organization.rootPoolId }]),
    await newMember(stack, organization, [{ role: 'engineer', poolId: web }]),
    member,
  ];
  for (const by of others) {
    for (const reply of [
      await create(budget(), {}, by),
      await change(id, { name: 'x' }, {}, by),
      await remove(id, {}, by),
    ])
      expect(refusal(reply)).toBe('403 forbidden');
    const read = take(await by.client.getPolicy({ params: { ...organization.params, policyId: id } }));
    expect(read).toMatchObject({ name: 'Monthly', version: 1 });
    expect(take(await by.client.listPolicies({ params: organization.params })).items).toContainEqual(read);
  }
});

test('a change or a deletion with an outdated version is refused', async () => {
  const { id } = take(await create(budget()));
  const reply = await change(id, { name: 'Second' }, { ifMatch: '"1"' });
  expect(reply.headers.get('etag')).toMatch(/^"2-/);
  expect(refusal(await change(id, { name: 'Third' }, { ifMatch: '"1"' }))).toBe('412 stale_version');
  expect(refusal(await remove(id, { ifMatch: '"1"' }))).toBe('412 stale_version');
  expect((await remove(id, { ifMatch: '"2"' })).status).toBe(204);
});

test('changes at the same time are all kept', async () => {
  const { id } = take(await create(policies.budget));
  const all: Change[] = [{ name: 'Renamed' }, { amount: 7 }, { poolId: web }, { expiresOn: null }];
  for (const reply of await Promise.all(all.map((body) => change(id, body)))) take(reply);
  const now = take(await get(id));
  expect(now).toMatchObject({ name: 'Renamed', amount: 7, poolId: web, version: 5 });
  expect(now).not.toHaveProperty('expiresOn');
});

test('creating happens once per Idempotency-Key, also for requests at the same time', async () => {
  const once = (name: string) => create(budget(name), { idempotencyKey: 'once' });
  const replies = await Promise.all([once('Only'), once('Only'), once('Only')]);
  const first = take(replies[0]);
  for (const reply of [...replies, await once('Only')]) expect(take(reply)).toEqual(first);
  expect(refusal(await once('Another'))).toBe('422 idempotency_key_reused');
  expect((await list()).filter(({ name }) => name === 'Only')).toEqual([first]);
});

test('every change is in the audit log', async () => {
  const { id } = take(await create(budget('Written down')));
  take(await change(id, { amount: 200 }));
  await remove(id);
  const events = await everyPage((page) =>
    organization.manager.client.listAuditEvents({ params: organization.params, query: { targetId: id, ...page } }),
  );
  expect(events.map(({ action }) => action)).toEqual(['policy_deleted', 'policy_changed', 'policy_created']);
});

describe('the list', () => {
  test('shows each policy as getPolicy does, oldest first', async () => {
    const all = await list();
    const types = Object.keys(policies) as (keyof typeof policies)[];
    expect(new Set(all.map(({ type }) => type))).toEqual(new Set(types));
    const alone = await Promise.all(all.map(async ({ id }) => take(await get(id))));
    expect(await list({ limit: 2 })).toEqual(alone);
    for (const type of types)
      expect(await list({ limit: 2, type })).toEqual(alone.filter((policy) => policy.type === type));
    expect(alone.map(({ createdAt }) => createdAt)).toEqual(alone.map(({ createdAt }) => createdAt).toSorted());
  });

  test('accepts a cursor only with the type filter that it belongs to', async () => {
    const query = { limit: 1 };
    const { nextCursor: cursor = '' } = take(await member.client.listPolicies({ params: organization.params, query }));
    const other = await member.client.listPolicies({ params: organization.params, query: { cursor, type: 'quota' } });
    expect(refusal(other)).toBe('400 invalid_cursor');
  });
});

test('the 501st policy is refused, until another is deleted', async () => {
  const { id } = take(await create(budget()));
  const { table } = servicesOf(organization.id);
  await table.transact([update(keys.organization(organization.id), { set: { policies: 500 } })]);
  expect(refusal(await create(budget()))).toBe('422 policy_limit_reached');
  await remove(id);
  take(await create(budget()));
  expect(refusal(await create(budget()))).toBe('422 policy_limit_reached');
});
