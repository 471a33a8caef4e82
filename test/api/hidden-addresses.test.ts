import { beforeAll, describe, expect, test } from 'vitest';
import type { Route } from '../../shared/api/route.ts';
import { routes } from '../../shared/api/routes.ts';
import { keys } from '../../shared/table/keys.ts';
import { update } from '../../shared/table/write.ts';
import type { Role } from '../../shared/roles/role.ts';
import {
  insertMember,
  inviteByMail,
  newEmail,
  newMember,
  newOrganization,
  refusal,
  take,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { servicesOf } from '../support/operations.ts';
import { pathParameters } from '../support/path-parameters.ts';
import { useStack } from '../support/stack.ts';

/*
 * An organization with an address in every place where one can be: users, a removed user, invites, the reason of a bounce, an address
 * in conflict, a user whose name is their address. Every role reads every route, page by page, and no response contains any of them.
 */

const stack = useStack();

const readers = ['manager', 'engineer', 'member'] as const satisfies Role[];
const planted = 'planted';
const plantedAddress = () => newEmail(planted);

let organization: TestOrganization;
let parameters: Record<string, string>;
let nameless: string;
const callers = new Map<Role, TestMember>();

beforeAll(async () => {
  organization = await newOrganization(stack);
  const { id, params, manager, rootPoolId } = organization;
  nameless = plantedAddress();
  const [user, leaver] = [
    await insertMember(organization, [{ role: 'engineer', poolId: rootPoolId }], { email: nameless, name: nameless }),
    await insertMember(organization, [{ role: 'member' }], { email: plantedAddress(), name: 'Lea Leaver' }),
  ];
  const removal = { params: { ...params, userId: leaver.id }, query: { successorId: user.id } };
  take(await manager.client.removeUser(removal));
  const { inviteId } = await inviteByMail(stack, organization, plantedAddress());
  const { table } = servicesOf(id);
  await table.transact([
    update(keys.user(id, user.id), { set: { emailConflict: plantedAddress(), lastSeenAt: '2026-01-02' } }),
    update(keys.invite(id, inviteId), { set: { deliveryDetail: `550 no such user ${plantedAddress()}` } }),
  ]);
  parameters = { ...(await pathParameters(stack, organization, user.id)), inviteId };
  for (const role of readers) {
    const roles = [role === 'member' ? { role } : { role, poolId: rootPoolId }];
    callers.set(role, await newMember(stack, organization, roles, 'Rea Reader'));
  }
  take(await manager.client.updateOrganization({ params, body: { hideAddresses: true } }));
});

const get = async ({ accessToken }: TestMember, path: string): Promise<{ status: number; text: string }> => {
  const response = await fetch(stack.endpoints.api + path, { headers: { authorization: `Bearer ${accessToken}` } });
  return { status: response.status, text: JSON.stringify([...response.headers]) + (await response.text()) };
};

const cursorIn = (text: string): string | undefined => /"nextCursor":"([^"]+)"/.exec(text)?.[1];

/** What a response reveals: its text, and what its cursor contains. */
const revealed = (text: string): string =>
  text + Buffer.from(cursorIn(text) ?? '', 'base64url').toString('utf8') + (cursorIn(text) ?? '');

const readRoutes = Object.entries<Route>(routes).filter(
  ([, { method, access }]) => method === 'GET' && typeof access !== 'string',
);

describe.each(readRoutes.map(([name, row]) => ({ name, row })))('$name', ({ row }) => {
  test.each(readers)('reveals no address and no last day to the role %s', async (role) => {
    const caller = callers.get(role) ?? expect.unreachable();
    const path = row.path.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? '');
    const isList = 'cursor' in row.query.shape;
    let cursor: string | undefined;
    for (let pages = 0; pages < 30; pages += 1) {
      const query = isList ? `?limit=1${cursor === undefined ? '' : `&cursor=${cursor}`}` : '';
      const { status, text } = await get(caller, path + query);
      expect([200, 403, 404]).toContain(status);
      expect(revealed(text).replaceAll(caller.email, '')).not.toMatch(/@example.com|example com|2026-01-02/);
      cursor = cursorIn(text);
      if (cursor === undefined) return;
    }
    expect.unreachable('The list has too many pages');
  });
});

describe('a search', () => {
  const search = async (role: Role, query: object) =>
    (callers.get(role) ?? expect.unreachable()).client.listUsers({ params: organization.params, query });

  test.each(['planted', planted.slice(0, 4), '@example.com', 'planted@'])(
    'for the address %s finds nobody and has no next page',
    async (text) => {
      for (const limit of [1, 50]) {
        const page = take(await search('member', { search: text, limit }));
        expect(page.items.filter(({ name }) => !name.startsWith(planted))).toEqual([]);
        expect(page.nextCursor).toBeUndefined();
      }
    },
  );

  test('by name finds people page by page', async () => {
    const first = take(await search('member', { search: 'rea reader', limit: 2 }));
    expect(first.items.map(({ name }) => name)).toEqual(['Rea Reader', 'Rea Reader']);
    const second = take(await search('member', { search: 'rea reader', limit: 2, cursor: first.nextCursor }));
    expect(second.items.map(({ name }) => name)).toEqual(['Rea Reader']);
    expect(second.nextCursor).toBeUndefined();
  });

  test('by domain, and for the address of an invitation, is refused', async () => {
    expect(refusal(await search('manager', { domain: 'example.com' }))).toBe('403 addresses_hidden');
    const { client } = callers.get('member') ?? expect.unreachable();
    const reply = await client.listInvites({ params: organization.params, query: { search: planted } });
    expect(refusal(reply)).toBe('403 addresses_hidden');
  });
});

describe('nothing is hidden', () => {
  test('of the person’s own', async () => {
    const { client, email, userId } = callers.get('member') ?? expect.unreachable();
    const { params } = organization;
    const me = take(await client.getMyUser({ params }));
    expect([me.email, me.lastSeenAt]).toEqual([email, expect.any(String)]);
    expect(take(await client.getUser({ params: { ...params, userId } }))).toMatchObject({ email });
    const listed = take(await client.listUsers({ params })).items;
    expect(listed.filter((user) => user.email !== '').map(({ id }) => id)).toEqual([userId]);
  });

  test('from those who may invite, and from anybody once the setting is off', async () => {
    const { params, manager } = organization;
    const user = { params: { ...params, userId: parameters.userId ?? '' } };
    expect(take(await manager.client.getUser(user))).toMatchObject({ email: nameless, name: nameless });
    const other = await newOrganization(stack);
    const { client } = await newMember(stack, other);
    const seen = take(await client.getUser({ params: { ...other.params, userId: other.manager.userId } }));
    expect(seen).toMatchObject({ email: other.manager.email, lastSeenAt: expect.any(String) as string });
  });

  test('a cursor of somebody else is no cursor', async () => {
    const { client } = callers.get('member') ?? expect.unreachable();
    const cursor = Buffer.from(JSON.stringify(['users', 'x'])).toString('base64url');
    expect(refusal(await client.listUsers({ params: organization.params, query: { cursor } }))).toBe(
      '400 invalid_cursor',
    );
  });
});
