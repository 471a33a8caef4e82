import { operation } from '../api/operation.ts';
import { joinByInvite } from '../invites/join-by-invite.ts';
import { deadCode } from '../invites/open-invite.ts';
import { fail, ok } from '../result.ts';
import { findInviteToMe, myInviteDeclaration } from './invite-to-me.ts';
import { meRoutes } from './me-routes.ts';

export const acceptMyInvite = operation(meRoutes.acceptMyInvite, myInviteDeclaration, async (services, request) => {
  const found = await findInviteToMe(services, request);
  if (!found.ok) return found;
  const { account, invite, status, organization, responsibility, firstInviter } = found.value;
  if (status === 'accepted')
    return ok({ organizationId: organization.id, userId: invite.userId ?? '', email: invite.email });
  if (status !== 'pending') return fail(deadCode(status));
  if (responsibility.kind === 'ended') return fail('invite_revoked');
  const tree = await services.poolTree(services.table, organization.id, organization.treeVersion);
  return joinByInvite(services, { invite, organization, inviter: responsibility.by, firstInviter, tree }, account, {
    name: undefined,
    requestId: request.actor.requestId,
  });
});
