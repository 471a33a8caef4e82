import { beforeAll, describe, expect, test } from 'vitest';
import type { ValueOf } from '../../functions/console/app/data/client.ts';
import { parseAuditLabel } from '../../shared/audit/audit-label.ts';
import { auditLabelBytesMax, resourcesPerTransaction } from '../../shared/limits.ts';
import { listAuditEvents } from '../../shared/organizations/list-audit-events.ts';
import { keys, partitions } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import { erase, put } from '../../shared/table/write.ts';
import {
  inviteByMail,
  newMember,
  newOrganization,
  newPool,
  newResource,
  take,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { callerOf, servicesOf } from '../support/operations.ts';
import { bound } from '../support/service-accounts.ts';
import { tableFor } from '../support/planted.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();

type AuditEvent = ValueOf<'listAuditEvents'>['items'][number];

let organization: TestOrganization;
/** Somebody with a name of their own, whom a test renames. */
let ada: TestMember;

beforeAll(async () => {
  organization = await newOrganization(stack);
  ada = await newMember(stack, organization, [{ role: 'organization_manager' }], 'Ada Lovelace');
});

const events = async (query: { actorId?: string; targetId?: string } = {}, of = organization): Promise<AuditEvent[]> =>
  take(await of.manager.client.listAuditEvents({ params: of.params, query: { ...query, limit: 100 } })).items;

const newest = async (query = {}): Promise<AuditEvent> => (await events(query))[0] ?? expect.unreachable();

/** Removes the labels of events, as an earlier version of Roster has written none. */
const withoutLabels = async (ids: string[], { id } = organization): Promise<void> => {
  await tableFor(id).transact(ids.map((eventId) => erase(keys.auditLabel(id, eventId))));
};

describe('an event names', () => {
  test('its actor, its targets and what its details mention', async () => {
    const { params, rootPoolId, manager } = organization;
    const { client } = manager;
    const web = await newPool(organization, 'Web', rootPoolId);
    const source = take(
      await client.createDataSource({ params, body: { type: 'aws', name: 'Main', accountId: 'names' } }),
    );
    const filters = { ownerIds: [ada.userId], poolIds: [web], dataSourceIds: [source.id] };
    const policy = take(
      await client.createPolicy({ params, body: { type: 'budget', name: 'Little', amount: 1, poolId: web, filters } }),
    );
    expect(await newest({ targetId: policy.id })).toMatchObject({
      actor: { id: manager.userId, name: 'Mara Manager' },
      names: { [policy.id]: 'Little', [web]: 'Web', [ada.userId]: 'Ada Lovelace', [source.id]: 'Main' },
    });
    const resource = await newResource(organization, web, { name: 'Server' });
    const body = { ownerId: ada.userId, poolId: rootPoolId };
    take(await client.updateResource({ params: { ...params, resourceId: resource.id }, body }));
    expect((await newest({ targetId: resource.id })).names).toEqual({
      [resource.id]: 'Server',
      [manager.userId]: 'Mara Manager',
      [ada.userId]: 'Ada Lovelace',
      [web]: 'Web',
      [rootPoolId]: 'Acme',
    });
    const { inviteId } = await inviteByMail(stack, organization, 'names@example.com');
    expect((await newest({ targetId: inviteId })).names).toEqual({ [inviteId]: 'names@example.com' });
    const machine = await bound(organization, await stack.machine(), [{ role: 'manager', poolId: web }]);
    expect((await newest({ targetId: machine })).names).toEqual({ [machine]: 'Pipeline', [web]: 'Web' });
  });

  test('all ids, whatever was done, in the same way whatever the filter', async () => {
    const id = /\b(usr|svc|pool|res|pol|src|inv)_\w{26}\b/g;
    const all = await events();
    for (const event of all) {
      const { names, targets, details } = event;
      const mentioned = JSON.stringify([targets, details]).match(id) ?? [];
      expect([event.action, Object.keys(names).toSorted()]).toEqual([
        event.action,
        [...new Set([...mentioned, ...targets])].toSorted(),
      ]);
    }
    for (const query of [{ actorId: organization.manager.userId }, { targetId: ada.userId }])
      for (const event of await events(query)) expect(all).toContainEqual(event);
  });
});

describe('after a rename', () => {
  test('an event keeps the names of its time, and the next event has the new ones', async () => {
    const { params, manager, rootPoolId } = organization;
    const grace = await newMember(stack, organization, [{ role: 'organization_manager' }], 'Grace Hopper');
    const pool = await newPool(organization, 'Shop', rootPoolId);
    const rename = { params: { ...params, poolId: pool } };
    take(await grace.client.updatePool({ ...rename, body: { monthlyLimit: 10 } }));
    const before = await newest({ targetId: pool });
    expect(before).toMatchObject({ actor: { id: grace.userId, name: 'Grace Hopper' }, names: { [pool]: 'Shop' } });

    take(await grace.client.updateMe({ body: { name: 'Rear Admiral Hopper' } }));
    take(await manager.client.updatePool({ ...rename, body: { name: 'Store' } }));
    expect(await events({ targetId: pool })).toContainEqual(before);
    expect(await newest({ targetId: pool })).toMatchObject({ names: { [pool]: 'Store' } });
    take(await grace.client.updatePool({ ...rename, body: { monthlyLimit: 20 } }));
    expect((await newest({ targetId: pool })).actor).toEqual({ id: grace.userId, name: 'Rear Admiral Hopper' });
  });

  test('the details of every event still name what they mention as it was called', async () => {
    const { params, manager, rootPoolId } = organization;
    const { client } = manager;
    const alan = await newMember(stack, organization, [{ role: 'member' }], 'Alan Turing');
    const pool = await newPool(organization, 'Bombe', rootPoolId);
    const source = take(
      await client.createDataSource({ params, body: { type: 'aws', name: 'Enigma', accountId: 'enigma' } }),
    );
    const filters = { ownerIds: [alan.userId], poolIds: [pool], dataSourceIds: [source.id] };
    const budget = { type: 'budget' as const, name: 'Bletchley', amount: 1, poolId: pool };
    const policy = take(await client.createPolicy({ params, body: { ...budget, filters } }));
    const thePolicy = { params: { ...params, policyId: policy.id } };
    take(await client.updatePolicy({ ...thePolicy, body: { filters: null, poolId: null, ownerId: alan.userId } }));
    take(
      await client.updateDataSource({ params: { ...params, dataSourceId: source.id }, body: { ownerId: alan.userId } }),
    );
    const resource = await newResource(organization, pool, { ownerId: alan.userId });
    const theResource = { params: { ...params, resourceId: resource.id } };
    take(await client.updateResource({ ...theResource, body: { ownerId: manager.userId, poolId: rootPoolId } }));
    const thePool = { params: { ...params, poolId: pool } };
    take(await client.updatePool({ ...thePool, body: { defaultOwnerId: alan.userId } }));
    take(await client.updatePool({ ...thePool, body: { defaultOwnerId: manager.userId } }));
    const below = await newPool(organization, 'Rotor', pool);
    take(await client.deletePool({ params: { ...params, poolId: below } }));
    const roles = [{ role: 'engineer' as const, poolId: pool }];
    take(await client.changeRoles({ params: { ...params, userId: alan.userId }, body: { roles } }));
    const { inviteId } = await inviteByMail(stack, organization, 'bombe@example.com');
    take(await client.updateInvite({ params: { ...params, inviteId }, body: { roles } }));
    const before = await events();

    take(await alan.client.updateMe({ body: { name: 'Prof' } }));
    take(await client.updatePool({ ...thePool, body: { name: 'Colossus' } }));
    take(await client.updateDataSource({ params: { ...params, dataSourceId: source.id }, body: { name: 'Lorenz' } }));
    take(await client.updatePolicy({ ...thePolicy, body: { name: 'Hut 8' } }));
    const after = await events();
    expect(after.slice(after.length - before.length)).toEqual(before);
    expect(JSON.stringify(before.map(({ names }) => names))).toMatch(/Alan Turing.*Bombe/);
  });

  test('an event without a label has the current names', async () => {
    const { params, manager, rootPoolId } = organization;
    const pool = await newPool(organization, 'Old', rootPoolId);
    const joan = await newMember(stack, organization, [{ role: 'manager', poolId: pool }], 'Joan Clarke');
    const named = { params: { ...params, poolId: pool } };
    const resource = await newResource(organization, pool, { name: 'Server' });
    take(
      await manager.client.updateResource({ params: { ...params, resourceId: resource.id }, body: { name: 'Box' } }),
    );
    take(await joan.client.updatePool({ ...named, body: { monthlyLimit: 10 } }));
    const [limited, created] = await events({ targetId: pool });
    const [, added] = await events({ targetId: resource.id });
    await withoutLabels([limited?.id ?? '', created?.id ?? '', added?.id ?? '']);

    take(await joan.client.updateMe({ body: { name: 'Joan Murray' } }));
    take(await manager.client.updatePool({ ...named, body: { name: 'New' } }));
    const all = await events();
    const shown = (event: AuditEvent | undefined) => all.find(({ id }) => id === event?.id);
    expect(shown(limited)).toMatchObject({
      actor: { id: joan.userId, name: 'Joan Murray' },
      names: { [pool]: 'New' },
    });
    expect(shown(created)).toMatchObject({ names: { [pool]: 'New', [rootPoolId]: 'Acme' } });
    expect(shown(added)).toMatchObject({
      names: { [resource.id]: 'Box', [pool]: 'New', [manager.userId]: 'Mara Manager' },
    });
    for (const query of [{ targetId: pool }, { actorId: joan.userId }])
      for (const event of await events(query)) expect(all).toContainEqual(event);
  });
});

test('an event without a label names everything that has a name now, and what is gone as an event of the page states it', async () => {
  const old = await newOrganization(stack, 'Old');
  const { params, manager, rootPoolId } = old;
  const { client } = manager;
  const source = take(await client.createDataSource({ params, body: { type: 'aws', name: 'Main', accountId: '1' } }));
  const policy = take(await client.createPolicy({ params, body: { type: 'budget', name: 'Little', amount: 1 } }));
  const gone = take(await client.createPolicy({ params, body: { type: 'budget', name: 'Gone', amount: 1 } }));
  take(await client.deletePolicy({ params: { ...params, policyId: gone.id } }));
  const { id: removed } = await newResource(old, rootPoolId, { name: 'Disk' });
  take(await client.updateResource({ params: { ...params, resourceId: removed }, body: { tags: { a: 'b' } } }));
  const { inviteId } = await inviteByMail(stack, old, 'old@example.com');
  const machine = await bound(old, await stack.machine());
  const labelled = await events({}, old);
  await withoutLabels(
    labelled.map(({ id }) => id),
    old,
  );
  const unlabelled = await events({}, old);
  expect(unlabelled).toEqual(labelled);
  expect(Object.assign({}, ...unlabelled.map(({ names }) => names))).toMatchObject({
    [old.id]: 'Old',
    [source.id]: 'Main',
    [policy.id]: 'Little',
    [gone.id]: 'Gone',
    [removed]: 'Disk',
    [inviteId]: 'old@example.com',
    [machine]: 'Pipeline',
  });

  // Nothing states the name of a deleted resource if the only event that is left is a change of its tags.
  take(await client.deleteResource({ params: { ...params, resourceId: removed } }));
  const [deleted, changed] = await events({ targetId: removed }, old);
  await withoutLabels([deleted?.id ?? ''], old);
  const query = { targetId: removed, limit: 1 };
  const first = take(await client.listAuditEvents({ params, query }));
  const cursor = first.nextCursor ?? expect.unreachable();
  expect(first.items[0]?.names).toMatchObject({ [removed]: 'Disk' });
  expect(take(await client.listAuditEvents({ params, query: { ...query, cursor } })).items).toEqual([
    { ...changed, names: {} },
  ]);
});

test('an event itself contains the names of nobody: they are in its label, and go with it', async () => {
  const { params, manager } = organization;
  const { userId } = await newMember(stack, organization, [{ role: 'member' }], 'Secret Person');
  const successor = await newMember(stack, organization, [{ role: 'member' }], 'Second Person');
  take(await manager.client.removeUser({ params: { ...params, userId }, query: { successorId: successor.userId } }));
  const { id } = await newest({ targetId: userId });
  const [event, label] = await tableFor(organization.id).batchGet([
    keys.auditEvent(organization.id, id),
    keys.auditLabel(organization.id, id),
  ]);
  expect(JSON.stringify(event)).not.toMatch(/Person|Mara/);
  expect(label?.names).toEqual({
    [manager.userId]: 'Mara Manager',
    [userId]: 'Secret Person',
    [successor.userId]: 'Second Person',
  });
});

test('the label of the largest event stays within its limit, and names the first targets', async () => {
  const { params, manager, rootPoolId } = organization;
  const items = Array.from({ length: resourcesPerTransaction }, (_, index) => ({
    name: `${String(index).padStart(3, '0')}${'"'.repeat(252)}`,
    type: 'vm',
    poolId: rootPoolId,
  }));
  take(await manager.client.ingestResources({ params, body: { items } }));
  const { id, targets } = await newest();
  const { names } = parseAuditLabel(await tableFor(organization.id).get(keys.auditLabel(organization.id, id)));
  const named = Object.keys(names);
  expect(Buffer.byteLength(JSON.stringify(names))).toBeLessThanOrEqual(auditLabelBytesMax);
  expect(named).toContain(targets[0]);
  expect(named.length).toBeLessThan(targets.length);
});

/** Lets events be written after the Query of events was answered and before the Query of their labels is sent. */
const writingBetween =
  (write: () => Promise<void>) =>
  (table: Table): Table => {
    const { promise: written, resolve } = Promise.withResolvers<void>();
    return {
      ...table,
      query: async (query) => {
        if (query.pk === partitions.auditLabels(organization.id)) await written;
        const page = await table.query(query);
        if (query.pk === partitions.audit(organization.id)) await write().then(resolve);
        return page;
      },
    };
  };

test('an event keeps its names if others are logged while it is being listed', async () => {
  const { id, params, manager } = organization;
  const others = async () => {
    await tableFor(id).transact(
      ['evt_zzz1', 'evt_zzz2'].map((eventId) => put({ ...keys.auditLabel(id, eventId), names: {} })),
    );
  };
  const list = async (change: (table: Table) => Table) => {
    const input = { params, query: { limit: 2 }, body: undefined };
    const listed = await listAuditEvents(servicesOf(id, change))(callerOf(manager), input);
    return listed.ok ? listed.value.items : expect.unreachable();
  };
  const pool = await newPool(organization, 'Brief', organization.rootPoolId);
  take(await manager.client.deletePool({ params: { ...params, poolId: pool } }));
  take(await manager.client.updateOrganization({ params, body: { name: 'Acme Renamed' } }));
  const before = await list((table) => table);
  expect(await list(writingBetween(others))).toEqual(before);
  await withoutLabels(['evt_zzz1', 'evt_zzz2']);
  expect(before[1]?.names).toMatchObject({ [pool]: 'Brief' });
});
