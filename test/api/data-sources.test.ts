import { beforeAll, describe, expect, test } from 'vitest';
import {
  everyPage,
  newMember,
  newOrganization,
  newPool,
  newResource,
  refusal,
  take,
  wrongFields,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
let organization: TestOrganization;
let member: TestMember;

beforeAll(async () => {
  organization = await newOrganization(stack);
  member = await newMember(stack, organization);
});

type Client = TestMember['client'];
type Body = Parameters<Client['createDataSource']>[0]['body'];
type Change = Parameters<Client['updateDataSource']>[0]['body'];
type Options = Parameters<Client['updateDataSource']>[1];

let accounts = 0;
const aws = (given: Partial<Body> = {}): Body => ({
  type: 'aws',
  name: 'Production',
  accountId: String(100_000_000_000 + (accounts += 1)),
  ...given,
});

const create = (body: Body, options?: Options, by = organization.manager) =>
  by.client.createDataSource({ params: organization.params, body }, options);

const change = (dataSourceId: string, body: Change, options?: Options, by = organization.manager) =>
  by.client.updateDataSource({ params: { ...organization.params, dataSourceId }, body }, options);

const remove = (dataSourceId: string, options?: Options, by = organization.manager) =>
  by.client.deleteDataSource({ params: { ...organization.params, dataSourceId } }, options);

const get = (dataSourceId: string) => member.client.getDataSource({ params: { ...organization.params, dataSourceId } });

const list = (limit = 100) =>
  everyPage((page) => member.client.listDataSources({ params: organization.params, query: { limit, ...page } }));

const leave = async (user: TestMember, successor: TestMember) =>
  take(
    await organization.manager.client.removeUser({
      params: { ...organization.params, userId: user.userId },
      query: { successorId: successor.userId },
    }),
  );

describe.each(['aws', 'azure', 'gcp', 'alibaba', 'kubernetes'] as const)('a data source of type %s', (type) => {
  test('is connected, read, listed, changed and disconnected', async () => {
    const body = aws({ type, accountId: 'projects/acme:prod_1', name: 'Übersicht' });
    const reply = await create(body);
    const created = take(reply);
    const { id, createdAt } = created;
    const owner = { ownerId: organization.manager.userId, ownerName: 'Mara Manager' };
    expect(created).toEqual({ ...body, id, ...owner, createdAt, version: 1 });
    expect(reply.status).toBe(201);
    expect(reply.headers.get('location')).toBe(`/v1/organizations/${organization.id}/data-sources/${id}`);
    expect(take(await get(id))).toEqual(created);
    expect(await list()).toContainEqual(created);

    const changed = take(await change(id, { name: ' Renamed ', ownerId: member.userId }));
    expect(changed).toEqual({
      ...created,
      name: 'Renamed',
      ownerId: member.userId,
      ownerName: 'Ben Member',
      version: 2,
    });
    expect(take(await get(id))).toEqual(changed);
    expect(take(await change(id, { name: 'Renamed', ownerId: member.userId }))).toEqual(changed);
    expect(take(await change(id, {}))).toEqual(changed);

    expect((await remove(id)).status).toBe(204);
    expect(refusal(await get(id))).toBe('404 data_source_not_found');
    expect(refusal(await change(id, { name: 'Gone' }))).toBe('404 data_source_not_found');
    expect(refusal(await remove(id))).toBe('404 data_source_not_found');
    expect((await list()).map((each) => each.id)).not.toContain(id);
  });
});

describe('a cloud account', () => {
  test('is connected once, also by requests at the same time', async () => {
    const body = aws();
    const replies = await Promise.all([create(body), create({ ...body, name: 'Other' }), create(body)]);
    expect(replies.filter(({ ok }) => ok)).toHaveLength(1);
    expect(replies.filter((reply) => !reply.ok).map(refusal)).toEqual(Array(2).fill('409 data_source_exists'));
    expect((await list()).filter(({ accountId }) => accountId === body.accountId)).toHaveLength(1);
  });

  test('with the same id is a different one in another cloud, in another case, and in another organization', async () => {
    const body = aws({ accountId: 'same' });
    take(await create(body));
    take(await create({ ...body, type: 'gcp' }));
    take(await create({ ...body, accountId: 'SAME' }));
    const other = await newOrganization(stack, 'Other');
    take(await other.manager.client.createDataSource({ params: other.params, body }));
  });

  test('can be connected again after it was disconnected', async () => {
    const body = aws();
    const first = take(await create(body));
    await remove(first.id);
    const second = take(await create(body));
    expect(second.id).not.toBe(first.id);
    expect(refusal(await create(body))).toBe('409 data_source_exists');
  });
});

test('the resources of a disconnected data source stay with their owners, and no new resource can name it', async () => {
  const { id } = take(await create(aws()));
  const given = { dataSourceId: id, externalId: 'i-1', ownerId: member.userId };
  // A disconnected data source has no name any more.
  const { dataSourceName, ...resource } = await newResource(organization, organization.rootPoolId, given);
  expect(dataSourceName).toBe('Production');
  await remove(id);
  const params = { ...organization.params, resourceId: resource.id };
  expect(take(await member.client.getResource({ params }))).toEqual(resource);
  const { items } = take(
    await member.client.listResources({ params: organization.params, query: { ownerId: member.userId } }),
  );
  expect(items).toContainEqual(resource);
  take(await organization.manager.client.updateResource({ params, body: { name: 'Renamed' } }));
  const body = { name: 'New', type: 'vm', poolId: organization.rootPoolId, dataSourceId: id, externalId: 'i-2' };
  const reply = await organization.manager.client.createResource({ params: organization.params, body });
  expect([refusal(reply), ...wrongFields(reply)]).toEqual([
    '422 unknown_data_source',
    '/dataSourceId unknown_data_source',
  ]);
});

test('the filter of a policy can name a data source while it is connected, and keeps its id afterwards', async () => {
  const { id } = take(await create(aws()));
  const { params, manager } = organization;
  const body = { type: 'budget' as const, name: 'Of it', amount: 1, filters: { dataSourceIds: [id] } };
  const policy = take(await manager.client.createPolicy({ params, body }));
  await remove(id);
  const policyParams = { ...params, policyId: policy.id };
  expect(take(await member.client.getPolicy({ params: policyParams }))).toEqual({ ...policy, filterNames: {} });
  take(await manager.client.updatePolicy({ params: policyParams, body: { name: 'Renamed' } }));
});

test('the data sources of a removed user belong to the successor', async () => {
  const [leaver, heir] = [await newMember(stack, organization), await newMember(stack, organization)];
  const [kept, given] = [
    take(await create(aws({ ownerId: leaver.userId }))),
    take(await create(aws({ ownerId: leaver.userId }))),
  ];
  take(await change(given.id, { ownerId: member.userId }));
  await leave(leaver, heir);
  expect(take(await get(kept.id))).toEqual({ ...kept, ownerId: heir.userId });
  expect(take(await get(given.id)).ownerId).toBe(member.userId);
  expect(await list()).toContainEqual({ ...kept, ownerId: heir.userId });
});

test('an owner who is not an active user is refused with the field', async () => {
  const gone = await newMember(stack, organization);
  await leave(gone, member);
  const { id } = take(await create(aws()));
  for (const [ownerId, code] of [
    ['usr_none', 'unknown_user'],
    [gone.userId, 'owner_inactive'],
  ])
    for (const reply of [await create(aws({ ownerId })), await change(id, { ownerId })])
      expect([refusal(reply), ...wrongFields(reply)]).toEqual([`422 ${code}`, `/ownerId ${code}`]);
  expect(take(await get(id)).version).toBe(1);
});

test.each<[wrong: object]>([
  [{ type: 'AWS' }],
  [{ type: 'oracle' }],
  [{ accountId: '' }],
  [{ accountId: 'with space' }],
  [{ accountId: 'x'.repeat(201) }],
  [{ accountId: 'а' }],
  [{ accountId: 7 }],
  [{ name: ' ' }],
  [{ name: 'x'.repeat(101) }],
  [{ ownerId: null }],
])('an invalid value is refused with its field: %j', async (wrong) => {
  const reply = await create({ ...aws(), ...wrong });
  expect(refusal(reply)).toBe('400 invalid_request');
  const fields = wrongFields(reply).map((each) => each.split(' ')[0]);
  expect(new Set(fields)).toEqual(new Set(Object.keys(wrong).map((field) => `/${field}`)));
});

test('the type and the account of a data source cannot be changed', async () => {
  const { id } = take(await create(aws()));
  expect(wrongFields(await change(id, { type: 'gcp', accountId: 'other' } as Change))).toEqual([
    '/type unknown_field',
    '/accountId unknown_field',
  ]);
});

test('only organization managers connect, change and disconnect data sources; every user reads them', async () => {
  const source = take(await create(aws({ ownerId: member.userId })));
  const poolId = await newPool(organization, 'Web', organization.rootPoolId);
  const others = [
    await newMember(stack, organization, [{ role: 'manager', poolId: organization.rootPoolId }]),
    await newMember(stack, organization, [{ role: 'engineer', poolId }]),
    member,
  ];
  for (const by of others) {
    for (const reply of [
      await create(aws(), {}, by),
      await change(source.id, { name: 'x' }, {}, by),
      await remove(source.id, {}, by),
    ])
      expect(refusal(reply)).toBe('403 forbidden');
    const params = { ...organization.params, dataSourceId: source.id };
    expect(take(await by.client.getDataSource({ params }))).toEqual(source);
    expect(take(await by.client.listDataSources({ params })).items).toContainEqual(source);
  }
});

test('a change or a disconnection with an outdated version is refused', async () => {
  const { id } = take(await create(aws()));
  const reply = await change(id, { name: 'Second' }, { ifMatch: '"1"' });
  expect(reply.headers.get('etag')).toMatch(/^"2-/);
  expect(refusal(await change(id, { name: 'Third' }, { ifMatch: '"1"' }))).toBe('412 stale_version');
  expect(refusal(await remove(id, { ifMatch: '"1"' }))).toBe('412 stale_version');
  expect((await remove(id, { ifMatch: '"2"' })).status).toBe(204);
});

test('changes at the same time are all kept', async () => {
  const { id } = take(await create(aws()));
  const all: Change[] = [{ name: 'Renamed' }, { ownerId: member.userId }];
  for (const reply of await Promise.all(all.map((body) => change(id, body)))) take(reply);
  expect(take(await get(id))).toMatchObject({ name: 'Renamed', ownerId: member.userId, version: 3 });
});

test('connecting happens once per Idempotency-Key, also for requests at the same time', async () => {
  const body = aws();
  const once = (name: string) => create({ ...body, name }, { idempotencyKey: 'once' });
  const replies = await Promise.all([once('Only'), once('Only'), once('Only')]);
  const first = take(replies[0]);
  for (const reply of [...replies, await once('Only')]) expect(take(reply)).toEqual(first);
  expect(refusal(await once('Another'))).toBe('422 idempotency_key_reused');
  expect((await list()).filter(({ name }) => name === 'Only')).toEqual([first]);
});

test('every change is in the audit log', async () => {
  const { id } = take(await create(aws()));
  take(await change(id, { name: 'Renamed' }));
  await remove(id);
  const query = { targetId: id };
  const { items } = take(await organization.manager.client.listAuditEvents({ params: organization.params, query }));
  expect(items.map(({ action }) => action)).toEqual([
    'data_source_deleted',
    'data_source_changed',
    'data_source_created',
  ]);
});

test('the list shows each data source as getDataSource does, oldest first', async () => {
  const all = await list();
  expect(all.length).toBeGreaterThan(4);
  const alone = await Promise.all(all.map(async ({ id }) => take(await get(id))));
  expect(await list(2)).toEqual(alone);
  expect(alone.map(({ createdAt }) => createdAt)).toEqual(alone.map(({ createdAt }) => createdAt).toSorted());
});
