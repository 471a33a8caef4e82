import { isCanary } from '../canary-organization.ts';
import type { Organization } from '../organizations/organization.ts';
import type { Settings } from '../ports.ts';
import { absent, anyOf, atMost } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { guard, update, type Item, type Key, type Write } from '../table/write.ts';
import { day, dayOf, endOfDay, epochSeconds, after } from '../time.ts';
import { dailyBudget } from './mail-budget.ts';

type QuotaSettings = Pick<Settings, 'inviteQuota' | 'inviteQuotaStart'>;

/** Who requests emails: a person or a service account, for an organization. */
export interface Requester {
  organizationId: string;
  personId: string;
}

/** The keys of the counts of a day: of the organization, and of the person in all organizations. */
const countKeys = ({ organizationId, personId }: Requester, ofDay: string): Key[] => [
  keys.quota(organizationId, ofDay),
  keys.personMails(personId, ofDay),
];

/** The keys of the items from which `readQuotaLeft` computes. */
export const quotaKeys = (requester: Requester, now: string): Key[] => [
  keys.mailRecord(requester.organizationId),
  ...countKeys(requester, dayOf(now)),
];

/**
 * The number of emails that can be requested today for an organization, which is also the limit of a person's requests for all
 * organizations together. A person with several new organizations thus has the budget of one.
 */
export const readQuota = async (
  table: Table,
  organization: Pick<Organization, 'id' | 'createdAt'>,
  { settings, now }: { settings: QuotaSettings; now: string },
): Promise<number> =>
  // Nobody receives the canary's emails.
  isCanary(organization.id)
    ? Number.MAX_SAFE_INTEGER
    : dailyBudget(organization, mailRecord(await table.get(keys.mailRecord(organization.id))), settings, now);

const mailRecord = (item: Item | undefined) => ({
  delivered: Number(item?.delivered ?? 0),
  complained: Number(item?.complained ?? 0),
  raisedTo: Number(item?.raisedTo ?? 0),
});

/** The number of emails of today's quota that the organization and the person can still request. */
export const readQuotaLeft = async (
  table: Table,
  requester: Requester,
  quota: number,
  now: string,
): Promise<number> => {
  const counts = await table.batchGet(countKeys(requester, dayOf(now)));
  return Math.max(0, quota - Math.max(...counts.map((item) => Number(item?.asked ?? 0))));
};

/** Takes emails from the day's quota of the organization and of the person, in the transaction that requests them. */
export const takeQuota = <const F>(
  requester: Requester,
  mails: number,
  { now, quota, otherwise }: { now: string; quota: number; otherwise: F },
): Write<F>[] =>
  countKeys(requester, dayOf(now)).map((key) =>
    update(
      key,
      { add: { asked: mails }, set: { ttl: epochSeconds(after(endOfDay(now), day)) } },
      guard(anyOf(absent('asked'), atMost('asked', quota - mails)), otherwise),
    ),
  );

/** Returns unused emails to the quota of a day. */
export const returnQuota = (requester: Requester, ofDay: string, mails: number): Write<never>[] =>
  countKeys(requester, ofDay).map((key) => update(key, { add: { asked: -mails } }));
