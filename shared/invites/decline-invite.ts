import { operation } from '../api/operation.ts';
import { fail, ok } from '../result.ts';
import { acceptanceRoutes } from './acceptance-routes.ts';
import { endByDeclining } from './end-by-declining.ts';
import { evaluateInvite } from './evaluate-invite.ts';
import { deadCode, linkDeclaration, openInvite } from './open-invite.ts';

export const declineInvite = operation(acceptanceRoutes.declineInvite, linkDeclaration, async (services, request) => {
  const opened = await openInvite(services, request);
  if (!opened.ok) return opened;
  const { status } = await evaluateInvite(services.table, opened.value.invite, request.now);
  if (status === 'declined') return ok(undefined);
  if (status !== 'pending') return fail(deadCode(status));
  return endByDeclining(services, opened.value.invite, request.actor.requestId);
});
