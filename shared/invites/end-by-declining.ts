import { audit } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import type { Services } from '../ports.ts';
import type { Result } from '../result.ts';
import { committed } from '../retry.ts';
import { above } from '../table/condition.ts';
import { guard } from '../table/write.ts';
import { freeAddress } from './address.ts';
import { endInvite } from './end-invite.ts';
import { namedInvite, type Invite } from './invite.ts';

/** Ends a pending, unexpired invite because the invited person declines it. */
export const endByDeclining = async (
  { table, clock, ids }: Pick<Services, 'table' | 'clock' | 'ids'>,
  invite: Invite,
  requestId: string,
): Promise<Result<undefined, Failure | 'retry'>> => {
  // Uses the time of the write, because the invite may have expired while the request read the table.
  const now = clock.now();
  const transaction = await table.transact([
    endInvite(invite, 'declined', {}, guard(above('expiresAt', now), 'retry')),
    freeAddress(invite),
    ...audit({
      organizationId: invite.organizationId,
      id: ids.next('evt'),
      at: now,
      action: 'invite_declined',
      targets: [namedInvite(invite)],
      requestId,
    }),
  ]);
  return committed(transaction, undefined);
};
