import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import type { Item } from '../table/write.ts';
import { parseInvite } from './invite.ts';
import type { SortedAddress } from './sort-addresses.ts';
import { findAnswerable, standingOf, statusAt } from './standing.ts';

export interface DecidedOutcome {
  email: string;
  outcome: SortedAddress['outcome'] | 'already_member' | 'already_invited';
  /** A dead invite that still holds the address. */
  replaces?: string;
}

/** What inviting each address comes to, as the table stands. */
export const decideOutcomes = async (
  table: Table,
  organizationId: string,
  batch: readonly SortedAddress[],
  now: string,
): Promise<DecidedOutcome[]> => {
  const fresh = batch.filter(({ outcome }) => outcome === 'created').map(({ email }) => email);
  const items = await table.batchGet(fresh.map((email) => keys.address(organizationId, email)));
  const addresses = new Map(fresh.map((email, index) => [email, items[index]]));
  const dead = await findDead(table, organizationId, items, now);
  return batch.map(({ email, outcome }) => {
    const address = outcome === 'created' ? addresses.get(email) : undefined;
    if (address?.state === 'member') return { email, outcome: 'already_member' };
    if (!holdsAddress(address, now)) return { email, outcome };
    const inviteId = String(address?.inviteId);
    return dead.has(inviteId) ? { email, outcome, replaces: inviteId } : { email, outcome: 'already_invited' };
  });
};

const holdsAddress = (address: Item | undefined, now: string): boolean =>
  address?.state === 'invited' && String(address.expiresAt) > now;

/** Of the invites that hold addresses, those that ended with who answered for them, and were not written down yet. */
const findDead = async (
  table: Table,
  organizationId: string,
  addresses: readonly (Item | undefined)[],
  now: string,
): Promise<Set<string>> => {
  const ids = addresses.flatMap((address) => (holdsAddress(address, now) ? [String(address?.inviteId)] : []));
  const items = await table.batchGet(ids.map((id) => keys.invite(organizationId, id)));
  const invites = items.flatMap((item) => (item ? [parseInvite(item)] : []));
  const answerable = await findAnswerable(table, organizationId, invites);
  return new Set(
    invites.filter((invite) => statusAt(invite, standingOf(invite, answerable), now) !== 'pending').map(({ id }) => id),
  );
};
