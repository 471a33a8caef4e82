import { bounceShareMax, bounceWindowDays, bouncesMin, mailCountRetentionDays } from '../limits.ts';
import { keys, partitions } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { update, type Write } from '../table/write.ts';
import { after, day, dayOf, epochSeconds } from '../time.ts';

/** Counts sent and bounced emails, by the day on which this became known. */
export const countMails = (
  organizationId: string,
  counts: Partial<Record<'sent' | 'bounced', number>>,
  now: string,
): Write<never> =>
  update(keys.mailDay(organizationId, dayOf(now)), {
    add: counts,
    set: { ttl: epochSeconds(after(now, mailCountRetentionDays * day)) },
  });

/** The daily counts of sent and bounced emails in the period that decides whether sending is paused. */
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

/**
 * Whether an organization's emails are paused because too many bounced: all organizations share the reputation of one SES
 * account. The pause ends when an operator resumes sending or when the bounces are older than the counted period. One request.
 */
export const isPaused = async (table: Table, organizationId: string, now: string): Promise<boolean> => {
  const days = await recentMailDays(table, organizationId, now);
  const bounced = days.reduce((sum, each) => sum + each.bounced, 0);
  const sent = days.reduce((sum, each) => sum + each.sent, 0);
  return bounced >= bouncesMin && bounced > bounceShareMax * sent;
};
