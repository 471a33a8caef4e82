import { budgetPerDelivery, deliveriesPerComplaint } from '../limits.ts';
import type { Organization } from '../organizations/organization.ts';
import type { Settings } from '../ports.ts';
import { day } from '../time.ts';

/** What became of the invite emails of an organization, since its beginning. */
export interface MailRecord {
  delivered: number;
  complained: number;
  /** The budget to which operators have raised the organization. 0: not raised. */
  raisedTo: number;
}

/**
 * The number of emails per day that an organization may request. A new organization starts with `inviteQuotaStart`. The budget grows
 * by that number with each full day of its age, but only as far as its delivered emails justify: by `budgetPerDelivery` for each.
 * A complaint takes back `deliveriesPerComplaint` deliveries. It never exceeds `inviteQuota`, unless operators have raised it.
 */
export const dailyBudget = (
  { createdAt }: Pick<Organization, 'createdAt'>,
  { delivered, complained, raisedTo }: MailRecord,
  { inviteQuota, inviteQuotaStart }: Pick<Settings, 'inviteQuota' | 'inviteQuotaStart'>,
  now: string,
): number => {
  const fullDays = Math.max(0, Math.floor((Date.parse(now) - Date.parse(createdAt)) / day));
  const earned = budgetPerDelivery * Math.max(0, delivered - deliveriesPerComplaint * complained);
  const grown = inviteQuotaStart + Math.min(fullDays * inviteQuotaStart, earned);
  return Math.max(Math.min(inviteQuota, grown), raisedTo);
};
