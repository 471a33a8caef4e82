import { allowsAddress } from '../organizations/allowed-domains.ts';
import type { Organization } from '../organizations/organization.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import type { Key } from '../table/write.ts';
import { findAddressStates, type AddressState } from './address.ts';
import type { Situation } from './evaluate-invite.ts';
import type { SortedAddress } from './sort-addresses.ts';

export interface DecidedOutcome {
  email: string;
  outcome:
    | SortedAddress['outcome']
    | 'already_member'
    | 'domain_not_allowed'
    | 'already_invited'
    | 'blocked'
    | 'suppressed'
    | 'over_quota';
  /** The state of the address, if an invite that nobody can accept still holds it. */
  replaces?: AddressState;
  /** The removed user who had this address. Restoring that user would bring their assets back. */
  removedUserId?: string;
}

/** The keys of the items that decide these outcomes: three items of each address. */
export const outcomeKeys = (organizationId: string, emails: readonly string[]): Key[] => [
  ...emails.map((email) => keys.address(organizationId, email)),
  ...emails.map((email) => keys.suppression(organizationId, email)),
  ...emails.map((email) => keys.removedUser(organizationId, email)),
];

/** The addresses that can be invited as far as the request alone shows: each valid address once. */
export const invitable = (addresses: readonly SortedAddress[]): string[] =>
  addresses.filter(({ outcome }) => outcome === 'created').map(({ email }) => email);

/** The stored facts about addresses. */
export interface AddressFacts {
  states: ReadonlyMap<string, AddressState>;
  suppressed: ReadonlySet<string>;
  /** The ids of the users who were removed last with these addresses. */
  removed: ReadonlyMap<string, string>;
}

/** One request per 100 keys, all at once, plus at least two more if invites hold some of the addresses. */
export const readAddresses = async (
  table: Table,
  organizationId: string,
  emails: readonly string[],
  situation: Situation,
): Promise<AddressFacts> => {
  const [items, states] = await Promise.all([
    table.batchGet(outcomeKeys(organizationId, emails)),
    findAddressStates(table, organizationId, emails, situation),
  ]);
  const suppressed = new Set(emails.filter((_, index) => items[emails.length + index] !== undefined));
  const removed = new Map(
    emails.flatMap((email, index): [string, string][] => {
      const userId = items[2 * emails.length + index]?.removedUserId;
      return typeof userId === 'string' ? [[email, userId]] : [];
    }),
  );
  return { states, suppressed, removed };
};

/**
 * Decides the outcome for each address, in the order of the request. Of the addresses that can be invited, the first `mails` are.
 * The write must be conditional on the tree version, because of the allowed domains.
 */
export const decideOutcomes = (
  organization: Pick<Organization, 'allowedDomains'>,
  { states, suppressed, removed }: AddressFacts,
  addresses: readonly SortedAddress[],
  mails: number,
): DecidedOutcome[] => {
  let left = mails;
  return addresses.map(({ email, outcome }): DecidedOutcome => {
    if (outcome !== 'created') return { email, outcome };
    const state = states.get(email);
    if (state?.kind === 'member') return { email, outcome: 'already_member' };
    if (!allowsAddress(organization, email)) return { email, outcome: 'domain_not_allowed' };
    if (state?.kind === 'invited') return { email, outcome: 'already_invited' };
    if (state?.kind === 'blocked') return { email, outcome: 'blocked' };
    const replaces = state?.kind === 'dead' ? { replaces: state } : {};
    if (suppressed.has(email)) return { email, outcome: 'suppressed', ...replaces };
    if (left <= 0) return { email, outcome: 'over_quota' };
    left -= 1;
    const removedUserId = removed.get(email);
    return { email, outcome, ...replaces, ...(removedUserId !== undefined && { removedUserId }) };
  });
};

/** The number of addresses that get an invite. */
export const countCreated = (outcomes: readonly Pick<DecidedOutcome, 'outcome'>[]): number =>
  outcomes.filter(({ outcome }) => outcome === 'created').length;
