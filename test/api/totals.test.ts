import { describe, expect, test } from 'vitest';
import { permissions } from '../../infra/permissions.ts';
import { sweepAccounts } from '../../shared/accounts/sweep-accounts.ts';
import { totalsPauseSecondsMin, totalsPauseSecondsPerRequest } from '../../shared/limits.ts';
import { due, keys } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import { put, update } from '../../shared/table/write.ts';
import { after, day, second } from '../../shared/time.ts';
import { countTotals } from '../../shared/totals/count-totals.ts';
import { getTotals } from '../../shared/totals/get-totals.ts';
import { requestTotals } from '../../shared/totals/request-totals.ts';
import { noTotals, parseTotals, type Progress } from '../../shared/totals/totals.ts';
import { userItem } from '../../shared/users/user.ts';
import { atInstant, callerOf, servicesOf, workServicesOf } from '../support/operations.ts';
import { newOrganization, take } from '../support/organization.ts';
import { aManager, aUser, plantInvite, plantOrganization, tableFor } from '../support/planted.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
const now = '2026-11-23T12:00:00.000Z';

/** An organization of four users and a removed one, with its worker at an instant. `change` is applied to the worker's table. */
const planted = async () => {
  const manager = aManager({ name: 'Mara' });
  const root = 'pool_root';
  const { id, params } = await plantOrganization([
    manager,
    aUser(),
    aUser({ assignments: [{ role: 'engineer', poolId: root }, { role: 'member' }] }),
    aUser({
      assignments: [
        { role: 'engineer', poolId: root },
        { role: 'engineer', poolId: 'pool_2' },
      ],
    }),
  ]);
  const gone = aUser({ status: 'removed', removedAt: now, removedBy: manager.id, successorId: manager.id });
  await tableFor(id).transact([put(userItem(id, gone))]);
  const worker = (instant = now, change: (table: Table) => Table = (table) => table) => {
    const services = workServicesOf();
    const tenantTable: typeof services.tenantTable = (...roots) => change(services.tenantTable(...roots));
    return atInstant({ ...services, tenantTable }, instant);
  };
  const totals = async () => {
    const result = await getTotals(servicesOf(id))(callerOf(manager), { params, query: {}, body: undefined });
    return result.ok ? result.value.totals : expect.unreachable(result.error.code);
  };
  const stored = async () => parseTotals(await tableFor(id).get(keys.totals(id)));
  const count = async (instant = now, change?: (table: Table) => Table) => {
    await countTotals(worker(instant, change), id);
    return stored();
  };
  const report = (instant = now) => requestTotals(worker(instant), id);
  return { id, manager, worker, totals, stored, count, report };
};

describe('the totals of an organization', () => {
  test('are absent before the first count, and then the numbers of users and pending invites', async () => {
    const { id, manager, totals, count, report } = await planted();
    const expiresAt = after(now, 5 * day);
    await plantInvite(id, manager, { expiresAt });
    await plantInvite(id, manager, { expiresAt, delivery: 'bounced' });
    await plantInvite(id, manager, { expiresAt: after(now, day) });
    await plantInvite(id, manager, { expiresAt: after(now, -day), delivery: 'bounced' });
    await plantInvite(id, manager, { expiresAt, ending: 'revoked' });
    expect(await totals()).toBeUndefined();
    await count();
    expect(await totals()).toBeUndefined();
    await report();
    await count();
    expect(await totals()).toEqual({
      asOf: now,
      users: 4,
      byRole: { organization_manager: 1, manager: 0, engineer: 2, member: 2 },
      removed: 1,
      pending: 3,
      bounced: 1,
      expiring: 1,
    });
  });

  test('do not show the number of removed users while their list is incomplete', async () => {
    const { id, totals, count, report } = await planted();
    await report();
    await count();
    await tableFor(id).transact([update(keys.organization(id), { remove: ['timeListVersion'] })]);
    expect(await totals()).toMatchObject({ users: 4 });
    expect(await totals()).not.toHaveProperty('removed');
  });

  test('are counted once however often and in whatever order changes are reported', async () => {
    const { count, report } = await planted();
    await Promise.all([report(), report(after(now, -day)), report()]);
    const counted = await count();
    expect(counted).toMatchObject({ asOf: now, counted: { users: 4 } });
    expect(counted.dueAt).toBeUndefined();
  });

  test('are counted again after a pause when a change is reported', async () => {
    const { count, report, stored } = await planted();
    await report();
    const { notBefore = '' } = await count();
    const soonest = after(now, totalsPauseSecondsMin * second);
    expect(notBefore >= soonest).toBe(true);
    const soon = after(now, second);
    await report(soon);
    expect((await stored()).dueAt).toBe(notBefore);
    expect((await count(soon)).asOf).toBe(now);
    const again = await count(notBefore);
    expect(again.asOf).toBe(notBefore);
    expect(again.dueAt).toBeUndefined();
    const muchLater = after(notBefore, day);
    await report(muchLater);
    expect((await stored()).dueAt).toBe(muchLater);
  });

  test('are counted again when a change is reported during the count', async () => {
    const { count, report } = await planted();
    await report();
    let reported: Promise<void> | undefined;
    const counted = await count(now, (table) => ({
      ...table,
      count: async (query) => {
        await (reported ??= report(after(now, second)));
        return table.count(query);
      },
    }));
    expect(counted).toMatchObject({ asOf: now, dueAt: counted.notBefore });
  });

  test('of a large organization are counted in steps, and the pause grows with the count', async () => {
    const { id, count } = await planted();
    const found = { ...noTotals(), users: 1_000_000 };
    const progress: Progress = { startedAt: after(now, -day), place: 1, requests: 400, found };
    await tableFor(id).transact([
      put({ ...keys.totals(id), ...due(now), changedAt: progress.startedAt, progress: JSON.stringify(progress) }),
    ]);
    const counted = await count();
    expect(counted).toMatchObject({ asOf: progress.startedAt, counted: { users: 1_000_000, removed: 1 } });
    expect(Date.parse(counted.notBefore ?? '') - Date.parse(now)).toBeGreaterThanOrEqual(
      400 * totalsPauseSecondsPerRequest * second,
    );
    expect(counted.progress).toBeUndefined();
  });

  test('are repaired by the daily sweep of the accounts', async () => {
    const { id, worker, stored } = await planted();
    await tableFor(id).transact([update(keys.organization(id), { set: due(now) })]);
    await sweepAccounts(worker(), id);
    expect((await stored()).dueAt).toBe(now);
  });

  test('are counted after the changes that the stream reports', async () => {
    const organization = await newOrganization(stack);
    await stack.mailsTo(organization.manager.email);
    const { totals } = take(await organization.manager.client.getTotals({ params: organization.params }));
    expect(totals).toMatchObject({ users: 1, byRole: { organization_manager: 1, member: 0 }, pending: 0 });
  });

  test('are written by the worker alone, so no request waits for them', () => {
    const writers = Object.entries(permissions).flatMap(([name, { table = {} }]) =>
      [table.PutItem, table.UpdateItem, table.DeleteItem, table.ConditionCheckItem].some((all) =>
        all?.includes('totals'),
      )
        ? [name]
        : [],
    );
    expect(writers).toEqual(['work']);
  });
});
