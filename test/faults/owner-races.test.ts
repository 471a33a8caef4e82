import { beforeAll, describe, expect, test } from 'vitest';
import type { Caller } from '../../shared/api/route.ts';
import { createDataSource } from '../../shared/data-sources/create-data-source.ts';
import { updateDataSource } from '../../shared/data-sources/update-data-source.ts';
import { createPolicy } from '../../shared/policies/create-policy.ts';
import { updatePolicy } from '../../shared/policies/update-policy.ts';
import { createPool } from '../../shared/pools/create-pool.ts';
import { updatePool } from '../../shared/pools/update-pool.ts';
import type { Services } from '../../shared/ports.ts';
import { createResource } from '../../shared/resources/create-resource.ts';
import { updateResource } from '../../shared/resources/update-resource.ts';
import type { Result } from '../../shared/result.ts';
import { callerOf, servicesOf } from '../support/operations.ts';
import {
  newMember,
  newOrganization,
  newPool,
  newResource,
  take,
  type TestOrganization,
} from '../support/organization.ts';
import { asItIs, meanwhile, outcomeOf, without, type Change } from '../support/races.ts';
import { useStack } from '../support/stack.ts';

/** Each race is run twice: as it is, and with its guard taken out, where the promise breaks. */
const stack = useStack();
let organization: TestOrganization;

beforeAll(async () => {
  organization = await newOrganization(stack);
});

interface Gift {
  services: Services;
  actor: Caller;
  ownerId: string;
}

/** Every way to give something to somebody: made with its owner, or there before. `ownerId` also makes names unique. */
const gifts: Record<string, (gift: Gift) => Promise<Result<unknown>>> = {
  'a new pool': ({ services, actor, ownerId }) =>
    createPool(services)(actor, {
      ...toOrganization(),
      body: { name: ownerId, parentId: organization.rootPoolId, defaultOwnerId: ownerId },
    }),
  'a pool': ({ services, actor, ownerId }) =>
    updatePool(services)(actor, { ...to({ poolId: organization.rootPoolId }), body: { defaultOwnerId: ownerId } }),
  'a new resource': ({ services, actor, ownerId }) =>
    createResource(services)(actor, { ...toOrganization(), body: { ...server(), tags: {}, ownerId } }),
  'a resource': async ({ services, actor, ownerId }) => {
    const { id: resourceId } = await newResource(organization, organization.rootPoolId);
    return updateResource(services)(actor, { ...to({ resourceId }), body: { ownerId } });
  },
  'a new policy': ({ services, actor, ownerId }) =>
    createPolicy(services)(actor, { ...toOrganization(), body: { ...budget, ownerId } }),
  'a policy': async ({ services, actor, ownerId }) => {
    const { client } = organization.manager;
    const { id: policyId } = take(await client.createPolicy({ params: organization.params, body: budget }));
    return updatePolicy(services)(actor, { ...to({ policyId }), body: { ownerId } });
  },
  'a new data source': ({ services, actor, ownerId }) =>
    createDataSource(services)(actor, { ...toOrganization(), body: { ...account(ownerId), ownerId } }),
  'a data source': async ({ services, actor, ownerId }) => {
    const { client } = organization.manager;
    const body = account(ownerId);
    const { id: dataSourceId } = take(await client.createDataSource({ params: organization.params, body }));
    return updateDataSource(services)(actor, { ...to({ dataSourceId }), body: { ownerId } });
  },
};

const to = <T extends object>(thing: T) => ({ params: { ...organization.params, ...thing }, query: {} });
const toOrganization = () => to({});
const server = () => ({ name: 'Server', type: 'vm', poolId: organization.rootPoolId });
const budget = { type: 'budget' as const, name: 'Little', amount: 1 };
const account = (accountId: string) => ({ type: 'aws' as const, name: 'Main', accountId });

describe.each(Object.entries(gifts))('%s given to somebody who is removed meanwhile', (_, give) => {
  const giveWhileRemoved = async (change: Change) => {
    const { params, manager } = organization;
    const { userId: ownerId } = await newMember(stack, organization);
    const query = { successorId: manager.userId };
    const remove = async () => take(await manager.client.removeUser({ params: { ...params, userId: ownerId }, query }));
    const services = servicesOf(organization.id, meanwhile(remove, change));
    const actor = callerOf(manager);
    return outcomeOf(await give({ services, actor, ownerId }));
  };

  test('is refused', async () => {
    expect(await giveWhileRemoved(asItIs)).toBe('owner_inactive');
  });

  test('without the guard is answered as theirs, though they are gone', async () => {
    expect(await giveWhileRemoved(without('owner_inactive'))).toBe('done');
  });
});

describe('a resource moved by a manager into a pool that leaves what they manage meanwhile', () => {
  const moveWhileScopeShrinks = async (change: Change) => {
    const { params, manager, rootPoolId } = organization;
    const web = await newPool(organization, `Web ${crypto.randomUUID()}`, rootPoolId);
    const [shop, data] = [
      await newPool(organization, 'Shop', web),
      await newPool(organization, crypto.randomUUID(), rootPoolId),
    ];
    const by = await newMember(stack, organization, [{ role: 'manager', poolId: web }]);
    const { id: resourceId } = await newResource(organization, web);
    const leave = async () =>
      take(await manager.client.updatePool({ params: { ...params, poolId: shop }, body: { parentId: data } }));
    const services = servicesOf(organization.id, meanwhile(leave, change));
    const moved = await updateResource(services)(callerOf(by), {
      params: { ...params, resourceId },
      query: {},
      body: { poolId: shop },
    });
    return outcomeOf(moved);
  };

  test('stays where it is', async () => {
    expect(await moveWhileScopeShrinks(asItIs)).toBe('forbidden');
  });

  test('without the guard is put where they manage nothing', async () => {
    expect(await moveWhileScopeShrinks(without('retry'))).toBe('done');
  });
});
