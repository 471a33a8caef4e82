import { describe, expect, test } from 'vitest';
import { renewEntries } from '../../shared/operators/renew-entries.ts';
import { followUp } from '../../shared/handover/follow-up.ts';
import { timeListVersion } from '../../shared/table/schema.ts';
import { dueNow, indexAttributes, keys, partitions } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import { erase, put, update } from '../../shared/table/write.ts';
import { changeRoles } from '../../shared/users/change-roles.ts';
import { enterTimeLists } from '../../shared/users/enter-time-lists.ts';
import { listUsers } from '../../shared/users/list-users.ts';
import { rowKey } from '../../shared/users/user-entries.ts';
import { parseRow } from '../../shared/users/user-row.ts';
import { parseUser, userItem, type User } from '../../shared/users/user.ts';
import { Died } from '../support/faults.ts';
import { meter } from '../support/measure.ts';
import { clock } from '../support/clock.ts';
import { callerOf, servicesOf, workServicesOf } from '../support/operations.ts';
import { aManager, aUser, plantOrganization, plantPools, plantUsers, tableFor } from '../support/planted.ts';
import { meanwhile } from '../support/races.ts';
import { useStack } from '../support/stack.ts';

useStack();

/** More than one call renews. */
const userCount = 30;

const taken = [1, 2, 3, 4].map((number) => ({
  id: `usr_gone_${number}`,
  name: `Gone ${number}`,
  at: '2026-11-02T09:00:00.000Z',
}));
const pools = Array.from({ length: 7 }, (_, number) => `pool_${number}`);

/** An organization as the previous version left it: its rows consist of the user's id, and rows of users who left remain. */
const previousVersion = async () => {
  const manager = aManager({ name: 'Mara', lastSeenAt: '2026-11-20' });
  const users = [
    aUser({ name: 'Ada', takenOver: taken, invitedBy: { id: manager.id, name: 'Mara' } }),
    aUser({ name: 'Bea', assignments: pools.map((poolId) => ({ role: 'engineer', poolId })) }),
    ...Array.from({ length: userCount - 2 }, (_, number) => aUser({ name: `User ${number}` })),
  ];
  const { id, params } = await plantOrganization([manager]);
  await plantUsers(id, users);
  const table = tableFor(id);
  const previousRow = (user: User) => put({ ...rowKey(id, user), userId: user.id });
  await table.transact([manager, ...users].map(previousRow));
  await table.transact([update(keys.organization(id), { remove: ['entryVersion'] })]);
  const gone = aUser({ name: 'Gone', status: 'removed' });
  await table.transact([put({ ...keys.user(id, gone.id), ...gone, assignments: [] }), previousRow(gone)]);
  const list = async () => {
    const result = await listUsers(servicesOf(id))(callerOf(manager), {
      params,
      query: { limit: 100 },
      body: undefined,
    });
    return result.ok ? result.value.items : expect.unreachable(result.error.code);
  };
  await list();
  return { id, params, manager, users, list };
};

/** Renews an organization to its end. `change` is applied to the table of each call. Returns the number of renewed users. */
const renewAll = async (
  organizationId: string,
  change: (table: Table) => Table = (table) => table,
): Promise<number> => {
  const services = servicesOf(undefined, change);
  let renewed = 0;
  let after: string | undefined;
  do {
    const result = await renewEntries(services, { organizationId, after });
    if (!result.ok) expect.unreachable(result.error.code);
    renewed += result.value.renewed ?? 0;
    after = result.value.next;
  } while (after !== undefined);
  return renewed;
};

const rowsOf = async (organizationId: string) =>
  (await tableFor(organizationId).query({ pk: partitions.users(organizationId), limit: 100 })).items;

/** The process ends before its nth call of the table. */
const dyingAt = (nth: number) => {
  let calls = 0;
  const live = <T>(call: () => T): T => {
    calls += 1;
    if (calls >= nth) throw new Died();
    return call();
  };
  return (table: Table): Table => ({
    ...table,
    get: async (key) => live(() => table.get(key)),
    batchGet: async (all) => live(() => table.batchGet(all)),
    query: async (query) => live(() => table.query(query)),
    transact: async (writes) => live(() => table.transact(writes)),
  });
};

/** An organization whose users are in no list by time: one of them took over from another, who had taken over from a third. */
const withoutTimeLists = async () => {
  const manager = aManager({ name: 'Mara' });
  const removed = { status: 'removed' as const, removedBy: manager.id };
  const old = aUser({ name: 'Old', ...removed, removedAt: '2026-11-02T09:00:00.000Z' });
  const last = aUser({ name: 'Last', ...removed, removedAt: '2026-11-03T09:00:00.000Z', holdings: [old.id] });
  const heir = aUser({ name: 'Zoe', joinedAt: '2026-11-02T09:00:00.000Z' });
  heir.holdings.push(last.id, old.id);
  const { id, params } = await plantOrganization([manager]);
  await plantUsers(id, [heir]);
  const table = tableFor(id);
  const noList = { remove: indexAttributes('gsi1') };
  await table.transact([
    update(keys.organization(id), { remove: ['timeListVersion'] }),
    ...[manager, heir].map((user) => update(keys.user(id, user.id), noList)),
  ]);
  await table.transact([old, last].map((user) => put({ ...userItem(id, { ...user, successorId: heir.id }) })));
  await table.transact([old, last].map((user) => update(keys.user(id, user.id), noList)));
  const list = async (query: { status: 'removed' } | { sort: 'joined' }) => {
    const input = { params, query: { ...query, limit: 100 }, body: undefined };
    const result = await listUsers(servicesOf(id))(callerOf(manager), input);
    return result.ok ? result.value.items.map(({ name }) => name) : result.error.code;
  };
  return { id, manager, heir, list };
};

describe('the lists by time of an organization of an earlier version', () => {
  test('are refused until the organization is renewed, and complete afterwards', async () => {
    const { id, list } = await withoutTimeLists();
    expect(await list({ status: 'removed' })).toBe('list_incomplete');
    expect(await list({ sort: 'joined' })).toBe('list_incomplete');
    await renewAll(id);
    expect(await list({ status: 'removed' })).toEqual(['Last', 'Old']);
    expect(await list({ sort: 'joined' })).toEqual(['Zoe', 'Mara']);
  });

  test('contain whom a user had taken over from who was removed in favour of one who was renewed before', async () => {
    const { id, manager, heir, list } = await withoutTimeLists();
    const table = tableFor(id);
    await enterTimeLists(table, id, [manager.id]);
    const now = clock.now();
    const removed = { ...heir, status: 'removed' as const, removedAt: now, successorId: manager.id, version: 2 };
    await table.transact([
      put({ ...userItem(id, removed), ...dueNow(now) }),
      erase(rowKey(id, heir)),
      update(keys.user(id, manager.id), { append: { holdings: heir.holdings }, add: { version: 1 } }),
      update(keys.organization(id), { set: { timeListVersion } }),
    ]);
    expect(await list({ status: 'removed' })).toEqual(['Zoe']);
    await followUp(workServicesOf(), id, keys.user(id, heir.id));
    expect(await list({ status: 'removed' })).toEqual(['Zoe', 'Last', 'Old']);
  });
});

describe('renewing the rows of an organization of the previous version', () => {
  test('changes nothing that a list shows, before, killed at any of its first 20 calls, and afterwards', async () => {
    for (let nth = 1; nth <= 20; nth += 1) {
      const { id, list } = await previousVersion();
      const before = await list();
      expect(before).toHaveLength(userCount + 1);
      await expect(renewAll(id, dyingAt(nth))).rejects.toThrow(Died);
      expect(await list(), `killed at call ${nth}`).toEqual(before);
      const left = (await rowsOf(id)).filter((row) => !parseRow(row)).length;
      expect(await renewAll(id)).toBe(left);
      expect(await list(), `resumed after call ${nth}`).toEqual(before);
      expect((await rowsOf(id)).map((row) => parseRow(row)?.name)).toEqual(before.map(({ name }) => name));
      expect(await renewAll(id)).toBe(0);
    }
  });

  test('saves the list its second request', async () => {
    const { id, params, manager } = await previousVersion();
    const { cost, measured, reset } = meter();
    const services = servicesOf(id, measured);
    const listing = async () => {
      reset();
      await listUsers(services)(callerOf(manager), { params, query: { limit: 50 }, body: undefined });
      return { requests: cost.requests, roundTrips: cost.roundTrips };
    };
    await listing();
    expect(await listing()).toEqual({ requests: 3, roundTrips: 2 });
    await renewAll(id);
    expect(await listing()).toEqual({ requests: 2, roundTrips: 1 });
  });

  test('loses no change that happens at the same time', async () => {
    const { id, params, manager, users, list } = await previousVersion();
    const [ada] = users;
    const change = async () => {
      const input = {
        params: { ...params, userId: ada?.id ?? '' },
        query: {},
        body: { roles: [{ role: 'organization_manager' as const }] },
      };
      expect((await changeRoles(servicesOf(id))(callerOf(manager), input)).ok).toBe(true);
    };
    await renewAll(id, meanwhile(change));
    expect((await list()).find(({ id: listed }) => listed === ada?.id)).toMatchObject({
      roles: [{ role: 'organization_manager' }],
      version: 2,
    });
  });

  test('also repairs rows that an older version left behind after they were renewed', async () => {
    const { id, list, users } = await previousVersion();
    const [ada] = users;
    await renewAll(id);
    const table = tableFor(id);
    await table.transact([update(keys.user(id, ada?.id ?? ''), { set: { assignments: [] }, add: { version: 1 } })]);
    expect(await renewAll(id)).toBe(1);
    expect((await list()).find(({ name }) => name === 'Ada')).toMatchObject({ roles: [], version: 2 });
  });

  test('writes the entries by which searches find a user anew', async () => {
    const { id, params, manager, users } = await previousVersion();
    const [ada] = users;
    await tableFor(id).transact([erase(keys.userByText(id, 'ada', ada?.id ?? ''))]);
    const search = async () => {
      const query = { search: 'ada', limit: 10 };
      const result = await listUsers(servicesOf(id))(callerOf(manager), { params, query, body: undefined });
      return result.ok ? result.value.items.map(({ name }) => name) : [];
    };
    expect(await search()).toEqual([]);
    await renewAll(id);
    expect(await search()).toEqual(['Ada']);
  });

  test('leaves rows of a newer version alone', async () => {
    const { id, users } = await previousVersion();
    const [ada] = users as [User];
    const newer = { ...rowKey(id, ada), ev: 99, whatever: 'a newer version stores' };
    await tableFor(id).transact([put(newer)]);
    await renewAll(id);
    expect(await tableFor(id).get(rowKey(id, ada))).toEqual(newer);
    expect(parseUser(await tableFor(id).get(keys.user(id, ada.id))).name).toBe('Ada');
  });

  test('lists the pools whose names have become equal to those of siblings', async () => {
    const { id, manager } = await previousVersion();
    const place = { parentId: `pool_of_${id}`, holderId: manager.id };
    const [first] = await plantPools(id, ['Fälder', 'Other'], place);
    const [second] = await plantPools(id, ['Fälder\u3164'], place);
    await renewAll(id);
    const result = await renewEntries(servicesOf(undefined), { organizationId: id, after: '\u{10FFFF}' });
    expect(result).toMatchObject({
      ok: true,
      value: { sharedNames: [`Planted / Fälder (${first})`, `Planted / Fälder\u3164 (${second})`] },
    });
  });

  test('is refused for an organization that does not exist', async () => {
    const result = await renewEntries(servicesOf(undefined), { organizationId: `org_${'0'.repeat(26)}` });
    expect(result).toMatchObject({ ok: false, error: { code: 'organization_not_found' } });
  });
});
