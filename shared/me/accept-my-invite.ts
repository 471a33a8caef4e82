import { operation } from '../api/operation.ts';
import { acceptedBefore } from '../invites/accepted-before.ts';
import { joinByInvite } from '../invites/join-by-invite.ts';
import { deadCode } from '../invites/open-invite.ts';
import { fail } from '../result.ts';
import { findInviteToMe, myInviteDeclaration } from './invite-to-me.ts';
import { meRoutes } from './me-routes.ts';
import { requireAllowedInvite } from '../invites/require-allowed-invite.ts';

export const acceptMyInvite = operation(meRoutes.acceptMyInvite, myInviteDeclaration, async (services, request) => {
  const found = await findInviteToMe(services, request);
  if (!found.ok) return found;
  const { account, invite, status, roles, organization, responsibility, firstInviter } = found.value;
  if (status === 'accepted') return acceptedBefore(services, invite);
  if (status !== 'pending') return fail(deadCode(status));
  if (responsibility.kind === 'ended') return fail('invite_revoked');
  const allowed = requireAllowedInvite(organization, invite);
  if (!allowed.ok) return allowed;
  return joinByInvite(services, { invite, organization, inviter: responsibility.by, firstInviter, roles }, account, {
    name: undefined,
    requestId: request.actor.requestId,
  });
});
