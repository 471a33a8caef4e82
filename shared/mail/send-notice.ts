import { noticeRetentionDays } from '../limits.ts';
import { equal } from '../table/condition.ts';
import { keys, notDue } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { guard, update } from '../table/write.ts';
import { after, day, epochSeconds } from '../time.ts';
import type { WorkServices } from '../ports.ts';
import { deliver } from './deliver.ts';
import { reasonAttributes, reasonItem } from './delivery-reason.ts';
import { noticeMail } from './notice-mail.ts';
import { parseNotice, type Notice } from './notice.ts';
import { auditFenced, fencedReason, isFenced } from './send-fence.ts';

/** Sends a notice. Returns whether sending began, or `unknown` if only a newer version of Roster understands the notice. */
export const sendNotice = async (
  services: WorkServices,
  organizationId: string,
  noticeId: string,
): Promise<boolean | 'unknown'> => {
  const table = services.tenantTable(organizationId);
  const key = keys.notice(organizationId, noticeId);
  const item = await table.get(key);
  if (!item) return false;
  const notice = parseNotice(item);
  if (notice === 'unknown') return 'unknown';
  if (isFenced(services.settings, notice.createdAt)) {
    await withhold(services, table, organizationId, notice);
    return false;
  }
  const ended = (at: string) => ({ ttl: epochSeconds(after(at, noticeRetentionDays * day)) });
  const { kind } = await deliver(services, table, {
    key,
    attempts: notice.attempts,
    mail: noticeMail(notice),
    guards: [],
    checks: [],
    taken: (at, messageId) => ({
      set: { delivery: 'sent', sentAt: at, messageId, ...ended(at) },
      remove: [...notDue, ...reasonAttributes],
    }),
    refused: (at, reason) => ({
      set: { delivery: 'failed', ...reasonItem(reason), ...ended(at) },
      remove: notDue,
    }),
  });
  return kind !== 'unclaimed';
};

/** Marks the notice as withheld; it is never sent. */
const withhold = async (
  services: WorkServices,
  table: Table,
  organizationId: string,
  { id, to }: Notice,
): Promise<void> => {
  const now = services.clock.now();
  await table.transact<'lost'>([
    update(
      keys.notice(organizationId, id),
      {
        set: {
          delivery: 'failed',
          ...reasonItem(fencedReason),
          ttl: epochSeconds(after(now, noticeRetentionDays * day)),
        },
        remove: [...notDue, 'claim'],
      },
      guard(equal('delivery', 'queued'), 'lost'),
    ),
    ...auditFenced(services, organizationId, { id, name: to }, now, 'notice'),
  ]);
};
