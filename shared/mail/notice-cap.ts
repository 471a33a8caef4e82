import { noticesPerPersonAndDayMax, noticesReservedPerDay } from '../limits.ts';
import { absent, anyOf, below } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, update, type Write } from '../table/write.ts';
import { after, day, dayOf, endOfDay, epochSeconds } from '../time.ts';
import type { DeliveryReason } from './delivery-codes.ts';
import { isOptional } from './notification-settings.ts';
import type { Change } from './notice.ts';

/** Why a notice waits until the next day. */
export const capReason: DeliveryReason = {
  code: 'notice_limit_reached',
  parameters: { limit: String(noticesPerPersonAndDayMax) },
};

/**
 * Counts an email to a person on a day, from all organizations. Emails that report nothing about the person's own access leave
 * `noticesReservedPerDay` of the day's emails to those that do, so that nobody can hide a removal behind other notices.
 */
export const countNotice = (personId: string, changes: readonly Change[], now: string): Write<'cap'> => {
  const reserved = changes.every(({ kind }) => isOptional(kind)) ? noticesReservedPerDay : 0;
  return update(
    keys.noticeDay(personId, dayOf(now)),
    { add: { mails: 1 }, set: { ttl: epochSeconds(after(endOfDay(now), day)) } },
    guard(anyOf(absent('mails'), below('mails', noticesPerPersonAndDayMax - reserved)), 'cap'),
  );
};

/** Takes back the count of an email that SES did not accept. */
export const uncountNotice = (personId: string, now: string): Write<never> =>
  update(keys.noticeDay(personId, dayOf(now)), { add: { mails: -1 } });

/** Counts a notice that waits because of the limit. */
export const countHeldNotice = (personId: string, now: string): Write<never> =>
  update(keys.noticeDay(personId, dayOf(now)), { add: { held: 1 } });
