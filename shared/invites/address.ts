import { absent, allOf, anyOf, atMost, equal, type Condition } from '../table/condition.ts';
import { dueNow, indexAttributes, indexEntry, keys, partitions } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { erase, guard, update, type Guard, type Write } from '../table/write.ts';
import { evaluateInvites, type EvaluatedInvite, type Situation } from './evaluate-invite.ts';
import { findInvites } from './find-invite.ts';
import { isKnown } from '../open-enum.ts';
import { type Invite } from './invite.ts';
import { inviteStatuses } from './invite-status.ts';

type Addressed = Pick<Invite, 'organizationId' | 'email' | 'id'>;

/**
 * What an address is in an organization: `free`, the address of a user (`member`), or `invited` by a pending invite. `dead`
 * means that it is still held by an invite that nobody can accept: one that needs roles, or one that ended because nobody is
 * responsible for it any more, whose end is not stored yet. `blocked`: its owner blocked the organization.
 */
export type AddressState =
  | { kind: 'free' }
  | { kind: 'member' }
  | { kind: 'invited' }
  | { kind: 'blocked' }
  | { kind: 'dead'; inviteId: string; invite: Invite };

/** Finds the states of addresses. One request, plus at least two more if invites hold some of the addresses. */
export const findAddressStates = async (
  table: Table,
  organizationId: string,
  emails: readonly string[],
  situation: Situation,
): Promise<Map<string, AddressState>> => {
  const items = await table.batchGet(emails.map((email) => keys.address(organizationId, email)));
  const inviteIds = items.map((item) =>
    item?.state === 'invited' && String(item.expiresAt) > situation.now ? String(item.inviteId) : undefined,
  );
  const held = inviteIds.filter((id) => id !== undefined);
  const invites = await findInvites(table, organizationId, held);
  const evaluated = await evaluateInvites(table, organizationId, invites, situation);
  // A newer version of Roster may make an invite with an unknown status pending again, so such an invite keeps its address.
  const isDead = ({ status }: EvaluatedInvite): boolean => isKnown(inviteStatuses, status) && status !== 'pending';
  const dead = new Map(evaluated.filter(isDead).map(({ invite }) => [invite.id, invite]));
  return new Map(
    emails.map((email, index): [string, AddressState] => {
      const inviteId = inviteIds[index];
      if (items[index]?.state === 'member') return [email, { kind: 'member' }];
      if (items[index]?.state === 'blocked') return [email, { kind: 'blocked' }];
      // Only a newer version of Roster knows this state, so the address counts as taken.
      if (items[index] && items[index].state !== 'invited') return [email, { kind: 'invited' }];
      if (inviteId === undefined) return [email, { kind: 'free' }];
      const invite = dead.get(inviteId);
      return [email, invite ? { kind: 'dead', inviteId, invite } : { kind: 'invited' }];
    }),
  );
};

/** The id of the invite that may be replaced at this address, if any, for `addressFree`. */
export const replaceable = (state: AddressState | undefined): string[] =>
  state?.kind === 'dead' ? [state.inviteId] : [];

/** The condition that an address is available: no item exists, or its invite has expired, or one of the given invites holds it. */
export const addressFree = (now: string, ...inviteIds: string[]): Condition =>
  anyOf(
    absent('pk'),
    allOf(equal('state', 'invited'), atMost('expiresAt', now)),
    ...inviteIds.map((inviteId) => equal('inviteId', inviteId)),
  );

/** Assigns an address to a pending invite. The caller passes guards that require the address to be free. */
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

/** Passes the address of an accepted invite to the new user. */
export const passAddress = ({ organizationId, email, id }: Addressed, userId: string): Write<'retry'> =>
  update(
    keys.address(organizationId, email),
    { set: { state: 'member', userId }, remove: ['inviteId', 'expiresAt', ...indexAttributes('gsi1')] },
    guard(equal('inviteId', id), 'retry'),
  );

/** Keeps an address from being invited. The caller passes a guard that requires the address to be free or held by a given invite. */
export const blockAddress = <F = never>(
  { organizationId, email }: Pick<Invite, 'organizationId' | 'email'>,
  now: string,
  ...guards: Guard<F>[]
): Write<F> =>
  update(
    keys.address(organizationId, email),
    { set: { state: 'blocked', blockedAt: now }, remove: ['inviteId', 'expiresAt', ...indexAttributes('gsi1')] },
    ...guards,
  );

/** Frees the address of an invite that ended without a user. */
export const freeAddress = ({ organizationId, email, id }: Addressed): Write<'retry'> =>
  erase(keys.address(organizationId, email), guard(equal('inviteId', id), 'retry'));

/**
 * Ends the invite that holds an address without being acceptable, in the transaction that gives the address to a new invite or
 * to a user. The worker stores the end, with its audit event.
 */
export const endReplaced = (
  state: AddressState | undefined,
  ending: NonNullable<Invite['ending']>,
  now: string,
): Write<'retry'>[] =>
  state?.kind === 'dead'
    ? [
        update(
          keys.invite(state.invite.organizationId, state.inviteId),
          { set: { ending, ...dueNow(now) } },
          guard(equal('version', state.invite.version), 'retry'),
        ),
      ]
    : [];
