import { isCanary } from '../canary-organization.ts';
import type { WorkServices } from '../ports.ts';
import { present } from '../table/condition.ts';
import { due, keys } from '../table/keys.ts';
import { guard, update } from '../table/write.ts';
import { parseTotals } from './totals.ts';

/**
 * Schedules a new count of an organization after a change. Reports can be repeated, late or in any order, because they only mean
 * that the last count is outdated. One update while a count is due or in progress; otherwise one more, and a read. The canary's
 * organization is not counted.
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
