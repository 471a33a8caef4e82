import { operation } from '../api/operation.ts';
import { endByDeclining } from '../invites/end-by-declining.ts';
import { deadCode } from '../invites/open-invite.ts';
import { fail, ok } from '../result.ts';
import { findInviteToMe, myInviteDeclaration } from './invite-to-me.ts';
import { meRoutes } from './me-routes.ts';

export const declineMyInvite = operation(meRoutes.declineMyInvite, myInviteDeclaration, async (services, request) => {
  const found = await findInviteToMe(services, request);
  if (!found.ok) return found;
  const { invite, status } = found.value;
  if (status === 'declined') return ok(undefined);
  if (status !== 'pending') return fail(deadCode(status));
  return endByDeclining(services, invite, request.actor.requestId);
});
