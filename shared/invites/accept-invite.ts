import type { Anonymous } from '../actor.ts';
import type { Input, Operation, Output } from '../api/route.ts';
import type { Failure } from '../errors.ts';
import type { Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { startOver } from '../retry.ts';
import { contains } from '../table/condition.ts';
import { guard } from '../table/write.ts';
import { findOrMakeAccount } from '../users/account.ts';
import type { acceptanceRoutes } from './acceptance-routes.ts';
import { joinByInvite, remainingRoles } from './join-by-invite.ts';
import { deadCode, openInvite } from './open-invite.ts';

type AcceptInvite = typeof acceptanceRoutes.acceptInvite;

export const acceptInvite: Operation<AcceptInvite> = (services) => (actor, input) =>
  startOver(() => attempt(services, actor, input));

const attempt = async (
  services: Services,
  { requestId }: Anonymous,
  { body }: Input<AcceptInvite>,
): Promise<Result<Output<AcceptInvite>, Failure | 'again'>> => {
  const { clock, poolTree, tenantTable } = services;
  const opened = await openInvite(services, tenantTable, body.token, clock.now());
  if (!opened.ok) return opened;
  const { invite, status, organization, inviter, secretHash } = opened.value;
  if (status === 'accepted')
    return ok({ organizationId: organization.id, userId: invite.userId ?? '', email: invite.email });
  if (status !== 'pending') return fail(deadCode(status));
  if (!inviter) return fail('invite_revoked');
  const tree = await poolTree(tenantTable(organization.id), organization.id, organization.treeVersion);
  // Before an account is made for nothing.
  if (remainingRoles(invite, tree).length === 0) return fail('invite_void');
  const account = await findOrMakeAccount(services, {
    organization,
    email: invite.email,
    name: body.name,
    password: body.password,
    claimant: requestId,
  });
  if (!account.ok) return account;
  return joinByInvite(services, { invite, organization, inviter }, account.value, {
    name: body.name,
    requestId,
    guards: [guard(contains('secretHashes', secretHash), 'again' as const)],
  });
};
