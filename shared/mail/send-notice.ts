import { noticeRetentionDays } from '../limits.ts';
import { equal } from '../table/condition.ts';
import { due, indexAttributes, keys, notDue, partitions } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { guard, update, type Item } from '../table/write.ts';
import { after, day, endOfDay, epochSeconds } from '../time.ts';
import type { WorkServices } from '../ports.ts';
import { deliver } from './deliver.ts';
import { reasonAttributes, reasonItem } from './delivery-reason.ts';
import { reportedChanges } from './fold-changes.ts';
import { gatherNotices, sameGathering } from './gather-notices.ts';
import { capReason, countHeldNotice, countNotice, uncountNotice } from './notice-cap.ts';
import { noticeMail } from './notice-mail.ts';
import { findNotificationSettings, wants } from './notification-settings.ts';
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
  const { personTable, tenantTable, clock } = services;
  const table = tenantTable(organizationId);
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
  const reported = reportedChanges(changesOf(notice));
  const { personId } = notice;
  const settings = personId === undefined ? undefined : await findNotificationSettings(personTable(personId), personId);
  const changes = reported.filter(({ kind }) => !settings || wants(settings, kind));
  if (changes.length === 0) {
    await skip(services, table, organizationId, notice);
    return false;
  }
  const now = clock.now();
  const ofRecipient = personId === undefined ? [] : [partitions.person(personId)];
  const delivered = await deliver<'cap'>(services, tenantTable(organizationId, ...ofRecipient), {
    key,
    attempts: notice.attempts,
    mail: noticeMail(notice, changes),
    guards: [guard(sameGathering(notice), 'lost')],
    checks: personId === undefined ? [] : [countNotice(personId, changes, now)],
    uncounted: personId === undefined ? [] : [uncountNotice(personId, now)],
    taken: (at, messageId) => ({
      set: { delivery: 'sent', sentAt: at, messageId, ttl: retainedUntil(at) },
      remove: [...ended, ...reasonAttributes],
    }),
    refused: (at, reason) => ({
      set: { delivery: 'failed', ...reasonItem(reason), ttl: retainedUntil(at) },
      remove: ended,
    }),
  });
  if (delivered.kind !== 'unclaimed') return true;
  if (delivered.because === 'cap' && personId !== undefined) await postpone(services, organizationId, notice, item);
  return false;
};

const retainedUntil = (at: string): number => epochSeconds(after(at, noticeRetentionDays * day));

/** Lets a notice wait until the next day, when it gathers the others that waited with it. */
const postpone = async (
  { tenantTable, clock }: Pick<WorkServices, 'tenantTable' | 'clock'>,
  organizationId: string,
  { id, personId = '' }: Notice,
  { dueAt }: Item,
): Promise<void> => {
  const now = clock.now();
  await tenantTable(organizationId, partitions.person(personId)).transact<'lost'>([
    update(
      keys.notice(organizationId, id),
      { set: { ...reasonItem(capReason), ...due(endOfDay(now)) }, remove: ['wake'] },
      guard(equal('dueAt', String(dueAt)), 'lost'),
    ),
    countHeldNotice(personId, now),
  ]);
};

/** Ends a notice without changes that its recipient wants to hear of. */
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
