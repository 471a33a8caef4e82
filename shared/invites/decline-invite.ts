import { operation } from '../api/operation.ts';
import { fail, ok } from '../result.ts';
import { acceptanceRoutes } from './acceptance-routes.ts';
import { endByDeclining } from './end-by-declining.ts';
import { evaluateIn } from './evaluate-invite.ts';
import { deadCode, linkDeclaration, openInvite } from './open-invite.ts';

export const declineInvite = operation(acceptanceRoutes.declineInvite, linkDeclaration, async (services, request) => {
  const opened = await openInvite(services, request);
  if (!opened.ok) return opened;
  const { invite, organization } = opened.value;
  const { status } = await evaluateIn(services, organization, invite, request.now);
  if (status === 'declined') return ok(undefined);
  if (status !== 'pending') return fail(deadCode(status));
  return endByDeclining(services, invite, request.actor.requestId);
});
