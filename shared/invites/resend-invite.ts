import type { Member } from '../actor.ts';
import type { Input, Operation, Output } from '../api/route.ts';
import { auditBy } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import type { Services } from '../ports.ts';
import type { Result } from '../result.ts';
import { startOver } from '../retry.ts';
import { stillOrganizationManager } from '../roles/entitlement.ts';
import { addressFree, holdAddress } from './address.ts';
import type { inviteRoutes } from './invite-routes.ts';
import { inviteToChange } from './judge-invite.ts';
import { renewalWrites, renewed, settledRenewal } from './renew-invite.ts';

type ResendInvite = typeof inviteRoutes.resendInvite;

export const resendInvite: Operation<ResendInvite> = (services) => (actor, input) =>
  startOver(() => attempt(services, actor, input));

const attempt = async (
  services: Services,
  actor: Member,
  input: Input<ResendInvite>,
): Promise<Result<Output<ResendInvite>, Failure | 'again'>> => {
  const { table, clock, settings } = services;
  const now = clock.now();
  const judged = await inviteToChange(table, actor.organization.id, input, now);
  if (!judged.ok) return judged;
  const { invite } = judged.value;
  const next = renewed(judged.value, actor, now);
  if (!next.ok) return next;
  const result = await table.transact([
    ...renewalWrites(invite, next.value, { now, quota: settings.inviteQuota }),
    holdAddress(next.value, addressFree(now, invite.id), 'address_taken' as const),
    stillOrganizationManager(actor),
    auditBy(services, actor, now, 'invite_resent', [invite.id]),
  ]);
  return settledRenewal(services, actor, next.value, result, now);
};
