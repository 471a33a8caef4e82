import { operation, type MemberRequest } from '../api/operation.ts';
import type { Route } from '../api/route.ts';
import { auditBy } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import type { Services } from '../ports.ts';
import { fail, type Result } from '../result.ts';
import { committed } from '../retry.ts';
import { freeAddress } from './address.ts';
import { endInvite } from './end-invite.ts';
import { findEvaluatedInvite } from './evaluate-invite.ts';
import { findNamedInvite, inviteKeys } from './find-invite.ts';
import { namedInvite } from './invite.ts';
import { isOpen } from './invite-status.ts';
import { inviteRoutes } from './invite-routes.ts';
import { inviteView, type InviteView } from './invite-view.ts';

export const revokeInvite = operation(
  inviteRoutes.revokeInvite,
  { reads: inviteKeys, versioned: ({ table }, request) => findNamedInvite(table, request) },
  (services, request) => revokeOne(services, request, request.params.inviteId),
);

/** Revokes one invite. Also called for each invite of a request that revokes several. */
export const revokeOne = async (
  { table, ids }: Pick<Services, 'table' | 'ids'>,
  { actor, organization, now, tree, stillAllowed }: MemberRequest<Route>,
  inviteId: string,
): Promise<Result<InviteView, Failure | 'retry'>> => {
  const pools = await tree();
  const evaluated = await findEvaluatedInvite(table, organization.id, inviteId, { tree: pools, now });
  if (!evaluated) return fail('invite_not_found');
  const { invite, status } = evaluated;
  if (!isOpen(status)) return fail('invite_settled', `The invitation is ${status}.`);
  const revoked = { ...invite, status: 'revoked' as const, version: invite.version + 1 };
  const view = inviteView({ ...evaluated, invite: revoked, status: 'revoked' }, pools);
  const transaction = await table.transact([
    endInvite(invite, 'revoked', {}),
    freeAddress(invite),
    ...stillAllowed,
    ...auditBy({ ids }, actor, now, 'invite_revoked', [namedInvite(invite)]),
  ]);
  return committed(transaction, view);
};
