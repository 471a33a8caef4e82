import { isCanary } from '../canary-organization.ts';
import type { Settings } from '../ports.ts';
import { absent, anyOf, atMost } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, update, type Item, type Write } from '../table/write.ts';
import { day, dayOf, endOfDay, epochSeconds, after } from '../time.ts';

type QuotaSettings = Pick<Settings, 'inviteQuota'>;

/** The mails that an organization may ask for in a day. The canary's organization has no limit. */
const quotaOf = (organizationId: string, { inviteQuota }: QuotaSettings): number =>
  isCanary(organizationId) ? Number.MAX_SAFE_INTEGER : inviteQuota;

/** The mails that an organization may still ask for today. `item`: the item with the key `keys.quota`. */
export const quotaLeft = (organizationId: string, item: Item | undefined, settings: QuotaSettings): number =>
  Math.max(0, quotaOf(organizationId, settings) - Number(item?.asked ?? 0));

/** Takes mails from the day's quota, in the transaction that asks for them. */
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

/** Returns mails that were taken from the quota of a day and not used. */
export const returnQuota = (organizationId: string, ofDay: string, mails: number): Write<never> =>
  update(keys.quota(organizationId, ofDay), { add: { asked: -mails } });
