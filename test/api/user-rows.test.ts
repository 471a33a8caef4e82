import { beforeAll, describe, expect, test } from 'vitest';
import { removeUser } from '../../shared/handover/remove-user.ts';
import { restoreUser } from '../../shared/handover/restore-user.ts';
import { renewEntries } from '../../shared/operators/renew-entries.ts';
import { keys, partitions } from '../../shared/table/keys.ts';
import { put, update } from '../../shared/table/write.ts';
import { changeRoles } from '../../shared/users/change-roles.ts';
import { listUsers } from '../../shared/users/list-users.ts';
import { entryItem, rowKey, userEntries } from '../../shared/users/user-entries.ts';
import { parseRow, rowItem } from '../../shared/users/user-row.ts';
import { parseUser, userItem, type User } from '../../shared/users/user.ts';
import { clock, later } from '../support/clock.ts';
import { meter } from '../support/measure.ts';
import { callerOf, servicesOf } from '../support/operations.ts';
import { newOrganization, newPool, invitedMember, take, type TestOrganization } from '../support/organization.ts';
import { aManager, aUser, plantOrganization, plantPreviousUsers, plantUsers, tableFor } from '../support/planted.ts';
import { meanwhile } from '../support/races.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
const day = 24 * 60 * 60_000;

/** All users as the list shows them, next to what `GET users/{u}` shows of each. */
const listedAndRead = async ({ params, manager: { client } }: TestOrganization) => {
  const { items } = take(await client.listUsers({ params, query: { limit: 100 } }));
  const read = await Promise.all(
    items.map(async ({ id }) => take(await client.getUser({ params: { ...params, userId: id } }))),
  );
  return { items, read };
};

test('the list shows each user as GET users/{u} does, after every kind of change', async () => {
  const organization = await newOrganization(stack);
  const { params, manager } = organization;
  const web = await newPool(organization, 'Web', organization.rootPoolId);
  const ada = await invitedMember(stack, organization, [{ role: 'engineer', poolId: web }], 'Ada King');
  const bea = await invitedMember(stack, organization, [{ role: 'member' }], 'Bea Blum');
  const ofAda = { ...params, userId: ada.userId };
  const changes: (() => Promise<unknown>)[] = [
    async () => undefined,
    async () => take(await manager.client.changeRoles({ params: ofAda, body: { roles: [{ role: 'member' }] } })),
    async () => take(await ada.client.updateMe({ body: { name: 'Zoe King' } })),
    async () => take(await ada.client.updateMe({ body: { name: 'ZOE King' } })),
    async () => take(await manager.client.updatePool({ params: { ...params, poolId: web }, body: { name: 'Site' } })),
    async () => take(await manager.client.removeUser({ params: ofAda, query: { successorId: bea.userId } })),
    async () => take(await manager.client.restoreUser({ params: ofAda })),
  ];
  for (const change of changes) {
    await change();
    const { items, read } = await listedAndRead(organization);
    expect(items).toEqual(read);
    const complete = (await tableFor(organization.id).query({ pk: partitions.users(organization.id), limit: 100 }))
      .items;
    expect(complete.map((row) => parseRow(row)?.id)).toEqual(items.map(({ id }) => id));
  }
});

describe('a page of 50 users', () => {
  /** Lists users whose rows alone are stored, in a function that has already served the manager and knows the pools. */
  const listOf = async (users: User[]) => {
    const manager = aManager({ name: 'Zzz' });
    const { id, params } = await plantOrganization([manager]);
    await tableFor(id).transact(users.map((user) => put(rowItem(id, user))));
    const { cost, measured, reset } = meter();
    const services = servicesOf(id, measured);
    const list = () => listUsers(services)(callerOf(manager), { params, query: { limit: 50 }, body: undefined });
    await list();
    reset();
    const result = await list();
    const items = result.ok ? result.value.items : expect.unreachable(result.error.code);
    expect(items).toHaveLength(50);
    return { items, cost };
  };

  /** The read units of the list alone: the rights are read in one more request, of two items. */
  const rights = 2;

  test('costs at most 6 read units and one round trip', async () => {
    const users = Array.from({ length: 60 }, (_, index) =>
      aUser({
        name: `Alexandra Papadopoulou ${index}`,
        assignments: [{ role: 'engineer', poolId: `pool_${'0'.repeat(26)}` }, { role: 'member' }],
        invitedBy: { id: `usr_${'0'.repeat(26)}`, name: 'Mara Manager' },
        lastSeenAt: '2026-11-23',
      }),
    );
    const { cost } = await listOf(users);
    expect(cost).toMatchObject({ requests: 2, roundTrips: 1 });
    expect(cost.readUnits - rights).toBeLessThanOrEqual(6);
  });

  test('costs at most 12 if each user has the most roles, the longest name and address, and took over from many', async () => {
    const taken = Array.from({ length: 100 }, (_, index) => ({
      id: `usr_${String(index).padStart(26, '0')}`,
      name: 'N'.repeat(100),
      at: '2026-11-23T10:00:00.000Z',
    }));
    const users = Array.from({ length: 50 }, (_, index) => {
      const user = aUser();
      return {
        ...user,
        name: `${index} ${'N'.repeat(100 - 3)}`,
        email: `${user.id.toLowerCase()}@${'e'.repeat(128 - 31 - 4)}.com`.slice(0, 128),
        assignments: Array.from({ length: 50 }, (_each, pool) => ({
          role: 'engineer' as const,
          poolId: `pool_${String(pool).padStart(26, '0')}`,
        })),
        invitedBy: { id: `usr_${'0'.repeat(26)}`, name: 'N'.repeat(100) },
        lastSeenAt: '2026-11-23',
        takenOver: taken,
      };
    });
    const { items, cost } = await listOf(users);
    expect(items[0]).toMatchObject({ roleCount: 50, takenOverCount: 100 });
    expect(items[0]?.takenOverFrom).toHaveLength(3);
    expect(cost.readUnits - rights).toBeLessThanOrEqual(12);
  });
});

test('a page of a search for several words costs the same among 20 and among 200 users that its longest word finds', async () => {
  const costAmong = async (count: number) => {
    const manager = aManager({ name: 'Mara' });
    const { id, params } = await plantOrganization([manager]);
    const users = Array.from({ length: count }, (_, index) =>
      aUser({ name: `Lindqvist ${index % 2 ? 'Eve' : 'Ada'}` }),
    );
    const writes = users.flatMap((user) => [
      put(userItem(id, user)),
      ...userEntries(id, user).map((key) => put(entryItem(key, user))),
    ]);
    for (let start = 0; start < writes.length; start += 100)
      await tableFor(id).transact(writes.slice(start, start + 100));
    const { cost, measured, reset } = meter();
    const services = servicesOf(id, measured);
    const query = { search: 'eve lindq', limit: 10 };
    const list = () => listUsers(services)(callerOf(manager), { params, query, body: undefined });
    await list();
    reset();
    expect(await list()).toMatchObject({ ok: true, value: { nextCursor: expect.any(String) as string } });
    return cost;
  };
  expect(await costAmong(200)).toEqual(await costAmong(20));
});

describe('a row', () => {
  const planted = async () => {
    const [manager, ada, successor] = [aManager(), aUser({ name: 'Ada' }), aUser({ name: 'Sue' })];
    const { id, params } = await plantOrganization([manager, ada, successor]);
    const list = async () => {
      const query = { limit: 50 };
      const result = await listUsers(servicesOf(id))(callerOf(manager), { params, query, body: undefined });
      return result.ok ? result.value.items : expect.unreachable(result.error.code);
    };
    await list();
    const record = async ({ id: userId }: User) => parseUser(await tableFor(id).get(keys.user(id, userId)));
    return { id, params, manager, ada, successor, list, record };
  };

  test('is trusted only once the organization says that all its rows were renewed', async () => {
    const { id, ada, list } = await planted();
    const table = tableFor(id);
    // What a previous version does: it changes the record and knows nothing of the row.
    await table.transact([update(keys.organization(id), { remove: ['entryVersion'] })]);
    await table.transact([update(keys.user(id, ada.id), { set: { assignments: [] }, add: { version: 1 } })]);
    expect((await list()).find(({ name }) => name === 'Ada')).toMatchObject({ roles: [], version: 2 });
  });

  test.each([
    ['1', ({ id }: User) => ({ userId: id })],
    ['2', ({ email }: User) => ({ ev: 2, n: 'Old', e: email, r: [], rc: 0, j: 0, t: [], tc: 0, v: 1 })],
  ])('of version %s shows the record, also after a change by this version', async (_, contents) => {
    const { id, params, manager, ada, list } = await planted();
    await tableFor(id).transact([put({ ...rowKey(id, ada), ...contents(ada) })]);
    const shown = async () => (await list()).find(({ name }) => name === 'Ada');
    expect(await shown()).toMatchObject({ email: ada.email, roles: [{ role: 'member' }] });
    const result = await changeRoles(servicesOf(id))(callerOf(manager), {
      params: { ...params, userId: ada.id },
      query: {},
      body: { roles: [{ role: 'organization_manager' }] },
    });
    expect(result.ok).toBe(true);
    expect(await shown()).toMatchObject({ email: ada.email, roles: [{ role: 'organization_manager' }] });
  });

  test('is erased by the removal itself, and written by the restore', async () => {
    const { id, params, manager, ada, successor } = await planted();
    const input = { params: { ...params, userId: ada.id }, body: undefined };
    const query = { successorId: successor.id, pendingInvites: 'keep' as const };
    expect((await removeUser(servicesOf(id))(callerOf(manager), { ...input, query })).ok).toBe(true);
    expect(await tableFor(id).get(rowKey(id, ada))).toBeUndefined();
    expect((await restoreUser(servicesOf(id))(callerOf(manager), { ...input, query: {} })).ok).toBe(true);
    expect(parseRow(await tableFor(id).get(rowKey(id, ada)))).toMatchObject({ id: ada.id, version: 3 });
  });

  test('keeps the day on which the user was last seen when a role changes at the same time', async () => {
    const { id, params, manager, ada, list, record } = await planted();
    const seen = async () => {
      const query = { limit: 1 };
      await listUsers(servicesOf(id))(callerOf(ada), { params, query, body: undefined });
    };
    const services = servicesOf(id, meanwhile(seen));
    const result = await changeRoles(services)(callerOf(manager), {
      params: { ...params, userId: ada.id },
      query: {},
      body: { roles: [{ role: 'organization_manager' }] },
    });
    expect(result.ok).toBe(true);
    const today = clock.now().slice(0, 10);
    expect((await list()).find(({ name }) => name === 'Ada')).toMatchObject({ lastSeenAt: today, version: 2 });
    expect(await record(ada)).toMatchObject({ lastSeenAt: today });
  });
});

describe('users whose rows and entries the previous version wrote', () => {
  const mixed = async () => {
    const manager = aManager({ name: 'Mara' });
    const { id, params, rootPoolId } = await plantOrganization([manager]);
    // A successor must be able to sign in.
    const hughsAccount = await servicesOf(undefined).directory.create({
      email: 'hugh@acme.example',
      name: 'Hugh O’Neill',
      mark: 'test',
    });
    const [lukasz, hugh] = (await plantPreviousUsers(id, [
      aUser({ name: 'Łukasz Zając', assignments: [{ role: 'engineer', poolId: rootPoolId }] }),
      aUser({ name: 'Hugh O’Neill', email: 'hugh@acme.example', personId: hughsAccount.personId }),
      aUser({ name: 'Ærø Anne-Marie' }),
    ])) as [User, User];
    await plantUsers(id, [
      aUser({ name: 'Łucja Nowak' }),
      aUser({ name: 'Shane O’Neill', email: 'shane@acme.example' }),
    ]);
    const list = async (query: { search?: string; role?: 'engineer'; poolId?: string } = {}) => {
      const names: string[] = [];
      let cursor: string | undefined;
      do {
        const result = await listUsers(servicesOf(id))(callerOf(manager), {
          params,
          query: { ...query, limit: 1, cursor },
          body: undefined,
        });
        if (!result.ok) expect.unreachable(result.error.code);
        names.push(...result.value.items.map(({ name }) => name));
        cursor = result.value.nextCursor;
      } while (cursor !== undefined);
      return names;
    };
    return { id, params, manager, rootPoolId, lukasz, hugh, list };
  };

  /** What was found before and what is found now is found until the organization is renewed, and everybody once. */
  test('are listed and found with those of this version', async () => {
    const { rootPoolId, list } = await mixed();
    expect((await list()).toSorted()).toEqual(
      ['Hugh O’Neill', 'Mara', 'Shane O’Neill', 'Ærø Anne-Marie', 'Łucja Nowak', 'Łukasz Zając'].toSorted(),
    );
    expect(await list({ search: 'Łu' })).toEqual(['Łucja Nowak', 'Łukasz Zając']);
    expect(await list({ search: 'zając łukasz' })).toEqual(['Łukasz Zając']);
    expect(await list({ search: 'O’Neill' })).toEqual(['Shane O’Neill', 'Hugh O’Neill']);
    expect(await list({ search: "o'neill" })).toEqual(['Shane O’Neill']);
    expect(await list({ search: 'anne-m' })).toEqual(['Ærø Anne-Marie']);
    expect(await list({ search: '@acme.example' })).toEqual(['Shane O’Neill']);
    expect(await list({ role: 'engineer' })).toEqual(['Łukasz Zając']);
    expect(await list({ poolId: rootPoolId })).toEqual(['Łukasz Zając']);
  });

  test('are brought up to date by a change, and listed once', async () => {
    const { id, params, manager, lukasz, hugh, list } = await mixed();
    const input = { params: { ...params, userId: lukasz.id }, query: {} };
    const body = { roles: [{ role: 'member' as const }] };
    expect((await changeRoles(servicesOf(id))(callerOf(manager), { ...input, body })).ok).toBe(true);
    expect(await list({ search: 'lukasz' })).toEqual(['Łukasz Zając']);
    expect(await list({ search: 'Łu' })).toEqual(['Łucja Nowak', 'Łukasz Zając']);
    const removal = { ...input, query: { successorId: hugh.id, pendingInvites: 'keep' as const }, body: undefined };
    expect((await removeUser(servicesOf(id))(callerOf(manager), removal)).ok).toBe(true);
    expect((await list()).filter((name) => name === 'Łukasz Zając')).toEqual([]);
    expect((await restoreUser(servicesOf(id))(callerOf(manager), { ...input, body: undefined })).ok).toBe(true);
    expect((await list()).filter((name) => name === 'Łukasz Zając')).toHaveLength(1);
  });

  test('have the day on which they were last seen in their row', async () => {
    const { id, params, hugh } = await mixed();
    const input = { params, query: { limit: 1 }, body: undefined };
    expect((await listUsers(servicesOf(id))(callerOf(hugh), input)).ok).toBe(true);
    expect(await tableFor(id).get(rowKey(id, hugh))).toMatchObject({ s: clock.now().slice(0, 10) });
  });

  test('are found by what people type once the organization is renewed, and leave nothing behind', async () => {
    const { id, list } = await mixed();
    const result = await renewEntries(servicesOf(undefined), { organizationId: id });
    expect(result).toMatchObject({ ok: true, value: { renewed: 3 } });
    expect(await list()).toEqual([
      'Ærø Anne-Marie',
      'Hugh O’Neill',
      'Łucja Nowak',
      'Łukasz Zając',
      'Mara',
      'Shane O’Neill',
    ]);
    expect(await list({ search: "o'neill" })).toEqual(['Hugh O’Neill', 'Shane O’Neill']);
    expect(await list({ search: '@acme.example' })).toEqual(['Hugh O’Neill', 'Shane O’Neill']);
    expect(await list({ search: 'zajac lukasz' })).toEqual(['Łukasz Zając']);
    for (const pk of [partitions.users(id), partitions.search(id), partitions.role(id, 'engineer')])
      expect(
        (await tableFor(id).query({ pk, limit: 100 })).items.filter(({ sk }) => /[^\t\x20-\x7e]/.test(sk)),
      ).toEqual([]);
  });
});

let seenDay: string;
beforeAll(() => {
  seenDay = new Date(Date.parse(clock.now()) + day).toISOString().slice(0, 10);
});

test('the day a user was last seen is the same in the list, the record and the membership, with no transaction', async () => {
  const manager = aManager();
  const { id, params } = await plantOrganization([manager]);
  let transactions = 0;
  const services = later(
    servicesOf(id, (table) => ({
      ...table,
      transact: (writes) => {
        transactions += 1;
        return table.transact(writes);
      },
    })),
    day,
  );
  const result = await listUsers(services)(callerOf(manager), { params, query: { limit: 1 }, body: undefined });
  expect(result.ok).toBe(true);
  const table = tableFor(id);
  const stored = await table.batchGet([
    keys.user(id, manager.id),
    keys.membership(id, manager.personId),
    rowKey(id, manager),
  ]);
  expect(stored.map((item) => item?.lastSeenAt ?? item?.s)).toEqual([seenDay, seenDay, seenDay]);
  expect(transactions).toBe(0);
});

test('sixteen removals at once to the same successor all succeed, and the row of the successor counts them all', async () => {
  const [manager, successor] = [aManager({ name: 'Mara' }), aUser({ name: 'Sue' })];
  const leavers = Array.from({ length: 16 }, () => aUser());
  const { id, params } = await plantOrganization([manager, successor]);
  await plantUsers(id, leavers);
  const query = { successorId: successor.id, pendingInvites: 'keep' as const };
  const services = servicesOf(id);
  const results = await Promise.all(
    leavers.map(({ id: userId }) =>
      removeUser(services)(callerOf(manager), { params: { ...params, userId }, query, body: undefined }),
    ),
  );
  expect(results.filter(({ ok }) => !ok)).toEqual([]);
  const listed = await listUsers(services)(callerOf(manager), { params, query: { limit: 50 }, body: undefined });
  expect(listed.ok && listed.value.items.map(({ name, takenOverCount }) => [name, takenOverCount])).toEqual([
    ['Mara', 0],
    ['Sue', 16],
  ]);
});
