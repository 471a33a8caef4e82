import { absent, allOf, anyOf, atMost, equal, type Condition } from '../table/condition.ts';
import { indexAttributes, indexEntry, keys, partitions } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { erase, guard, update, type Guard, type Write } from '../table/write.ts';
import { evaluateInvites, type EvaluatedInvite } from './evaluate-invite.ts';
import { findInvites } from './find-invite.ts';
import { isKnown } from '../open-enum.ts';
import { inviteStatuses, type Invite } from './invite.ts';

type Addressed = Pick<Invite, 'organizationId' | 'email' | 'id'>;

/**
 * What an address is in an organization: free; a user's; invited by a pending invite; or still held by an invite that ended
 * with whoever was responsible for it, and is not stored as ended yet.
 */
export type AddressState =
  { kind: 'free' } | { kind: 'member' } | { kind: 'invited' } | { kind: 'dead'; inviteId: string };

/** The states of addresses. One request, and two more where invites hold some of them. */
export const findAddressStates = async (
  table: Table,
  organizationId: string,
  emails: readonly string[],
  now: string,
): Promise<Map<string, AddressState>> => {
  const items = await table.batchGet(emails.map((email) => keys.address(organizationId, email)));
  const inviteIds = items.map((item) =>
    item?.state === 'invited' && String(item.expiresAt) > now ? String(item.inviteId) : undefined,
  );
  const held = inviteIds.filter((id) => id !== undefined);
  const evaluated = await evaluateInvites(table, organizationId, await findInvites(table, organizationId, held), now);
  // A status that only a newer version knows may become pending again.
  const isDead = ({ status }: EvaluatedInvite): boolean => isKnown(inviteStatuses, status) && status !== 'pending';
  const dead = new Set(evaluated.filter(isDead).map(({ invite }) => invite.id));
  return new Map(
    emails.map((email, index): [string, AddressState] => {
      const inviteId = inviteIds[index];
      if (items[index]?.state === 'member') return [email, { kind: 'member' }];
      // A state that only a newer version knows: the address is not free.
      if (items[index] && items[index].state !== 'invited') return [email, { kind: 'invited' }];
      if (inviteId === undefined) return [email, { kind: 'free' }];
      return [email, dead.has(inviteId) ? { kind: 'dead', inviteId } : { kind: 'invited' }];
    }),
  );
};

/** Whether an address may be given away: nobody's, or held by an invite that has expired, or by these. */
export const addressFree = (now: string, ...inviteIds: string[]): Condition =>
  anyOf(
    absent('pk'),
    allOf(equal('state', 'invited'), atMost('expiresAt', now)),
    ...inviteIds.map((inviteId) => equal('inviteId', inviteId)),
  );

/** Gives an address to a pending invite. `guards`: that it is free. */
export const holdAddress = <F = never>(
  { organizationId, email, id, expiresAt }: Addressed & Pick<Invite, 'expiresAt'>,
  ...guards: Guard<F>[]
): Write<F> =>
  update(
    keys.address(organizationId, email),
    {
      set: {
        state: 'invited',
        inviteId: id,
        expiresAt,
        ...indexEntry('gsi1', partitions.invited(email), organizationId),
      },
    },
    ...guards,
  );

/** Gives the address of an invite to the user that the invite made. */
export const passAddress = ({ organizationId, email, id }: Addressed, userId: string): Write<'retry'> =>
  update(
    keys.address(organizationId, email),
    { set: { state: 'member', userId }, remove: ['inviteId', 'expiresAt', ...indexAttributes('gsi1')] },
    guard(equal('inviteId', id), 'retry'),
  );

/** Frees the address of an invite that ended without a user. */
export const freeAddress = ({ organizationId, email, id }: Addressed): Write<'retry'> =>
  erase(keys.address(organizationId, email), guard(equal('inviteId', id), 'retry'));
