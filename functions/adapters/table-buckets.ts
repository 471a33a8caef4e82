import { Unavailable } from '../../shared/errors.ts';
import { enlarged, fullAtMax, refillTime, take } from '../../shared/fair-use/bucket.ts';
import { organizationBucket, personBucket } from '../../shared/fair-use/fair-use-limits.ts';
import { personsCountedMax } from '../../shared/limits.ts';
import type { Buckets, TenantTable } from '../../shared/ports.ts';
import { ok, type Result } from '../../shared/result.ts';
import { absent, anyOf, atMost } from '../../shared/table/condition.ts';
import { keys, partitions } from '../../shared/table/keys.ts';
import { guard, update } from '../../shared/table/write.ts';
import { after, day, epochSeconds } from '../../shared/time.ts';
import { count } from './metrics.ts';
import { recentMap } from './recent-map.ts';

const usualLimits = { person: personBucket, organization: organizationBucket };

/**
 * Token buckets in the table, which all function instances share. An update outside a transaction adds to a bucket, so that calls
 * at the same time never conflict. The instance remembers how full a bucket was at most, so that further calls of somebody who
 * has used up a bucket are refused without a write.
 */
export const tableBuckets = (tenantTable: TenantTable, factor: number): Buckets => {
  const limits = {
    person: enlarged(usualLimits.person, factor),
    organization: enlarged(usualLimits.organization, factor),
  };
  /** The instant at which each bucket is full again, or earlier: other instances may have taken more since. */
  const fullAgain = recentMap<number>(personsCountedMax);

  const takeFrom = async (
    owner: keyof typeof limits,
    tenant: string,
    units: number,
    now: string,
  ): Promise<Result<void>> => {
    const limit = limits[owner];
    const time = Date.parse(now);
    const add = refillTime(limit, units);
    const table = tenantTable(tenant);
    const key = keys.bucket(tenant);
    const ttl = epochSeconds(after(now, day));
    const known = take(limit, units, time, fullAgain.get(tenant));
    if (!known.ok) return known;
    if ((fullAgain.get(tenant) ?? 0) <= time) {
      // A full bucket holds no more than its size, however long nothing was taken.
      const refilled = guard(anyOf(absent('fullAt'), atMost('fullAt', time)), 'in use');
      const first = await table.update(update(key, { set: { fullAt: time + add, ttl } }, refilled));
      if (first.ok) {
        fullAgain.set(tenant, time + add);
        return ok(undefined);
      }
      fullAgain.set(tenant, Number(first.lost[0]?.old?.fullAt ?? 0));
    }
    const enough = guard(atMost('fullAt', fullAtMax(limit, units, time)), 'too_many_requests');
    const second = await table.update(update(key, { add: { fullAt: add }, set: { ttl } }, enough));
    if (second.ok) {
      fullAgain.set(tenant, Math.max(time, fullAgain.get(tenant) ?? 0) + add);
      return ok(undefined);
    }
    const fullAt = Number(second.lost[0]?.old?.fullAt ?? 0);
    fullAgain.set(tenant, fullAt);
    const refused = take(limit, units, time, fullAt);
    return refused.ok ? ok(undefined) : refused;
  };

  return {
    take: (owner, id, units, now) =>
      takeFrom(owner, tenantOf(owner, id), units, now).catch((error: unknown) => {
        if (!(error instanceof Unavailable)) throw error;
        count('UnchargedCalls');
        return ok(undefined);
      }),
    putBack: async (owner, id, units) => {
      const tenant = tenantOf(owner, id);
      const back = refillTime(limits[owner], units);
      fullAgain.set(tenant, (fullAgain.get(tenant) ?? 0) - back);
      await tenantTable(tenant)
        .update(update(keys.bucket(tenant), { add: { fullAt: -back } }))
        .catch((error: unknown) => {
          if (!(error instanceof Unavailable)) throw error;
        });
    },
  };
};

const tenantOf = (owner: keyof typeof usualLimits, id: string): string =>
  owner === 'person' ? partitions.person(id) : id;
