import type { CallOf } from '../data/client.ts';
import { actionNames } from './action-names.ts';
import type { AuditAction } from './audit-event.ts';

/** The filters of the audit log, as they are in the address of the page. */
export interface AuditFilters {
  actorId?: string | undefined;
  targetId?: string | undefined;
  action?: string | undefined;
  /** The first and the last day, `2026-11-23`, in the time zone of the browser. */
  from?: string | undefined;
  to?: string | undefined;
}

export type AuditQuery = NonNullable<CallOf<'listAuditEvents'>['query']>;

/** The query for these filters. Values that the API would refuse, such as a mistyped day in the address of the page, are ignored. */
export const auditQuery = ({ actorId, targetId, action, from, to }: AuditFilters): AuditQuery => ({
  actorId,
  targetId,
  action: action !== undefined && Object.hasOwn(actionNames, action) ? (action as AuditAction) : undefined,
  from: startOf(from, 0),
  to: startOf(to, 1),
});

/** The instant at which a day, moved by `daysLater`, begins in the time zone of the browser. Undefined if `day` is not a day. */
const startOf = (day: string | undefined, daysLater: number): string | undefined => {
  const [year, month, date] =
    /^(\d{4})-(\d\d)-(\d\d)$/
      .exec(day ?? '')
      ?.slice(1)
      .map(Number) ?? [];
  if (year === undefined || month === undefined || date === undefined) return undefined;
  return new Date(year, month - 1, date + daysLater).toISOString();
};

/** The day of a date in the time zone of the browser, `2026-11-23`. */
export const dayOf = (date: Date): string =>
  [String(date.getFullYear()).padStart(4, '0'), ...[date.getMonth() + 1, date.getDate()].map(twoDigits)].join('-');

const twoDigits = (number: number): string => String(number).padStart(2, '0');
