import { operation, type MemberRequest } from '../api/operation.ts';
import type { Route } from '../api/route.ts';
import { auditBy } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import type { Services } from '../ports.ts';
import { fail, type Result } from '../result.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import { guard } from '../table/write.ts';
import { addressFree, holdAddress } from './address.ts';
import { findEvaluatedInvite } from './evaluate-invite.ts';
import { findNamedInvite, renewalKeys } from './find-invite.ts';
import { namedInvite } from './invite.ts';
import { inviteRoutes } from './invite-routes.ts';
import { inviteView, type InviteView } from './invite-view.ts';
import { committedRenewal, renewalWrites, renewInvite } from './renew-invite.ts';
import { readQuota } from './quota.ts';
import { requireAllowedInvite } from './require-allowed-invite.ts';

export const resendInvite = operation(
  inviteRoutes.resendInvite,
  { ownPartition: true, reads: renewalKeys, versioned: ({ table }, request) => findNamedInvite(table, request) },
  async (services, request) =>
    resendOne(services, request, {
      inviteId: request.params.inviteId,
      quota: await readQuota(services.table, request.organization, { ...services, now: request.now }),
    }),
);

/** Resends one invite. Also called for each invite of a request that resends several. */
export const resendOne = async (
  { table, ids }: Pick<Services, 'table' | 'ids'>,
  { actor, organization, now, tree, stillAllowed }: MemberRequest<Route>,
  { inviteId, quota }: { inviteId: string; quota: number },
): Promise<Result<InviteView, Failure | 'retry'>> => {
  const pools = await tree();
  const evaluated = await findEvaluatedInvite(table, organization.id, inviteId, { tree: pools, now });
  if (!evaluated) return fail('invite_not_found');
  const allowed = requireAllowedInvite(organization, evaluated.invite);
  if (!allowed.ok) return allowed;
  const renewed = renewInvite(evaluated, actor, now);
  if (!renewed.ok) return renewed;
  const view = inviteView(renewed.value, pools);
  const transaction = await table.transact([
    ...renewalWrites(evaluated.invite, renewed.value.invite, { now, quota, actor }),
    holdAddress(renewed.value.invite, guard(addressFree(now, evaluated.invite.id), 'address_taken')),
    treeUnchanged(organization.id, organization.treeVersion),
    ...stillAllowed,
    ...auditBy({ ids }, actor, now, 'invite_resent', [namedInvite(evaluated.invite)]),
  ]);
  return committedRenewal(transaction, view, now);
};
