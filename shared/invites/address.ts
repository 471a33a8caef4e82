import { absent, allOf, anyOf, atMost, equal, type Condition } from '../table/condition.ts';
import { indexEntry, keys, partitions } from '../table/keys.ts';
import { erase, guard, put, type Write } from '../table/write.ts';
import type { Invite } from './invite.ts';

type Addressed = Pick<Invite, 'organizationId' | 'email' | 'id'>;

/** Whether an address may be given away: nobody's, or held by an invite that has expired, or by these. */
export const addressFree = (now: string, ...inviteIds: string[]): Condition =>
  anyOf(
    absent('pk'),
    allOf(equal('state', 'invited'), atMost('expiresAt', now)),
    ...inviteIds.map((inviteId) => equal('inviteId', inviteId)),
  );

/** Gives an address to a pending invite. */
export const holdAddress = <F>(
  { organizationId, email, id, expiresAt }: Addressed & Pick<Invite, 'expiresAt'>,
  free: Condition,
  otherwise: F,
): Write<F> =>
  put(
    {
      ...keys.address(organizationId, email),
      state: 'invited',
      inviteId: id,
      expiresAt,
      ...indexEntry('gsi1', partitions.invited(email), organizationId),
    },
    guard(free, otherwise),
  );

/** Frees the address of an invite that ended without a user. */
export const freeAddress = ({ organizationId, email, id }: Addressed): Write<'again'> =>
  erase(keys.address(organizationId, email), guard(equal('inviteId', id), 'again' as const));
