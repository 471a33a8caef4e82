import { beforeAll, describe, expect, test } from 'vitest';
import { encodeCursor } from '../../shared/api/cursor.ts';
import { newOrganization, newPool, refusal, take, type TestOrganization } from '../support/organization.ts';
import { aUser, plantUsers } from '../support/planted.ts';
import type { User } from '../../shared/users/user.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
let organization: TestOrganization;
let web: string;
let users: Record<'ada' | 'bea' | 'cleo' | 'dora', User>;

/** Everybody is planted as a user who joined before the manager. */
beforeAll(async () => {
  organization = await newOrganization(stack);
  web = await newPool(organization, 'Web', organization.rootPoolId);
  const engineer = [{ role: 'engineer' as const, poolId: web }];
  users = {
    ada: aUser({ name: 'Ada', email: 'ada@acme.example', joinedAt: '2026-11-03T09:00:00.000Z', assignments: engineer }),
    bea: aUser({ name: 'Bea', email: 'bea@acme.example.org', joinedAt: '2026-11-02T09:00:00.000Z' }),
    cleo: aUser({ name: 'Cleo', email: 'cleo@xn--bcher-kva.example', joinedAt: '2026-11-04T09:00:00.000Z' }),
    dora: aUser({ name: 'Dora', email: 'dora@acme.example', joinedAt: '2026-11-01T09:00:00.000Z' }),
  };
  await plantUsers(organization.id, Object.values(users));
});

type Query = NonNullable<Parameters<TestOrganization['manager']['client']['listUsers']>[0]['query']>;

const list = async (query: Query) => {
  const { params, manager } = organization;
  const items: ReturnType<typeof take<{ items: { id: string; name: string }[] }>>['items'] = [];
  let cursor: string | undefined;
  do {
    const page = take(await manager.client.listUsers({ params, query: { ...query, ...(cursor && { cursor }) } }));
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return items;
};
const namesOf = async (query: Query) => (await list(query)).map(({ name }) => name);

describe('the list of users', () => {
  test.each<[Query, string[]]>([
    [{ domain: 'acme.example' }, ['Ada', 'Dora']],
    [{ domain: 'ACME.example', limit: 1 }, ['Ada', 'Dora']],
    [{ domain: 'bücher.example' }, ['Cleo']],
    [{ domain: 'acme.example', role: 'member' }, ['Dora']],
    [{ domain: 'acme.example', role: 'engineer' }, ['Ada']],
    [{ domain: 'acme.example', search: 'do' }, ['Dora']],
    [{ domain: 'acme.exampl' }, []],
  ])('is filtered by %j', async (query, names) => {
    expect((await namesOf(query)).toSorted()).toEqual(names);
  });

  test('refuses an invalid domain', async () => {
    const { params, manager } = organization;
    expect(refusal(await manager.client.listUsers({ params, query: { domain: 'a b' } }))).toBe('400 invalid_request');
  });

  test('is sorted by when users joined, newest first, also with filters', async () => {
    expect(await namesOf({ sort: 'joined', limit: 2 })).toEqual(['Mara Manager', 'Cleo', 'Ada', 'Bea', 'Dora']);
    expect(await namesOf({ sort: 'joined', domain: 'acme.example', limit: 1 })).toEqual(['Ada', 'Dora']);
    expect(await namesOf({ sort: 'joined', role: 'engineer' })).toEqual(['Ada']);
    expect(await namesOf({ sort: 'joined', poolId: web })).toEqual(['Ada']);
    expect(await namesOf({ sort: 'joined', search: 'cl' })).toEqual(['Cleo']);
    expect(await namesOf({ sort: 'name' })).toEqual(['Ada', 'Bea', 'Cleo', 'Dora', 'Mara Manager']);
  });

  test('accepts a cursor from a version that did not have these filters yet', async () => {
    const { params, manager } = organization;
    const { items, nextCursor } = take(await manager.client.listUsers({ params, query: { limit: 1 } }));
    const position = `ada\t${items[0]?.id ?? ''}`;
    expect(encodeCursor(JSON.stringify(['users', '', undefined, undefined]), position)).toEqual({ nextCursor });
    const reply = await manager.client.listUsers({ params, query: { cursor: nextCursor, sort: 'joined' } });
    expect(refusal(reply)).toBe('400 invalid_cursor');
  });
});

test('nobody is found by a role on a deleted pool, because the role is not shown', async () => {
  const { params, manager, rootPoolId } = organization;
  const gone = await newPool(organization, 'Gone', rootPoolId);
  const eve = aUser({ name: 'Eve', assignments: [{ role: 'manager', poolId: gone }] });
  await plantUsers(organization.id, [eve]);
  expect(await namesOf({ role: 'manager' })).toEqual(['Eve']);
  take(await manager.client.deletePool({ params: { ...params, poolId: gone } }));
  expect(await namesOf({ role: 'manager' })).toEqual([]);
  take(
    await manager.client.removeUser({ params: { ...params, userId: eve.id }, query: { successorId: manager.userId } }),
  );
});

describe('the list of removed users', () => {
  test('shows each user as GET users/{u} does, most recently removed first, with who removed them and who took over', async () => {
    const { params, manager } = organization;
    const { ada, dora } = users;
    const self = { id: manager.userId, name: 'Mara Manager' };
    const removing = async ({ id }: User) => {
      const query = { successorId: manager.userId };
      const removal = take(await manager.client.removeUser({ params: { ...params, userId: id }, query }));
      expect(removal.user).toMatchObject({ status: 'removed', removedBy: self, successor: self });
    };
    await removing(dora);
    await removing(ada);
    const removed = (await list({ status: 'removed', limit: 1 })).slice(0, 2);
    expect(removed).toMatchObject([
      { name: 'Ada', removedBy: self, successor: self },
      { name: 'Dora', removedBy: self, successor: self },
    ]);
    for (const user of removed)
      expect(take(await manager.client.getUser({ params: { ...params, userId: user.id } }))).toEqual(user);
    expect(await namesOf({ status: 'removed', role: 'engineer', domain: 'acme.example' })).toEqual(['Ada']);
    expect(await namesOf({ sort: 'joined' })).toEqual(['Mara Manager', 'Cleo', 'Bea']);
    take(await manager.client.restoreUser({ params: { ...params, userId: ada.id } }));
    expect(await namesOf({ status: 'removed' })).toEqual(['Dora', 'Eve']);
    expect(await namesOf({ sort: 'joined' })).toEqual(['Mara Manager', 'Cleo', 'Ada', 'Bea']);
    const both = await manager.client.listUsers({ params, query: { status: 'removed', sort: 'joined' } });
    expect(refusal(both)).toBe('400 invalid_request');
  });
});
