import { absent } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { check, guard, put, type Write } from '../table/write.ts';

/** An address that mails of the organization bounced at, or whose owner complained: no more are sent to it. */
export const suppress = (organizationId: string, email: string, reason: string, now: string): Write<'known'> =>
  put({ ...keys.suppression(organizationId, email), reason, at: now }, guard(absent('pk'), 'known'));

/** Condition of a mail: its address is not suppressed. */
export const notSuppressed = <const F>(organizationId: string, email: string, otherwise: F): Write<F> =>
  check(keys.suppression(organizationId, email), guard(absent('pk'), otherwise));
