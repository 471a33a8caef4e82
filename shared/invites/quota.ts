import { absent, anyOf, atMost } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, update, type Item, type Write } from '../table/write.ts';
import { day, dayOf, endOfDay, epochSeconds, after } from '../time.ts';

/** Mails that the organization may still ask for today. `quota`: a day's. `item`: what `keys.quota` holds. */
export const quotaLeft = (item: Item | undefined, quota: number): number =>
  Math.max(0, quota - Number(item?.asked ?? 0));

/** Takes mails from the day's quota, in the transaction that asks for them. */
export const takeQuota = <const F>(
  organizationId: string,
  mails: number,
  { now, quota, otherwise }: { now: string; quota: number; otherwise: F },
): Write<F> =>
  update(
    keys.quota(organizationId, dayOf(now)),
    { add: { asked: mails }, set: { ttl: epochSeconds(after(endOfDay(now), day)) } },
    guard(anyOf(absent('asked'), atMost('asked', quota - mails)), otherwise),
  );

/** Returns mails that were taken from the quota of a day and not used. */
export const returnQuota = (organizationId: string, ofDay: string, mails: number): Write<never> =>
  update(keys.quota(organizationId, ofDay), { add: { asked: -mails } });
