import { parseAuditEvent, type AuditAction } from '../../shared/audit/audit-event.ts';
import { isCanary } from '../../shared/canary-organization.ts';
import { entryOf } from '../../shared/open-enum.ts';
import type { MetricName } from '../../shared/platform/metrics.ts';
import { isAuditEvent, organizationOfPartition } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import { count } from './metrics.ts';

const metricOf: Partial<Record<AuditAction, MetricName>> = {
  invites_created: 'InvitesCreated',
  invite_accepted: 'InvitesAccepted',
  user_removed: 'Removals',
  user_left: 'Removals',
  user_restored: 'Restores',
};

/** A table that counts effects by the audit events that it writes, so that a repeated request does not count twice. */
export const countedTable = (table: Table): Table => ({
  ...table,
  transact: async (writes, pausing) => {
    const result = await table.transact(writes, pausing);
    if (!result.ok) return result;
    for (const { key, effect } of writes) {
      if (effect.kind !== 'put' || !isAuditEvent(key) || isCanary(organizationOfPartition(key.pk))) continue;
      const { action, targets } = parseAuditEvent(effect.item);
      const name = entryOf(metricOf, action);
      if (name) count(name, action === 'invites_created' ? targets.length : 1);
    }
    return result;
  },
});
