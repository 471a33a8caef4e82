import { describe, expect, test } from 'vitest';
import type { Caller } from '../../shared/api/route.ts';
import { leaveOrganization, removeUser } from '../../shared/handover/remove-user.ts';
import { getOrganization } from '../../shared/organizations/get-organization.ts';
import type { Services } from '../../shared/ports.ts';
import { resourceItem } from '../../shared/resources/resource.ts';
import type { RoleAssignment } from '../../shared/roles/role.ts';
import { keys } from '../../shared/table/keys.ts';
import { put, update } from '../../shared/table/write.ts';
import { meter } from '../support/measure.ts';
import { callerOf, servicesOf } from '../support/operations.ts';
import { newOrganization } from '../support/organization.ts';
import { aManager, aUser, plantOrganization, plantUsers } from '../support/planted.ts';
import { bound } from '../support/service-accounts.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();

describe('a removal is one transaction of at most 16 items', () => {
  const mostItems = 16;
  const manyRoles: RoleAssignment[] = [
    { role: 'organization_manager' },
    ...Array.from({ length: 49 }, (_, n) => ({ role: 'engineer' as const, poolId: `pool_${n}` })),
  ];

  const planted = async (leaver = aUser(), successor = aUser()) => {
    const actor = aManager();
    const organization = await plantOrganization([actor, leaver, successor]);
    const query = { successorId: successor.id, pendingInvites: 'keep' as const };
    return { organization, actor, leaver, successor, query };
  };

  /** The number of items in each transaction of one call of an operation. */
  const written = async (
    organizationId: string,
    by: { personId: string },
    run: (services: Services, actor: Caller) => Promise<{ ok: boolean }>,
  ): Promise<number[]> => {
    const transactions: number[] = [];
    // The first request of a day also stores when the user was last seen. Making it first keeps that write out of the count.
    const reading = { params: { organizationId }, query: {}, body: undefined };
    expect(await getOrganization(servicesOf(organizationId))(callerOf(by), reading)).toMatchObject({ ok: true });
    const services = servicesOf(organizationId, (table) => ({
      ...table,
      transact: async (writes) => {
        const { cost, measured } = meter();
        const result = await measured(table).transact(writes);
        transactions.push(cost.written);
        return result;
      },
    }));
    expect(await run(services, callerOf(by))).toMatchObject({ ok: true });
    return transactions;
  };

  type Case = Awaited<ReturnType<typeof planted>>;
  const removal = ({ organization, actor, leaver, query }: Case, more: { pendingInvites?: 'keep' | 'revoke' } = {}) =>
    written(organization.id, actor, (services, by) =>
      removeUser(services)(by, {
        params: { ...organization.params, userId: leaver.id },
        query: { ...query, ...more },
        body: undefined,
      }),
    );
  const leaving = ({ organization, leaver, query }: Case, more: { pendingInvites?: 'keep' | 'revoke' } = {}) =>
    written(organization.id, leaver, (services, by) =>
      leaveOrganization(services)(by, { params: organization.params, query: { ...query, ...more }, body: undefined }),
    );

  test.each([
    ['of a member', 13, async () => removal(await planted())],
    ['of a manager whose invites are kept', 14, async () => removal(await planted(aManager()))],
    [
      'of a manager whose invites are revoked',
      14,
      async () => removal(await planted(aManager()), { pendingInvites: 'revoke' }),
    ],
    ['of somebody with 50 roles', 14, async () => removal(await planted(aUser({ assignments: manyRoles })))],
    ['to another manager', 14, async () => removal(await planted(aManager(), aManager()))],
    [
      'to the manager who removes',
      13,
      async () => {
        const plan = await planted();
        return removal({ ...plan, query: { ...plan.query, successorId: plan.actor.id } });
      },
    ],
    ['of a member who leaves', 12, async () => leaving(await planted())],
    [
      'of a manager who leaves and passes the invites on',
      13,
      async () => leaving(await planted(aManager(), aManager())),
    ],
    [
      'of a manager who leaves and revokes the invites',
      14,
      async () => leaving(await planted(aManager()), { pendingInvites: 'revoke' }),
    ],
  ] as const)('%s: %i', async (_, items, run) => {
    const transactions = await run();
    expect(transactions).toEqual([items]);
    expect(items).toBeLessThanOrEqual(mostItems);
  });

  test('by a service account: 14', async () => {
    const organization = await newOrganization(stack);
    const machine = await stack.machine();
    await bound(organization, machine, [{ role: 'organization_manager' }]);
    const leaver = aManager();
    await plantUsers(organization.id, [leaver]);
    const transactions = await written(organization.id, machine, (services, by) =>
      removeUser(services)(by, {
        params: { ...organization.params, userId: leaver.id },
        query: { successorId: organization.manager.userId, pendingInvites: 'keep' },
        body: undefined,
      }),
    );
    expect(transactions).toEqual([14]);
  });

  test('of a user who owns 200 resources of 200 holders: 13, and none of the resources is written', async () => {
    const holders = Array.from({ length: 200 }, (_, n) => `usr_earlier_${n}`);
    const plan = await planted();
    const { id, rootPoolId } = plan.organization;
    const { table } = servicesOf(id);
    const resources = holders.map((holderId, n) =>
      resourceItem(id, {
        id: `res_${n}`,
        name: 'Server',
        type: 'vm',
        poolId: rootPoolId,
        holderId,
        tags: {},
        createdAt: '2026-11-23T12:00:00.000Z',
        ingestedIn: [],
        version: 1,
      }),
    );
    for (let start = 0; start < resources.length; start += 100)
      await table.transact(resources.slice(start, start + 100).map((item) => put(item)));
    await table.transact([update(keys.user(id, plan.leaver.id), { append: { holdings: holders } })]);
    expect(await removal(plan)).toEqual([13]);
    expect(await table.batchGet(resources)).toEqual(resources);
    expect((await table.get(keys.user(id, plan.successor.id)))?.holdings).toEqual([
      plan.successor.id,
      plan.leaver.id,
      ...holders,
    ]);
  });
});
