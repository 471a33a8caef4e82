import { operation } from '../api/operation.ts';
import { fail, ok } from '../result.ts';
import { findClaim, needsAccount } from '../users/account.ts';
import { passwordRules } from '../users/password-policy.ts';
import { roleViews } from '../users/user-view.ts';
import { acceptanceRoutes } from './acceptance-routes.ts';
import { evaluateInvite } from './evaluate-invite.ts';
import { deadCode, linkDeclaration, openInvite } from './open-invite.ts';

export const lookUpInvite = operation(acceptanceRoutes.lookUpInvite, linkDeclaration, async (services, request) => {
  const { table, poolTree } = services;
  const opened = await openInvite(services, request);
  if (!opened.ok) return opened;
  const { invite, organization } = opened.value;
  const [{ status, shownInviter }, claim, tree] = await Promise.all([
    evaluateInvite(table, invite, request.now),
    findClaim(services, organization.id, invite.email),
    poolTree(table, organization.id, organization.treeVersion),
  ]);
  if (status !== 'pending') return fail(deadCode(status));
  const roles = roleViews(invite.assignments, tree);
  if (roles.length === 0) return fail('invite_void');
  return ok({
    organization: { name: organization.name },
    inviter: { name: shownInviter.name },
    email: invite.email,
    roles: roles.map(({ role, poolName }) => ({ role, ...(poolName !== undefined && { poolName }) })),
    ...(invite.message && { message: invite.message }),
    expiresAt: invite.expiresAt,
    needsAccount: await needsAccount(services, invite.email, claim),
    passwordRules: [...passwordRules],
  });
});
