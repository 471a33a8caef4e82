import { bounceShareMax, bounceWindowDays, bouncesMin, mailCountRetentionDays } from '../limits.ts';
import { keys, partitions } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { update, type Write } from '../table/write.ts';
import { after, day, dayOf, epochSeconds } from '../time.ts';

/** Counts what became of mails, by the day it became known. */
export const countMails = (
  organizationId: string,
  counts: Partial<Record<'sent' | 'bounced', number>>,
  now: string,
): Write<never> =>
  update(keys.mailDay(organizationId, dayOf(now)), {
    add: counts,
    set: { ttl: epochSeconds(after(now, mailCountRetentionDays * day)) },
  });

/** The counted days over which bounces are counted. */
export const recentMailDays = async (table: Table, organizationId: string, now: string) => {
  const page = await table.query({
    pk: partitions.mailDays(organizationId),
    after: dayOf(after(now, -bounceWindowDays * day)),
    limit: bounceWindowDays + 1,
  });
  return page.items.map(({ sk, sent, bounced }) => ({
    day: sk,
    sent: Number(sent ?? 0),
    bounced: Number(bounced ?? 0),
  }));
};

/** Whether so many of an organization's mails bounced that no more are sent until an operator says so: the account's reputation is everybody's. One request. */
export const isPaused = async (table: Table, organizationId: string, now: string): Promise<boolean> => {
  const days = await recentMailDays(table, organizationId, now);
  const bounced = days.reduce((sum, each) => sum + each.bounced, 0);
  const sent = days.reduce((sum, each) => sum + each.sent, 0);
  return bounced >= bouncesMin && bounced > bounceShareMax * sent;
};
