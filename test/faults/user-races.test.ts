import { describe, expect, test } from 'vitest';
import { removeUser } from '../../shared/handover/remove-user.ts';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import type { Services } from '../../shared/ports.ts';
import { createServiceAccount } from '../../shared/service-accounts/create-service-account.ts';
import { keys, partitions } from '../../shared/table/keys.ts';
import { changeRoles } from '../../shared/users/change-roles.ts';
import { parseUser } from '../../shared/users/user.ts';
import { callerOf, servicesOf } from '../support/operations.ts';
import {
  newEmail,
  newMember,
  newOrganization,
  take,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { aManager, aUser, plantOrganization, plantPools } from '../support/planted.ts';
import { requestsIn } from '../support/requests.ts';
import { asItIs, meanwhile, race, without, won, type Change } from '../support/races.ts';
import { useStack } from '../support/stack.ts';

/**
 * Each race runs twice: unchanged, where one side wins, and with its guard removed, where the promise is broken. Both sides have
 * read before either writes.
 */
const stack = useStack();

const managersOf = async ({ id }: TestOrganization): Promise<number> => {
  const page = await servicesOf(id).table.query({ pk: partitions.role(id, 'organization_manager'), limit: 100 });
  const users = await servicesOf(id).table.batchGet(page.items.map(({ sk }) => keys.user(id, sk.split('\t')[1] ?? '')));
  return users.filter(
    (user) => user?.status === 'active' && (user.assignments as string[]).includes('organization_manager'),
  ).length;
};

const twoManagers = async (): Promise<[TestOrganization, TestMember, TestMember, TestMember]> => {
  const organization = await newOrganization(stack);
  const other = await newMember(stack, organization, [{ role: 'organization_manager' }]);
  return [organization, organization.manager, other, await newMember(stack, organization)];
};

describe('two organization managers remove each other', () => {
  const removeEachOther = async (change: Change) => {
    const [organization, a, b, heir] = await twoManagers();
    const remove = async (by: TestMember, user: TestMember) => {
      const actor = callerOf(by);
      return (services: Services) =>
        removeUser(services)(actor, {
          params: { ...organization.params, userId: user.userId },
          query: { successorId: heir.userId, pendingInvites: 'revoke' },
          body: undefined,
        });
    };
    const outcomes = await race(change, organization.id, [await remove(a, b), await remove(b, a)]);
    return { won: won(outcomes), managers: await managersOf(organization) };
  };

  test('and one of them stays', async () => {
    expect(await removeEachOther(asItIs)).toEqual({ won: 1, managers: 1 });
  });

  test('and if the guards are removed, both are removed', async () => {
    expect(await removeEachOther(without('forbidden', 'last_organization_manager', 'retry'))).toEqual({
      won: 2,
      managers: 0,
    });
  });
});

describe('two organization managers demote each other', () => {
  const demoteEachOther = async (change: Change) => {
    const [organization, a, b] = await twoManagers();
    const demote = async (by: TestMember, user: TestMember) => {
      const actor = callerOf(by);
      return (services: Services) =>
        changeRoles(services)(actor, {
          params: { ...organization.params, userId: user.userId },
          query: {},
          body: { roles: [{ role: 'member' }] },
        });
    };
    const outcomes = await race(change, organization.id, [await demote(a, b), await demote(b, a)]);
    return { won: won(outcomes), managers: await managersOf(organization) };
  };

  test('and one of them stays', async () => {
    expect(await demoteEachOther(asItIs)).toEqual({ won: 1, managers: 1 });
  });

  test('and if the guards are removed, none is left', async () => {
    expect(await demoteEachOther(without('forbidden', 'last_organization_manager'))).toEqual({ won: 2, managers: 0 });
  });
});

describe('two requests that add different roles to one user at once', () => {
  const addTwo = async (change: Change) => {
    const [manager, ben] = [aManager(), aUser()];
    const organization = await plantOrganization([manager, ben]);
    const { id, rootPoolId } = organization;
    const pools = await plantPools(id, ['Web', 'Data'], { parentId: rootPoolId, holderId: manager.id });
    const add = (poolId: string) => requestsIn(id).adjustRoles(manager, ben, { add: [{ role: 'engineer', poolId }] });
    const outcomes = await race(change, id, pools.map(add));
    const user = parseUser(await servicesOf(id).table.get(keys.user(id, ben.id)));
    return { won: won(outcomes), roles: user.assignments.length };
  };

  test('add both', async () => {
    expect(await addTwo(asItIs)).toEqual({ won: 2, roles: 3 });
  });

  test('and one of the two roles is lost if the guard is removed', async () => {
    expect(await addTwo(without('retry'))).toEqual({ won: 2, roles: 2 });
  });
});

describe('a user who loses the right while the request runs', () => {
  const inviteWhileDemoted = async () => {
    const [organization, a, b] = await twoManagers();
    const [actor, demoter] = [callerOf(b), callerOf(a)];
    const demote = () =>
      changeRoles(servicesOf(organization.id))(demoter, {
        params: { ...organization.params, userId: b.userId },
        query: {},
        body: { roles: [{ role: 'member' }] },
      });
    const body = { emails: [newEmail()], roles: [{ role: 'organization_manager' as const }], dryRun: false };
    return inviteUsers(servicesOf(organization.id, meanwhile(demote)))(actor, {
      params: organization.params,
      query: {},
      body,
    });
  };

  test('is refused by the condition of the write', async () => {
    expect(await inviteWhileDemoted()).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  });
});

describe('two service accounts for one client at once', () => {
  const bindTwice = async (change: Change) => {
    const organization = await newOrganization(stack);
    const { personId: clientId } = await stack.machine();
    const actor = callerOf(organization.manager);
    const bind = (name: string) => (services: Services) =>
      createServiceAccount(services)(actor, {
        params: organization.params,
        query: {},
        body: { name, clientId, roles: [{ role: 'member' }] },
      });
    const outcomes = await race(change, organization.id, [bind('One'), bind('Other')]);
    const { client } = organization.manager;
    const { items } = take(await client.listServiceAccounts({ params: organization.params }));
    return { outcomes: outcomes.toSorted(), listed: items.length };
  };

  test('become one', async () => {
    expect(await bindTwice(asItIs)).toEqual({ outcomes: ['done', 'service_account_exists'], listed: 1 });
  });

  test('become two if the guard is removed', async () => {
    expect(await bindTwice(without('service_account_exists'))).toEqual({ outcomes: ['done', 'done'], listed: 2 });
  });
});

// This race is the last one: without its guards, two users are each other’s successor, which keeps the worker busy.
describe('a user becomes a successor while being removed', () => {
  const crossOver = async (change: Change) => {
    const organization = await newOrganization(stack);
    const [a, b] = [await newMember(stack, organization), await newMember(stack, organization)];
    const actor = callerOf(organization.manager);
    const remove = (user: TestMember, successor: TestMember) => (services: Services) =>
      removeUser(services)(actor, {
        params: { ...organization.params, userId: user.userId },
        query: { successorId: successor.userId, pendingInvites: 'keep' },
        body: undefined,
      });
    return won(await race(change, organization.id, [remove(a, b), remove(b, a)]));
  };

  test('with A to B and B to A, one of the removals wins', async () => {
    expect(await crossOver(asItIs)).toBe(1);
  });

  test('if the guards are removed, both are removed, and nobody owns their assets', async () => {
    expect(await crossOver(without('retry', 'successor_inactive'))).toBe(2);
  });
});
