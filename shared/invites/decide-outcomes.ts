import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import type { Key } from '../table/write.ts';
import { dayOf } from '../time.ts';
import { findAddressStates } from './address.ts';
import { quotaLeft } from './quota.ts';
import type { SortedAddress } from './sort-addresses.ts';

export interface DecidedOutcome {
  email: string;
  outcome: SortedAddress['outcome'] | 'already_member' | 'already_invited' | 'suppressed' | 'over_quota';
  /** An ended invite that still holds the address. */
  replaces?: string;
}

/** What inviting these addresses is decided by: the day's quota, and of each address its item and its suppression. */
export const outcomeKeys = (organizationId: string, emails: readonly string[], now: string): Key[] => [
  keys.quota(organizationId, dayOf(now)),
  ...emails.map((email) => keys.address(organizationId, email)),
  ...emails.map((email) => keys.suppression(organizationId, email)),
];

/** The addresses of a list that can be invited, as far as the request alone tells. */
export const invitable = (addresses: readonly SortedAddress[]): string[] =>
  addresses.filter(({ outcome }) => outcome === 'created').map(({ email }) => email);

/**
 * The outcome of inviting each address, as the table is now. `quota`: mails a day; absent: nothing is to be mailed. One request,
 * and two more where addresses are held by invites.
 */
export const decideOutcomes = async (
  table: Table,
  organizationId: string,
  addresses: readonly SortedAddress[],
  { now, quota = Number.POSITIVE_INFINITY }: { now: string; quota?: number },
): Promise<DecidedOutcome[]> => {
  const emails = invitable(addresses);
  const [[requested, ...items], states] = await Promise.all([
    table.batchGet(outcomeKeys(organizationId, emails, now)),
    findAddressStates(table, organizationId, emails, now),
  ]);
  const suppressed = new Set(emails.filter((_, index) => items[emails.length + index] !== undefined));
  let left = quotaLeft(requested, quota);
  return addresses.map(({ email, outcome }): DecidedOutcome => {
    if (outcome !== 'created') return { email, outcome };
    const state = states.get(email);
    if (state?.kind === 'member') return { email, outcome: 'already_member' };
    if (state?.kind === 'invited') return { email, outcome: 'already_invited' };
    const replaces = state?.kind === 'dead' ? { replaces: state.inviteId } : {};
    if (suppressed.has(email)) return { email, outcome: 'suppressed', ...replaces };
    if (left <= 0) return { email, outcome: 'over_quota' };
    left -= 1;
    return { email, outcome, ...replaces };
  });
};
