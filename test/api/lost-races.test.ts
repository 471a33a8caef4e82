import { beforeAll, expect, test } from 'vitest';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import { getOrganization } from '../../shared/organizations/get-organization.ts';
import { createPolicy } from '../../shared/policies/create-policy.ts';
import { createPool } from '../../shared/pools/create-pool.ts';
import type { Services } from '../../shared/ports.ts';
import { createResource } from '../../shared/resources/create-resource.ts';
import type { Result } from '../../shared/result.ts';
import { keys } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import { update } from '../../shared/table/write.ts';
import { changeRoles } from '../../shared/users/change-roles.ts';
import { callerOf, servicesOf } from '../support/operations.ts';
import { aManager, aUser, plantOrganization, type PlantedOrganization } from '../support/planted.ts';
import { meanwhile, outcomeOf } from '../support/races.ts';
import { useStack } from '../support/stack.ts';

/** If the pools change between the read and the write of an operation, it reads the organization and the rights again and succeeds. */
useStack();

const [manager, user] = [aManager(), aUser()];
let organization: PlantedOrganization;

beforeAll(async () => {
  organization = await plantOrganization([manager, user]);
});

/** Increments the tree version, as every change of a pool does. */
const changeTree = () =>
  servicesOf(organization.id).table.transact([update(keys.organization(organization.id), { add: { treeVersion: 1 } })]);

const changes: Record<string, (services: Services) => Promise<Result<unknown>>> = {
  changeRoles: (services) =>
    changeRoles(services)(callerOf(manager), {
      params: { ...organization.params, userId: user.id },
      query: {},
      body: { roles: [{ role: 'engineer', poolId: organization.rootPoolId }] },
    }),
  createPool: (services) =>
    createPool(services)(callerOf(manager), {
      params: organization.params,
      query: {},
      body: { name: 'Web', parentId: organization.rootPoolId },
    }),
  createResource: (services) =>
    createResource(services)(callerOf(manager), {
      params: organization.params,
      query: {},
      body: { name: 'Server', type: 'vm', poolId: organization.rootPoolId, tags: {} },
    }),
  createPolicy: (services) =>
    createPolicy(services)(callerOf(manager), {
      params: organization.params,
      query: {},
      body: { type: 'budget', name: 'Monthly', amount: 100 },
    }),
  inviteUsers: (services) =>
    inviteUsers(services)(callerOf(manager), {
      params: organization.params,
      query: {},
      body: { emails: ['ada@example.com'], roles: [{ role: 'member' }], dryRun: false },
    }),
};

test.each(Object.keys(changes))(
  '%s starts over and succeeds if the pools change between its read and its write',
  async (name) => {
    // The first request of a day stores when the user was last seen. That write comes first and must not be the one that is lost.
    await getOrganization(servicesOf(organization.id))(callerOf(manager), {
      params: organization.params,
      query: {},
      body: undefined,
    });
    let reads = 0;
    const counting = (table: Table): Table => ({
      ...table,
      getEach: (all) => {
        reads += all.filter(({ sk }) => sk === 'organization').length;
        return table.getEach(all);
      },
    });
    const lose = meanwhile(changeTree);
    const services = servicesOf(organization.id, (table) => counting(lose(table)));
    expect(outcomeOf((await changes[name]?.(services)) ?? expect.unreachable())).toBe('done');
    expect(reads).toBe(2);
  },
);
