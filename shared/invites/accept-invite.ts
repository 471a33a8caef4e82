import { operation } from '../api/operation.ts';
import { fail, ok } from '../result.ts';
import { findClaim, findOrMakeAccount } from '../users/account.ts';
import { acceptanceRoutes } from './acceptance-routes.ts';
import { evaluateInvite } from './evaluate-invite.ts';
import { joinByInvite, remainingRoles } from './join-by-invite.ts';
import { deadCode, linkDeclaration, openInvite } from './open-invite.ts';

export const acceptInvite = operation(acceptanceRoutes.acceptInvite, linkDeclaration, async (services, request) => {
  const { table, poolTree } = services;
  const opened = await openInvite(services, request);
  if (!opened.ok) return opened;
  const { invite, organization } = opened.value;
  const [{ status, responsibility, firstInviter }, claim, tree] = await Promise.all([
    evaluateInvite(table, invite, request.now),
    findClaim(services, organization.id, invite.email),
    poolTree(table, organization.id, organization.treeVersion),
  ]);
  if (status === 'accepted')
    return ok({ organizationId: organization.id, userId: invite.userId ?? '', email: invite.email });
  if (status !== 'pending') return fail(deadCode(status));
  if (responsibility.kind === 'ended') return fail('invite_revoked');
  // `joinByInvite` checks this too, but only after an account may have been created for nothing.
  if (remainingRoles(invite, tree).length === 0) return fail('invite_void');
  const { requestId } = request.actor;
  const { name, password } = request.body;
  const account = await findOrMakeAccount(
    services,
    { organization, email: invite.email, name, password, claimant: requestId },
    claim,
  );
  if (!account.ok) return account;
  return joinByInvite(
    services,
    { invite, organization, inviter: responsibility.by, firstInviter, tree },
    account.value,
    {
      name,
      requestId,
    },
  );
});
