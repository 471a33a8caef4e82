import { operation } from '../api/operation.ts';
import type { Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { keys } from '../table/keys.ts';
import { findClaim, needsAccount } from '../users/account.ts';
import { passwordRules } from '../users/password-policy.ts';
import { roleViews } from '../users/user-view.ts';
import { acceptanceRoutes } from './acceptance-routes.ts';
import { senderView } from './sender-view.ts';
import { evaluateIn } from './evaluate-invite.ts';
import { deadCode, linkDeclaration, openBlockLink, openInvite } from './open-invite.ts';
import { requireAllowedInvite } from './require-allowed-invite.ts';

export const lookUpInvite = operation(acceptanceRoutes.lookUpInvite, linkDeclaration, async (services, request) => {
  const opened = await openInvite(services, request);
  if (!opened.ok) return lookUpBlockLink(services, request, opened);
  const { invite, organization } = opened.value;
  const [{ status, shownInviter, tree }, claim] = await Promise.all([
    evaluateIn(services, organization, invite, request.now),
    findClaim(services, organization.id, invite.email),
  ]);
  if (status !== 'pending') return fail(deadCode(status));
  const allowed = requireAllowedInvite(organization, invite);
  if (!allowed.ok) return allowed;
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

/** The failure of a link that opens no invite. A link for blocking has failures of its own, which say whether the block is in force. */
const lookUpBlockLink = async (
  services: Pick<Services, 'secrets' | 'table'>,
  request: Parameters<typeof openBlockLink>[1],
  failure: Result<never>,
): Promise<Result<never>> => {
  const opened = await openBlockLink(services, request);
  if (!opened.ok) return failure;
  const { invite, organization } = opened.value;
  const address = await services.table.get(keys.address(organization.id, invite.email));
  return fail(address?.state === 'blocked' ? 'organization_blocked' : 'block_link', organization.name);
};
