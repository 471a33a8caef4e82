import type { Operation } from '../api/route.ts';
import { fail, ok } from '../result.ts';
import { needsAccount } from '../users/account.ts';
import { passwordRules } from '../users/password-policy.ts';
import { roleViews } from '../users/user-view.ts';
import type { acceptanceRoutes } from './acceptance-routes.ts';
import { deadCode, openInvite } from './open-invite.ts';

export const lookUpInvite: Operation<typeof acceptanceRoutes.lookUpInvite> =
  (services) =>
  async (_actor, { body }) => {
    const { clock, poolTree, tenantTable } = services;
    const opened = await openInvite(services, tenantTable, body.token, clock.now());
    if (!opened.ok) return opened;
    const { invite, status, organization, inviter } = opened.value;
    if (status !== 'pending') return fail(deadCode(status));
    const tree = await poolTree(tenantTable(organization.id), organization.id, organization.treeVersion);
    const roles = roleViews(invite.assignments, tree);
    if (roles.length === 0) return fail('invite_void');
    return ok({
      organization: { name: organization.name },
      inviter: { name: inviter?.name ?? '' },
      email: invite.email,
      roles: roles.map(({ role, poolName }) => ({ role, ...(poolName !== undefined && { poolName }) })),
      ...(invite.message && { message: invite.message }),
      expiresAt: invite.expiresAt,
      needsAccount: await needsAccount(services, organization.id, invite.email),
      passwordRules: [...passwordRules],
    });
  };
