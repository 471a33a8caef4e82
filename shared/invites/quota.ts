import { isCanary } from '../canary-organization.ts';
import type { Settings } from '../ports.ts';
import { absent, anyOf, atMost } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, update, type Item, type Write } from '../table/write.ts';
import { day, dayOf, endOfDay, epochSeconds, after } from '../time.ts';

type QuotaSettings = Pick<Settings, 'inviteQuota'>;

/** The number of emails that an organization can request per day. The canary's organization has no limit. */
const quotaOf = (organizationId: string, { inviteQuota }: QuotaSettings): number =>
  isCanary(organizationId) ? Number.MAX_SAFE_INTEGER : inviteQuota;

/** The number of emails that an organization can still request today. `item`: the item with the key `keys.quota`. */
export const quotaLeft = (organizationId: string, item: Item | undefined, settings: QuotaSettings): number =>
  Math.max(0, quotaOf(organizationId, settings) - Number(item?.asked ?? 0));

/** Takes emails from the day's quota, in the transaction that requests them. */
export const takeQuota = <const F>(
  organizationId: string,
  mails: number,
  { now, settings, otherwise }: { now: string; settings: QuotaSettings; otherwise: F },
): Write<F> =>
  update(
    keys.quota(organizationId, dayOf(now)),
    { add: { asked: mails }, set: { ttl: epochSeconds(after(endOfDay(now), day)) } },
    guard(anyOf(absent('asked'), atMost('asked', quotaOf(organizationId, settings) - mails)), otherwise),
  );

/** Returns unused emails to the quota of a day. */
export const returnQuota = (organizationId: string, ofDay: string, mails: number): Write<never> =>
  update(keys.quota(organizationId, ofDay), { add: { asked: -mails } });
