import { describe, expect, test } from 'vitest';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import { createPool } from '../../shared/pools/create-pool.ts';
import { deletePool } from '../../shared/pools/delete-pool.ts';
import { updatePool } from '../../shared/pools/update-pool.ts';
import type { Services } from '../../shared/ports.ts';
import { createServiceAccount } from '../../shared/service-accounts/create-service-account.ts';
import { changeRoles } from '../../shared/users/change-roles.ts';
import { callerOf, servicesOf } from '../support/operations.ts';
import { newEmail, newMember, newOrganization, newPool, take, type TestOrganization } from '../support/organization.ts';
import { asItIs, meanwhile, outcomeOf, race, without, won, type Change } from '../support/races.ts';
import { useStack } from '../support/stack.ts';

/**
 * Each race is run twice: as it is, where one wins, and with its guard taken out, where the promise breaks. Both sides have
 * read before either writes.
 */
const stack = useStack();

type Body = Parameters<TestOrganization['manager']['client']['updatePool']>[0]['body'];

/** An organization with these pools right below its root. */
const organizationWith = async (...names: string[]) => {
  const organization = await newOrganization(stack);
  const pools: string[] = [];
  for (const name of names) pools.push(await newPool(organization, name, organization.rootPoolId));
  return { organization, pools };
};

const list = async ({ params, manager }: TestOrganization) => take(await manager.client.listPools({ params })).items;

const changing =
  ({ params, manager }: TestOrganization, poolId: string, body: Body) =>
  (services: Services) =>
    updatePool(services)(callerOf(manager), { params: { ...params, poolId }, query: {}, body });

describe('two pools of one name at once', () => {
  const createTwice = async (change: Change) => {
    const { organization } = await organizationWith();
    const actor = callerOf(organization.manager);
    const body = { name: 'Same', parentId: organization.rootPoolId };
    const create = (services: Services) =>
      createPool(services)(actor, { params: organization.params, query: {}, body });
    const outcomes = await race(change, organization.id, [create, create]);
    return { outcomes: outcomes.toSorted(), pools: (await list(organization)).length - 1 };
  };

  test('become one', async () => {
    expect(await createTwice(asItIs)).toEqual({ outcomes: ['done', 'pool_name_taken'], pools: 1 });
  });

  test('without the guard become two', async () => {
    expect(await createTwice(without('retry'))).toEqual({ outcomes: ['done', 'done'], pools: 2 });
  });
});

describe('A moved under B, and B under A', () => {
  const moveBoth = async (change: Change) => {
    const { organization, pools } = await organizationWith('A', 'B');
    const [a = '', b = ''] = pools;
    const outcomes = await race(change, organization.id, [
      changing(organization, a, { parentId: b }),
      changing(organization, b, { parentId: a }),
    ]);
    const depths = (await list(organization)).map(({ path }) => path.split(' / ').length);
    return { outcomes: outcomes.toSorted(), depths: depths.toSorted((one, other) => one - other) };
  };

  test('end as one below the other', async () => {
    expect(await moveBoth(asItIs)).toEqual({ outcomes: ['done', 'pool_under_itself'], depths: [1, 2, 3] });
  });

  test('without the guard end as a circle that no path leads to', async () => {
    const { outcomes, depths } = await moveBoth(without('retry'));
    expect(outcomes).toEqual(['done', 'done']);
    // The path of both is empty.
    expect(depths).toEqual([1, 1, 1]);
  });
});

describe('the limit of a pool raised while that of the pool above is lowered', () => {
  const changeBoth = async (change: Change) => {
    const { organization, pools } = await organizationWith('Web');
    const { params, manager } = organization;
    const [web = ''] = pools;
    const shop = await newPool(organization, 'Shop', web);
    const limit = async (poolId: string, monthlyLimit: number) =>
      take(await manager.client.updatePool({ params: { ...params, poolId }, body: { monthlyLimit } }));
    await limit(web, 100);
    await limit(shop, 50);
    const outcomes = await race(change, organization.id, [
      changing(organization, shop, { monthlyLimit: 100 }),
      changing(organization, web, { monthlyLimit: 50 }),
    ]);
    const limits = new Map((await list(organization)).map(({ id, monthlyLimit }) => [id, monthlyLimit ?? 0]));
    return { outcomes: outcomes.toSorted(), fits: Number(limits.get(shop)) <= Number(limits.get(web)) };
  };

  test('still fits into it', async () => {
    expect(await changeBoth(asItIs)).toEqual({ outcomes: ['done', 'monthly_limit_exceeded'], fits: true });
  });

  test('without the guard exceeds it', async () => {
    expect(await changeBoth(without('retry'))).toEqual({ outcomes: ['done', 'done'], fits: false });
  });
});

describe('a pool created in one that is deleted at once', () => {
  const createAndDelete = async (change: Change) => {
    const { organization, pools } = await organizationWith('Web');
    const [web = ''] = pools;
    const actor = callerOf(organization.manager);
    const outcomes = await race(change, organization.id, [
      (services) =>
        createPool(services)(actor, { params: organization.params, query: {}, body: { name: 'Shop', parentId: web } }),
      (services) =>
        deletePool(services)(actor, { params: { ...organization.params, poolId: web }, query: {}, body: undefined }),
    ]);
    const ids = new Set((await list(organization)).map(({ id }) => id));
    const orphans = (await list(organization)).filter(({ parentId }) => parentId !== undefined && !ids.has(parentId));
    return { won: won(outcomes), orphans: orphans.length };
  };

  test('is there, or the other is gone', async () => {
    expect(await createAndDelete(asItIs)).toEqual({ won: 1, orphans: 0 });
  });

  test('without the guard stands below nothing', async () => {
    expect(await createAndDelete(without('retry'))).toEqual({ won: 2, orphans: 1 });
  });
});

describe.each([
  [
    'given to a user',
    async (services: Services, organization: TestOrganization, poolId: string) => {
      const { userId } = await newMember(stack, organization);
      return changeRoles(services)(callerOf(organization.manager), {
        params: { ...organization.params, userId },
        query: {},
        body: { roles: [{ role: 'manager', poolId }] },
      });
    },
  ],
  [
    'sent with an invite',
    async (services: Services, organization: TestOrganization, poolId: string) =>
      inviteUsers(services)(callerOf(organization.manager), {
        params: organization.params,
        query: {},
        body: { emails: [newEmail()], roles: [{ role: 'manager', poolId }], dryRun: false },
      }),
  ],
  [
    'given to a machine',
    async (services: Services, organization: TestOrganization, poolId: string) =>
      createServiceAccount(services)(callerOf(organization.manager), {
        params: organization.params,
        query: {},
        body: {
          name: 'Pipeline',
          clientId: (await stack.machine()).personId,
          roles: [{ role: 'manager', poolId }],
        },
      }),
  ],
])('a role %s on a pool that is deleted meanwhile', (_, give) => {
  const giveWhileDeleted = async (change: Change) => {
    const { organization, pools } = await organizationWith('Web');
    const params = { ...organization.params, poolId: pools[0] ?? '' };
    const remove = async () => take(await organization.manager.client.deletePool({ params }));
    const services = servicesOf(organization.id, meanwhile(remove, change));
    return outcomeOf(await give(services, organization, params.poolId));
  };

  test('is refused', async () => {
    expect(await giveWhileDeleted(asItIs)).toBe('unknown_pool');
  });

  test('without the guard is answered as given', async () => {
    expect(await giveWhileDeleted(without('retry'))).toBe('done');
  });
});
