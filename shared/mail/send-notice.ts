import { noticeRetentionDays } from '../limits.ts';
import { equal } from '../table/condition.ts';
import { indexAttributes, keys, notDue } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { guard, update } from '../table/write.ts';
import { after, day, epochSeconds } from '../time.ts';
import type { WorkServices } from '../ports.ts';
import { deliver } from './deliver.ts';
import { reasonAttributes, reasonItem } from './delivery-reason.ts';
import { reportedChanges } from './fold-changes.ts';
import { gatherNotices, sameGathering } from './gather-notices.ts';
import { noticeMail } from './notice-mail.ts';
import { changesOf, parseNotice, type Notice } from './notice.ts';
import { auditFenced, fencedReason, isFenced } from './send-fence.ts';

/** Attributes of a notice that is not to be sent any more: it is neither due nor waits to be gathered. */
const ended = [...notDue, ...indexAttributes('gsi1')];

/**
 * Sends a notice together with the other waiting notices to its recipient. Returns whether sending began, or `unknown` if only a
 * newer version of Roster understands the notice.
 */
export const sendNotice = async (
  services: WorkServices,
  organizationId: string,
  noticeId: string,
): Promise<boolean | 'unknown'> => {
  const table = services.tenantTable(organizationId);
  const key = keys.notice(organizationId, noticeId);
  const item = await table.get(key);
  if (!item) return false;
  const found = parseNotice(item);
  if (found === 'unknown') return 'unknown';
  // The due index may still list a notice that another one has just gathered.
  if (found.delivery !== 'queued') return false;
  if (isFenced(services.settings, found.createdAt)) {
    await withhold(services, table, organizationId, found);
    return false;
  }
  const notice = await gatherNotices(services, table, organizationId, found);
  if (!notice) return false;
  const changes = reportedChanges(changesOf(notice));
  if (changes.length === 0) {
    await skip(services, table, organizationId, notice);
    return false;
  }
  const { kind } = await deliver(services, table, {
    key,
    attempts: notice.attempts,
    mail: noticeMail(notice, changes),
    guards: [guard(sameGathering(notice), 'lost')],
    checks: [],
    taken: (at, messageId) => ({
      set: { delivery: 'sent', sentAt: at, messageId, ttl: retainedUntil(at) },
      remove: [...ended, ...reasonAttributes],
    }),
    refused: (at, reason) => ({
      set: { delivery: 'failed', ...reasonItem(reason), ttl: retainedUntil(at) },
      remove: ended,
    }),
  });
  return kind !== 'unclaimed';
};

const retainedUntil = (at: string): number => epochSeconds(after(at, noticeRetentionDays * day));

/** Ends a notice whose changes cancelled out. */
const skip = async (
  { clock }: Pick<WorkServices, 'clock'>,
  table: Table,
  organizationId: string,
  notice: Notice,
): Promise<void> => {
  await table.transact<'lost'>([
    update(
      keys.notice(organizationId, notice.id),
      { set: { delivery: 'skipped', ttl: retainedUntil(clock.now()) }, remove: ended },
      guard(sameGathering(notice), 'lost'),
    ),
  ]);
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
          ttl: retainedUntil(now),
        },
        remove: [...ended, 'claim'],
      },
      guard(equal('delivery', 'queued'), 'lost'),
    ),
    ...auditFenced(services, organizationId, { id, name: to }, now, 'notice'),
  ]);
};
