import { isIPv6 } from 'node:net';
import type { Services } from '../../shared/ports.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { absent, anyOf, below } from '../../shared/table/condition.ts';
import { keys, partitions } from '../../shared/table/keys.ts';
import { guard, update } from '../../shared/table/write.ts';
import { after, epochSeconds, minute, secondsUntil } from '../../shared/time.ts';

/** The number of characters of an instant up to its minute: `2026-11-23T12:05`. */
const toTheMinute = 16;

/** Allows this number of requests per minute from one source address. Throws `Unavailable` if the requests cannot be counted. */
export const limitSource = async (
  { tenantTable, clock, settings }: Pick<Services, 'tenantTable' | 'clock' | 'settings'>,
  address: string,
): Promise<Result<void>> => {
  const source = networkOf(address);
  const now = clock.now();
  const counted = await tenantTable(partitions.source(source)).transact([
    update(
      keys.sourceMinute(source, now.slice(0, toTheMinute)),
      { add: { requests: 1 }, set: { ttl: epochSeconds(after(now, 10 * minute)) } },
      guard(anyOf(absent('requests'), below('requests', settings.requestsPerSource)), 'too_many_requests'),
    ),
  ]);
  if (counted.ok) return ok(undefined);
  const nextMinute = after(`${now.slice(0, toTheMinute)}:00.000Z`, minute);
  return fail('too_many_requests', 'Wait a minute.', {
    retryAfter: secondsUntil(now, nextMinute),
    limit: { name: 'address', quota: settings.requestsPerSource, unit: 'requests', windowSeconds: 60, remaining: 0 },
  });
};

/** The whole IPv4 address, or the first 64 bits of an IPv6 address, which one household or office shares. */
const networkOf = (address: string): string => {
  if (!isIPv6(address)) return address;
  if (address.includes('.')) return address.slice(address.lastIndexOf(':') + 1);
  const [head = '', tail = ''] = address.split('::');
  const groups = (part: string) => (part ? part.split(':') : []);
  const zeros = Array<string>(Math.max(0, 8 - groups(head).length - groups(tail).length)).fill('0');
  return [...groups(head), ...(address.includes('::') ? zeros : []), ...groups(tail)].slice(0, 4).join(':');
};
