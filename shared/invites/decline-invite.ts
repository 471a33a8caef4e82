import type { Anonymous } from '../actor.ts';
import type { Input, Operation } from '../api/route.ts';
import { audit } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import type { Services } from '../ports.ts';
import { err, fail, ok, type Result } from '../result.ts';
import { startOver } from '../retry.ts';
import { above, contains } from '../table/condition.ts';
import { guard } from '../table/write.ts';
import type { acceptanceRoutes } from './acceptance-routes.ts';
import { deadCode, openInvite } from './open-invite.ts';
import { freeAddress } from './address.ts';
import { settle } from './settle.ts';

type DeclineInvite = typeof acceptanceRoutes.declineInvite;

export const declineInvite: Operation<DeclineInvite> = (services) => (actor, input) =>
  startOver(() => attempt(services, actor, input));

const attempt = async (
  services: Services,
  { requestId }: Anonymous,
  { body }: Input<DeclineInvite>,
): Promise<Result<undefined, Failure | 'again'>> => {
  const { clock, ids, tenantTable } = services;
  const now = clock.now();
  const opened = await openInvite(services, tenantTable, body.token, now);
  if (!opened.ok) return opened;
  const { invite, status, secretHash } = opened.value;
  if (status === 'declined') return ok(undefined);
  if (status !== 'pending') return fail(deadCode(status));
  const written = await tenantTable(invite.organizationId).transact([
    settle(
      invite,
      'declined',
      {},
      guard(above('expiresAt', now), 'again' as const),
      guard(contains('secretHashes', secretHash), 'again' as const),
    ),
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
