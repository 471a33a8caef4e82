import { beforeAll, expect, test } from 'vitest';
import { keys } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import { update } from '../../shared/table/write.ts';
import { newEmail, newMember, newOrganization, take, type TestOrganization } from '../support/organization.ts';
import { servicesOf } from '../support/operations.ts';
import { bound, changeServiceAccount } from '../support/service-accounts.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
let organization: TestOrganization;
let userId: string;
let serviceAccountId: string;
let table: Table;

beforeAll(async () => {
  organization = await newOrganization(stack);
  ({ userId } = await newMember(stack, organization));
  serviceAccountId = await bound(organization, await stack.machine());
  ({ table } = servicesOf(organization.id));
});

let count = 0;

/** Roles that differ from those of the time before. */
const otherRoles = () =>
  [{ role: 'engineer' as const, poolId: organization.rootPoolId }, { role: 'member' as const }].slice((count += 1) % 2);

type Reply = { ok: true; value: unknown } | { ok: false; problem: object };
type Change = (client: TestOrganization['manager']['client']) => Promise<Reply>;

const changes: Record<string, Change> = {
  users: (client) => client.changeRoles({ params: { ...organization.params, userId }, body: { roles: otherRoles() } }),
  serviceAccounts: () => changeServiceAccount(organization, serviceAccountId, otherRoles()),
  pools: (client) =>
    client.createPool({
      params: organization.params,
      body: { name: `Pool ${(count += 1)}`, parentId: organization.rootPoolId },
    }),
  resources: (client) =>
    client.createResource({
      params: organization.params,
      body: { name: 'Server', type: 'vm', poolId: organization.rootPoolId },
    }),
  policies: (client) =>
    client.createPolicy({
      params: organization.params,
      body: { type: 'budget', name: 'Monthly', amount: 100 },
    }),
  invites: (client) =>
    client.inviteUsers({
      params: organization.params,
      body: { emails: [newEmail()], roles: [{ role: 'member' }] },
    }),
};

/** Whether a function has read the organization by itself: it does so only when what the request came with was old. */
const readAnew = (name: string): boolean =>
  stack.roles()[name]?.used.some((grant) => /^dynamodb:GetItem .*#organization$/.test(grant)) ?? false;

/** As every change of a pool does. */
const changeTree = () => table.transact([update(keys.organization(organization.id), { add: { treeVersion: 1 } })]);

/** A request may be through before the tree changes. */
const mostRequests = 20;

test.each(Object.entries(changes))(
  'a change of %s that meets changes of the pools reads the organization anew, and goes through',
  async (name, change) => {
    for (let request = 0; request < mostRequests && !readAnew(name); request += 1) {
      const replies: Reply[] = [];
      const asking = change(organization.manager.client).then((reply) => replies.push(reply));
      while (replies.length === 0 && !readAnew(name)) await changeTree();
      await asking;
      for (const reply of replies) take(reply);
    }
    expect(readAnew(name)).toBe(true);
  },
);
