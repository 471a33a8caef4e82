import { describe, expect, test } from 'vitest';
import { acceptInvite } from '../../shared/invites/accept-invite.ts';
import { declineInvite } from '../../shared/invites/decline-invite.ts';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import { revokeInvite } from '../../shared/invites/revoke-invite.ts';
import { removeUser } from '../../shared/handover/remove-user.ts';
import { createPool } from '../../shared/pools/create-pool.ts';
import { changeRoles } from '../../shared/users/change-roles.ts';
import { keys, partitions } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import { meeting, withoutGuards } from '../support/guards.ts';
import {
  inviteByMail,
  newEmail,
  newMember,
  newOrganization,
  type TestMember,
  type TestOrganization,
} from '../support/organization.ts';
import { actorOf, servicesOf } from '../support/operations.ts';
import { password, useStack } from '../support/stack.ts';

/**
 * Each race is run twice: as it is, where one wins, and with its guard taken out, where the promise breaks. Both sides have
 * read before either writes.
 */
const stack = useStack();

type Change = (table: Table) => Table;
const asItIs: Change = (table) => table;
const without =
  (...failures: string[]): Change =>
  (table) =>
    withoutGuards(table, ...failures);

/** Runs all at once, each meeting the others before the first write. */
const race = async (
  change: Change,
  organizationId: string,
  runs: ((services: ReturnType<typeof servicesOf>) => Promise<{ ok: boolean }>)[],
) => {
  const meet = meeting(runs.length);
  const results = await Promise.all(runs.map((run) => run(servicesOf(organizationId, (table) => change(meet(table))))));
  return results.filter(({ ok }) => ok).length;
};

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
      const actor = await actorOf(organization.id, by);
      return (services: ReturnType<typeof servicesOf>) =>
        removeUser(services)(actor, {
          params: { ...organization.params, userId: user.userId },
          query: { successorId: heir.userId, pendingInvites: 'revoke' },
          body: undefined,
        });
    };
    const won = await race(change, organization.id, [await remove(a, b), await remove(b, a)]);
    return { won, managers: await managersOf(organization) };
  };

  test('and one stays', async () => {
    expect(await removeEachOther(asItIs)).toEqual({ won: 1, managers: 1 });
  });

  test('and without the guards both are gone', async () => {
    expect(await removeEachOther(without('forbidden', 'last_organization_manager'))).toEqual({ won: 2, managers: 0 });
  });
});

describe('two organization managers demote each other', () => {
  const demoteEachOther = async (change: Change) => {
    const [organization, a, b] = await twoManagers();
    const demote = async (by: TestMember, user: TestMember) => {
      const actor = await actorOf(organization.id, by);
      return (services: ReturnType<typeof servicesOf>) =>
        changeRoles(services)(actor, {
          params: { ...organization.params, userId: user.userId },
          query: {},
          body: { roles: [{ role: 'member' }] },
        });
    };
    const won = await race(change, organization.id, [await demote(a, b), await demote(b, a)]);
    return { won, managers: await managersOf(organization) };
  };

  test('and one stays', async () => {
    expect(await demoteEachOther(asItIs)).toEqual({ won: 1, managers: 1 });
  });

  test('and without the guards none is left', async () => {
    expect(await demoteEachOther(without('forbidden', 'last_organization_manager'))).toEqual({ won: 2, managers: 0 });
  });
});

describe('a user becomes a successor while being removed', () => {
  const crossOver = async (change: Change) => {
    const organization = await newOrganization(stack);
    const [a, b] = [await newMember(stack, organization), await newMember(stack, organization)];
    const actor = await actorOf(organization.id, organization.manager);
    const remove = (user: TestMember, successor: TestMember) => (services: ReturnType<typeof servicesOf>) =>
      removeUser(services)(actor, {
        params: { ...organization.params, userId: user.userId },
        query: { successorId: successor.userId, pendingInvites: 'keep' },
        body: undefined,
      });
    return race(change, organization.id, [remove(a, b), remove(b, a)]);
  };

  test('A to B against B to A: one wins', async () => {
    expect(await crossOver(asItIs)).toBe(1);
  });

  test('without the guards both are removed, and nobody owns what they had', async () => {
    expect(await crossOver(without('again', 'successor_inactive'))).toBe(2);
  });
});

describe('an invite', () => {
  const settleAtOnce = async (change: Change) => {
    const organization = await newOrganization(stack);
    const { token, inviteId } = await inviteByMail(stack, organization, await existingAccount());
    const actor = await actorOf(organization.id, organization.manager);
    const params = { ...organization.params, inviteId };
    return race(change, organization.id, [
      (services) =>
        acceptInvite(services)({ requestId: 'accept' }, { params: {}, query: {}, body: { token, password } }),
      (services) => declineInvite(services)({ requestId: 'decline' }, { params: {}, query: {}, body: { token } }),
      (services) => revokeInvite(services)(actor, { params, query: {}, body: undefined }),
    ]);
  };
  /** So that accepting writes once only. */
  const existingAccount = async () => (await stack.newPerson(newEmail())).email;

  test('accepted, declined and revoked at once ends one way', async () => {
    expect(await settleAtOnce(asItIs)).toBe(1);
  });

  test('without the guards it ends more than one way', async () => {
    expect(await settleAtOnce(without('settled', 'again'))).toBeGreaterThan(1);
  });

  test.each([
    ['is not accepted once its inviter is no organization manager any more', asItIs, false],
    ['without the guard it is', without('again'), true],
  ])('%s', async (_, change, accepted) => {
    const organization = await newOrganization(stack);
    const inviter = await newMember(stack, organization, [{ role: 'organization_manager' }]);
    const { token } = await inviteByMail(stack, { ...organization, manager: inviter }, await existingAccount());
    const actor = await actorOf(organization.id, organization.manager);
    let demoted = false;
    const demoteFirst: Change = (table) => ({
      ...table,
      transact: async (writes) => {
        if (!demoted) {
          demoted = true;
          await removeUser(servicesOf(organization.id))(actor, {
            params: { ...organization.params, userId: inviter.userId },
            query: { successorId: organization.manager.userId, pendingInvites: 'revoke' },
            body: undefined,
          });
        }
        return change(table).transact(writes);
      },
    });
    const services = servicesOf(undefined, demoteFirst);
    const result = await acceptInvite(services)(
      { requestId: 'late' },
      { params: {}, query: {}, body: { token, password } },
    );
    expect(result.ok).toBe(accepted);
    if (!result.ok) expect(result.error.code).toBe('invite_revoked');
  });
});

describe('one address invited twice at once', () => {
  const inviteTwice = async (change: Change) => {
    const organization = await newOrganization(stack);
    const actor = await actorOf(organization.id, organization.manager);
    const email = newEmail();
    const meet = meeting(2);
    const invite = async () => {
      const services = servicesOf(organization.id, (table) => change(meet(table)));
      const body = { emails: [email], roles: [{ role: 'member' as const }], dryRun: false };
      const result = await inviteUsers(services)(actor, { params: organization.params, query: {}, body });
      return result.ok ? result.value.results[0]?.outcome : undefined;
    };
    return (await Promise.all([invite(), invite()])).toSorted();
  };

  test('makes one invite', async () => {
    expect(await inviteTwice(asItIs)).toEqual(['already_invited', 'created']);
  });

  test('without the guard makes two', async () => {
    expect(await inviteTwice(without('again'))).toEqual(['created', 'created']);
  });
});

describe('two pools of one name at once', () => {
  const createTwice = async (change: Change) => {
    const organization = await newOrganization(stack);
    const actor = await actorOf(organization.id, organization.manager);
    const create = (services: ReturnType<typeof servicesOf>) =>
      createPool(services)(actor, {
        params: organization.params,
        query: {},
        body: { name: 'Same', parentId: organization.rootPoolId },
      });
    return race(change, organization.id, [create, create]);
  };

  test('become one', async () => {
    expect(await createTwice(asItIs)).toBe(1);
  });

  test('without the guards become two', async () => {
    expect(await createTwice(without('pool_name_taken', 'again'))).toBe(2);
  });
});

test.each([
  ['a pool is not given to somebody who is removed meanwhile', asItIs, false],
  ['without the guard it is, and has an owner who is gone', without('owner_inactive'), true],
])('%s', async (_, change, given) => {
  const organization = await newOrganization(stack);
  const owner = await newMember(stack, organization);
  const actor = await actorOf(organization.id, organization.manager);
  const removeFirst: Change = (table) => ({
    ...table,
    transact: async (writes) => {
      await removeUser(servicesOf(organization.id))(actor, {
        params: { ...organization.params, userId: owner.userId },
        query: { successorId: organization.manager.userId, pendingInvites: 'keep' },
        body: undefined,
      });
      return change(table).transact(writes);
    },
  });
  const body = { name: 'Given', parentId: organization.rootPoolId, defaultOwnerId: owner.userId };
  const result = await createPool(servicesOf(organization.id, removeFirst))(actor, {
    params: organization.params,
    query: {},
    body,
  });
  expect(result.ok).toBe(given);
  if (!result.ok) expect(result.error.code).toBe('owner_inactive');
});

describe('somebody whose right is taken while the request runs', () => {
  const inviteWhileDemoted = async (change: Change) => {
    const [organization, a, b] = await twoManagers();
    const [actor, demoter] = [await actorOf(organization.id, b), await actorOf(organization.id, a)];
    const demoteFirst: Change = (table) => ({
      ...table,
      transact: async (writes) => {
        await changeRoles(servicesOf(organization.id))(demoter, {
          params: { ...organization.params, userId: b.userId },
          query: {},
          body: { roles: [{ role: 'member' }] },
        });
        return change(table).transact(writes);
      },
    });
    const body = { emails: [newEmail()], roles: [{ role: 'organization_manager' as const }], dryRun: false };
    return inviteUsers(servicesOf(organization.id, demoteFirst))(actor, {
      params: organization.params,
      query: {},
      body,
    });
  };

  test('is refused in the write', async () => {
    expect(await inviteWhileDemoted(asItIs)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  });

  test('without the guard would have invited an organization manager', async () => {
    expect(await inviteWhileDemoted(without('forbidden'))).toMatchObject({ ok: true });
  });
});
