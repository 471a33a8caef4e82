import type { Person } from '../actor.ts';
import type { Input, Operation } from '../api/route.ts';
import type { Failure } from '../errors.ts';
import { endByDeclining } from '../invites/end-by-declining.ts';
import { deadCode } from '../invites/open-invite.ts';
import type { Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { startOver } from '../retry.ts';
import { inviteToMe } from './invite-to-me.ts';
import type { meRoutes } from './me-routes.ts';

type DeclineMyInvite = typeof meRoutes.declineMyInvite;

export const declineMyInvite: Operation<DeclineMyInvite> = (services) => (actor, input) =>
  startOver(() => attempt(services, actor, input));

const attempt = async (
  services: Services,
  actor: Person,
  { params }: Input<DeclineMyInvite>,
): Promise<Result<undefined, Failure | 'again'>> => {
  const found = await inviteToMe(services, actor, params);
  if (!found.ok) return found;
  const { invite, status } = found.value;
  if (status === 'declined') return ok(undefined);
  if (status !== 'pending') return fail(deadCode(status));
  return endByDeclining(services, invite, actor.requestId, []);
};
