import { isCanary } from '../canary-organization.ts';
import type { WorkServices } from '../ports.ts';
import { present } from '../table/condition.ts';
import { due, keys } from '../table/keys.ts';
import { guard, update } from '../table/write.ts';
import { parseTotals } from './totals.ts';

/**
 * Has the worker count an organization again, because something has changed. Reports may be repeated, late or in any order: they
 * only say that the last count is out of date. One update while a count is due or in progress; otherwise one more, and a read. The
 * canary's organization is not counted.
 */
export const requestTotals = async (
  { tenantTable, clock }: Pick<WorkServices, 'tenantTable' | 'clock'>,
  organizationId: string,
): Promise<void> => {
  if (isCanary(organizationId)) return;
  const table = tenantTable(organizationId);
  const key = keys.totals(organizationId);
  const changedAt = clock.now();
  const reported = await table.update(update(key, { set: { changedAt } }, guard(present('dueAt'), 'counted')));
  if (reported.ok) return;
  const { notBefore = changedAt } = parseTotals(await table.get(key));
  const dueAt = notBefore > changedAt ? notBefore : changedAt;
  await table.update(update(key, { set: { changedAt, ...due(dueAt) } }));
};
