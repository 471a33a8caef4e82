import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import type { Item, Key } from '../table/write.ts';
import { dayOf } from '../time.ts';
import { findAddressStates, type AddressState } from './address.ts';
import type { SortedAddress } from './sort-addresses.ts';

export interface DecidedOutcome {
  email: string;
  outcome: SortedAddress['outcome'] | 'already_member' | 'already_invited' | 'suppressed' | 'over_quota';
  /** The id of an ended invite that still holds the address. */
  replaces?: string;
}

/** The keys of the items that decide these outcomes: the quota of the day, and the address item and the suppression of each address. */
export const outcomeKeys = (organizationId: string, emails: readonly string[], now: string): Key[] => [
  keys.quota(organizationId, dayOf(now)),
  ...emails.map((email) => keys.address(organizationId, email)),
  ...emails.map((email) => keys.suppression(organizationId, email)),
];

/** The addresses that can be invited as far as the request alone shows: each valid address once. */
export const invitable = (addresses: readonly SortedAddress[]): string[] =>
  addresses.filter(({ outcome }) => outcome === 'created').map(({ email }) => email);

/** What the table says about addresses. */
export interface AddressFacts {
  /** What `keys.quota` holds today. */
  quotaItem: Item | undefined;
  states: ReadonlyMap<string, AddressState>;
  suppressed: ReadonlySet<string>;
}

/** One request per 100 keys, all at once, plus at least two more if invites hold some of the addresses. */
export const readAddresses = async (
  table: Table,
  organizationId: string,
  emails: readonly string[],
  now: string,
): Promise<AddressFacts> => {
  const [[quotaItem, ...items], states] = await Promise.all([
    table.batchGet(outcomeKeys(organizationId, emails, now)),
    findAddressStates(table, organizationId, emails, now),
  ]);
  const suppressed = new Set(emails.filter((_, index) => items[emails.length + index] !== undefined));
  return { quotaItem, states, suppressed };
};

/** Decides the outcome for each address, in the order given. Of the addresses that can be invited, the first `mails` are. */
export const decideOutcomes = (
  { states, suppressed }: AddressFacts,
  addresses: readonly SortedAddress[],
  mails: number,
): DecidedOutcome[] => {
  let left = mails;
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

/** The number of addresses that get an invite. */
export const countCreated = (outcomes: readonly Pick<DecidedOutcome, 'outcome'>[]): number =>
  outcomes.filter(({ outcome }) => outcome === 'created').length;
