import type { Person } from '../actor.ts';
import type { Input, Operation, Output } from '../api/route.ts';
import type { Failure } from '../errors.ts';
import { joinByInvite } from '../invites/join-by-invite.ts';
import { deadCode } from '../invites/open-invite.ts';
import type { Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { startOver } from '../retry.ts';
import { inviteToMe } from './invite-to-me.ts';
import type { meRoutes } from './me-routes.ts';

type AcceptMyInvite = typeof meRoutes.acceptMyInvite;

export const acceptMyInvite: Operation<AcceptMyInvite> = (services) => (actor, input) =>
  startOver(() => attempt(services, actor, input));

const attempt = async (
  services: Services,
  actor: Person,
  { params }: Input<AcceptMyInvite>,
): Promise<Result<Output<AcceptMyInvite>, Failure | 'again'>> => {
  const found = await inviteToMe(services, actor, params);
  if (!found.ok) return found;
  const { account, invite, status, organization, inviter } = found.value;
  if (status === 'accepted')
    return ok({ organizationId: organization.id, userId: invite.userId ?? '', email: invite.email });
  if (status !== 'pending') return fail(deadCode(status));
  if (!inviter) return fail('invite_revoked');
  return joinByInvite(services, { invite, organization, inviter }, account, {
    name: undefined,
    requestId: actor.requestId,
    guards: [],
  });
};
