import { audit } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import type { Services } from '../ports.ts';
import { err, ok, type Result } from '../result.ts';
import { above } from '../table/condition.ts';
import { guard, type Guard } from '../table/write.ts';
import { freeAddress } from './address.ts';
import type { Invite } from './invite.ts';
import { settle } from './settle.ts';

/** Ends a pending, unexpired invite because the invited person does not want it. `guards`: what else it has to meet. */
export const endByDeclining = async (
  { clock, ids, tenantTable }: Services,
  invite: Invite,
  requestId: string,
  guards: Guard<'again'>[],
): Promise<Result<undefined, Failure | 'again'>> => {
  const now = clock.now();
  const written = await tenantTable(invite.organizationId).transact([
    settle(invite, 'declined', {}, guard(above('expiresAt', now), 'again' as const), ...guards),
    freeAddress(invite),
    audit({
      organizationId: invite.organizationId,
      id: ids.next('evt'),
      at: now,
      action: 'invite_declined',
      targets: [invite.id],
      requestId,
    }),
  ]);
  return written.ok ? ok(undefined) : err('again');
};
