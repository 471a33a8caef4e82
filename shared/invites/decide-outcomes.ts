import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import type { Item } from '../table/write.ts';
import { dayOf } from '../time.ts';
import { parseInvite } from './invite.ts';
import { quotaLeft } from './quota.ts';
import type { SortedAddress } from './sort-addresses.ts';
import { findAnswerable, standingOf, statusAt } from './standing.ts';

export interface DecidedOutcome {
  email: string;
  outcome: SortedAddress['outcome'] | 'already_member' | 'already_invited' | 'suppressed' | 'over_quota';
  /** A dead invite that still holds the address. */
  replaces?: string;
}

/** What inviting each address comes to, as the table stands. `quota`: mails a day; absent: nothing is to be mailed. One request, and two more where addresses are held by invites. */
export const decideOutcomes = async (
  table: Table,
  organizationId: string,
  batch: readonly SortedAddress[],
  { now, quota = Number.POSITIVE_INFINITY }: { now: string; quota?: number },
): Promise<DecidedOutcome[]> => {
  const fresh = batch.filter(({ outcome }) => outcome === 'created').map(({ email }) => email);
  const [asked, ...items] = await table.batchGet([
    keys.quota(organizationId, dayOf(now)),
    ...fresh.map((email) => keys.address(organizationId, email)),
    ...fresh.map((email) => keys.suppression(organizationId, email)),
  ]);
  const addresses = new Map(fresh.map((email, index) => [email, items[index]]));
  const suppressed = new Set(fresh.filter((_, index) => items[fresh.length + index] !== undefined));
  const dead = await findDead(table, organizationId, [...addresses.values()], now);
  let left = quotaLeft(asked, quota);
  return batch.map(({ email, outcome }): DecidedOutcome => {
    if (outcome !== 'created') return { email, outcome };
    const address = addresses.get(email);
    const inviteId = String(address?.inviteId);
    if (address?.state === 'member') return { email, outcome: 'already_member' };
    const held = holdsAddress(address, now);
    if (held && !dead.has(inviteId)) return { email, outcome: 'already_invited' };
    const replaces = held ? { replaces: inviteId } : {};
    if (suppressed.has(email)) return { email, outcome: 'suppressed', ...replaces };
    if (left <= 0) return { email, outcome: 'over_quota' };
    left -= 1;
    return { email, outcome, ...replaces };
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
