import { beforeAll, expect, test } from 'vitest';
import {
  everyPage,
  insertMember,
  inviteByMail,
  newEmail,
  newOrganization,
  newPool,
  take,
  type TestOrganization,
} from '../support/organization.ts';
import { useStack, type SignedIn } from '../support/stack.ts';

/** Every paginated list returns the same items for every page size. list-resources.test.ts shows this for the list of resources. */
const stack = useStack();

let organization: TestOrganization;
let web: string;
let invited: SignedIn;

beforeAll(async () => {
  organization = await newOrganization(stack);
  const { params, manager, rootPoolId } = organization;
  const { client } = manager;
  web = await newPool(organization, 'Web', rootPoolId);
  for (const name of ['Ada Lovelace', 'Ada King', 'Grace Hopper', 'Ada Hopper'])
    await insertMember(organization, [{ role: 'engineer', poolId: web }, { role: 'member' }], { name });
  await insertMember(organization, [{ role: 'manager', poolId: rootPoolId }], { name: 'Max Manager' });
  for (let index = 0; index < 4; index += 1) {
    take(await client.createPolicy({ params, body: { type: 'budget', name: `Budget ${index}`, amount: 1 } }));
    take(await client.createDataSource({ params, body: { type: 'aws', name: 'Cloud', accountId: `${index}` } }));
  }
  take(
    await client.createPolicy({ params, body: { type: 'quota', name: 'Quota', metric: 'resource_count', maximum: 1 } }),
  );
  invited = await stack.newPerson(newEmail('invited'));
  for (const email of [newEmail('list'), newEmail('list'), newEmail('list'), invited.email]) {
    const { inviteId } = await inviteByMail(stack, organization, email);
    if (email !== invited.email) take(await client.revokeInvite({ params: { ...params, inviteId } }));
  }
  for (const name of ['B', 'C', 'D', 'E']) await inviteByMail(stack, await newOrganization(stack, name), invited.email);
});

type Page = { ok: true; value: { items: object[]; nextCursor?: string | undefined } } | { ok: false; problem: object };
type List = (page: { limit: number; cursor?: string }, query: object) => Promise<Page>;

interface Listed {
  list: List;
  /** Each of these filters must match at least one item. */
  queries: () => object[];
}

const client = () => organization.manager.client;
const params = () => organization.params;

const lists: Record<string, Listed> = {
  users: {
    list: (page, query) => client().listUsers({ params: params(), query: { ...query, ...page } }),
    queries: () => [{}, { search: 'ada' }, { role: 'engineer' }, { poolId: web }, { poolId: web, search: 'hopper' }],
  },
  'users of a pool': {
    list: (page) => client().listPoolUsers({ params: { ...params(), poolId: web }, query: page }),
    queries: () => [{}],
  },
  policies: {
    list: (page, query) => client().listPolicies({ params: params(), query: { ...query, ...page } }),
    queries: () => [{}, { type: 'budget' }, { type: 'quota' }],
  },
  'data sources': {
    list: (page) => client().listDataSources({ params: params(), query: page }),
    queries: () => [{}],
  },
  invites: {
    list: (page, query) => client().listInvites({ params: params(), query: { ...query, ...page } }),
    queries: () => [{}, { status: 'revoked' }, { search: 'list' }, { search: 'list', status: 'revoked' }],
  },
  'invites of the signed-in person': {
    list: (page) => invited.client.listMyInvites({ query: page }),
    queries: () => [{}],
  },
  'audit events': {
    list: (page, query) => client().listAuditEvents({ params: params(), query: { ...query, ...page } }),
    queries: () => [
      {},
      { actorId: organization.manager.userId },
      { targetId: web },
      { targetId: web, actorId: organization.manager.userId },
    ],
  },
};

test.each(Object.keys(lists))('%s are the same in pages of 1, 2 and 7 as in one page', async (name) => {
  const { list, queries } = lists[name] ?? expect.unreachable();
  for (const query of queries()) {
    const read = (limit: number) => everyPage((cursor) => list({ limit, ...cursor }, query));
    const all = await read(100);
    expect(all.length, JSON.stringify(query)).toBeGreaterThan(0);
    for (const limit of [1, 2, 7]) expect(await read(limit), JSON.stringify({ query, limit })).toEqual(all);
  }
});
