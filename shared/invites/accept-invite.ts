import { operation } from '../api/operation.ts';
import { fail } from '../result.ts';
import { findClaim, findOrMakeAccount } from '../users/account.ts';
import { acceptanceRoutes } from './acceptance-routes.ts';
import { acceptedBefore } from './accepted-before.ts';
import { evaluateIn } from './evaluate-invite.ts';
import { joinByInvite } from './join-by-invite.ts';
import { deadCode, linkDeclaration, openInvite } from './open-invite.ts';
import { requireAllowedInvite } from './require-allowed-invite.ts';

export const acceptInvite = operation(acceptanceRoutes.acceptInvite, linkDeclaration, async (services, request) => {
  const opened = await openInvite(services, request);
  if (!opened.ok) return opened;
  const { invite, organization } = opened.value;
  const [{ status, responsibility, firstInviter, roles }, claim] = await Promise.all([
    evaluateIn(services, organization, invite, request.now),
    findClaim(services, organization.id, invite.email),
  ]);
  if (status === 'accepted') return acceptedBefore(services, invite);
  if (status !== 'pending') return fail(deadCode(status));
  if (responsibility.kind === 'ended') return fail('invite_revoked');
  const allowed = requireAllowedInvite(organization, invite);
  if (!allowed.ok) return allowed;
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
    { invite, organization, inviter: responsibility.by, firstInviter, roles },
    account.value,
    {
      name,
      requestId,
    },
  );
});
