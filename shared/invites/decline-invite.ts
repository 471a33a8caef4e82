import type { Anonymous } from '../actor.ts';
import type { Input, Operation } from '../api/route.ts';
import type { Failure } from '../errors.ts';
import type { Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { startOver } from '../retry.ts';
import { contains } from '../table/condition.ts';
import { guard } from '../table/write.ts';
import type { acceptanceRoutes } from './acceptance-routes.ts';
import { endByDeclining } from './end-by-declining.ts';
import { deadCode, openInvite } from './open-invite.ts';

type DeclineInvite = typeof acceptanceRoutes.declineInvite;

export const declineInvite: Operation<DeclineInvite> = (services) => (actor, input) =>
  startOver(() => attempt(services, actor, input));

const attempt = async (
  services: Services,
  { requestId }: Anonymous,
  { body }: Input<DeclineInvite>,
): Promise<Result<undefined, Failure | 'again'>> => {
  const opened = await openInvite(services, services.tenantTable, body.token, services.clock.now());
  if (!opened.ok) return opened;
  const { invite, status, secretHash } = opened.value;
  if (status === 'declined') return ok(undefined);
  if (status !== 'pending') return fail(deadCode(status));
  return endByDeclining(services, invite, requestId, [guard(contains('secretHashes', secretHash), 'again' as const)]);
};
