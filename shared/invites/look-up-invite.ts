import { operation } from '../api/operation.ts';
import { fail, ok } from '../result.ts';
import { findClaim, needsAccount } from '../users/account.ts';
import { passwordRules } from '../users/password-policy.ts';
import { roleViews } from '../users/user-view.ts';
import { acceptanceRoutes } from './acceptance-routes.ts';
import { senderView } from './sender-view.ts';
import { evaluateIn } from './evaluate-invite.ts';
import { deadCode, linkDeclaration, openInvite } from './open-invite.ts';

export const lookUpInvite = operation(acceptanceRoutes.lookUpInvite, linkDeclaration, async (services, request) => {
  const opened = await openInvite(services, request);
  if (!opened.ok) return opened;
  const { invite, organization } = opened.value;
  const [{ status, shownInviter, tree }, claim] = await Promise.all([
    evaluateIn(services, organization, invite, request.now),
    findClaim(services, organization.id, invite.email),
  ]);
  if (status !== 'pending') return fail(deadCode(status));
  const roles = roleViews(invite.assignments, tree);
  return ok({
    ...senderView(organization, { shownInviter }),
    email: invite.email,
    roles: roles.map(({ role, poolName }) => ({ role, ...(poolName !== undefined && { poolName }) })),
    ...(invite.message && { message: invite.message }),
    expiresAt: invite.expiresAt,
    needsAccount: await needsAccount(services, invite.email, claim),
    passwordRules: [...passwordRules],
  });
});
