import { dynamodbTransactionItemsMax, noticeRetentionDays, noticesGatheredMax } from '../limits.ts';
import type { WorkServices } from '../ports.ts';
import { absent, equal, type Condition } from '../table/condition.ts';
import { indexAttributes, keys, notDue, partitions } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { guard, update, type Write } from '../table/write.ts';
import { after, day, epochSeconds } from '../time.ts';
import { foldChanges } from './fold-changes.ts';
import { changesOf, parseNotice, type Notice } from './notice.ts';

/**
 * Gathers the other waiting notices to the recipient of a due notice, so that one email reports all changes. Each transaction
 * moves changes from other notices into this one, so that a change is always in exactly one notice that will be sent. Returns the
 * notice with its changes, or undefined if another run works on the same notices.
 */
export const gatherNotices = async (
  { clock }: Pick<WorkServices, 'clock'>,
  table: Table,
  organizationId: string,
  lead: Notice,
): Promise<Notice | undefined> => {
  if (lead.personId === undefined || lead.attempts > 0) return lead;
  let gathering = lead;
  let position: string | undefined;
  do {
    const page = await table.query({
      index: 'gsi1',
      pk: partitions.waitingNotices(organizationId, lead.personId),
      limit: dynamodbTransactionItemsMax - 1,
      ...(position !== undefined && { after: position }),
    });
    position = page.next;
    const items = await table.batchGet(page.items.map(({ sk }) => keys.notice(organizationId, sk)));
    const others = items.flatMap((item) => (item ? parseNotice(item) : [])).filter((other) => other !== 'unknown');
    const waiting = others.filter((other) => mayJoin(other, lead));
    if (waiting.length === 0) continue;
    const gathered: Notice = {
      ...gathering,
      kind: 'summary',
      changes: foldChanges([gathering, ...waiting].toSorted(oldestFirst).flatMap(changesOf)),
      gathered: (gathering.gathered ?? 0) + waiting.length,
    };
    const { kind, changes } = gathered;
    const moved = await table.transact<'lost'>([
      update(
        keys.notice(organizationId, lead.id),
        { set: { kind, changes, gathered: gathered.gathered } },
        guard(equal('delivery', 'queued'), 'lost'),
        guard(equal('attempts', 0), 'lost'),
        guard(sameGathering(gathering), 'lost'),
      ),
      ...waiting.map((other) => join(organizationId, other, lead, clock.now())),
    ]);
    if (!moved.ok) return undefined;
    gathering = gathered;
  } while (position !== undefined && (gathering.gathered ?? 0) < noticesGatheredMax);
  return gathering;
};

/** Ids sort by time. */
const oldestFirst = (a: Notice, b: Notice): number => (a.id < b.id ? -1 : 1);

/** Whether a notice contains exactly the changes that were read. */
export const sameGathering = ({ gathered }: Notice): Condition =>
  gathered === undefined ? absent('gathered') : equal('gathered', gathered);

const mayJoin = (other: Notice, lead: Notice): boolean =>
  other.id !== lead.id && other.to === lead.to && other.delivery === 'queued' && other.attempts === 0;

/** Ends a notice whose changes the lead reports. */
const join = (organizationId: string, other: Notice, lead: Notice, now: string): Write<'lost'> =>
  update(
    keys.notice(organizationId, other.id),
    {
      set: {
        delivery: 'gathered',
        gatheredBy: lead.id,
        ttl: epochSeconds(after(now, noticeRetentionDays * day)),
      },
      remove: [...notDue, ...indexAttributes('gsi1')],
    },
    guard(equal('delivery', 'queued'), 'lost'),
    guard(equal('attempts', 0), 'lost'),
    guard(sameGathering(other), 'lost'),
  );
