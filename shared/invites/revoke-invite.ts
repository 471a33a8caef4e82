import type { Member } from '../actor.ts';
import type { Input, Operation, Output } from '../api/route.ts';
import { auditBy } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import type { Services } from '../ports.ts';
import { err, fail, ok, type Result } from '../result.ts';
import { startOver } from '../retry.ts';
import { stillOrganizationManager } from '../roles/entitlement.ts';
import { above, equal } from '../table/condition.ts';
import { guard } from '../table/write.ts';
import { inviteToChange } from './judge-invite.ts';
import type { inviteRoutes } from './invite-routes.ts';
import { inviteView } from './invite-view.ts';
import { freeAddress } from './address.ts';
import { settle } from './settle.ts';

type RevokeInvite = typeof inviteRoutes.revokeInvite;

export const revokeInvite: Operation<RevokeInvite> = (services) => (actor, input) =>
  startOver(() => attempt(services, actor, input));

const attempt = async (
  services: Services,
  actor: Member,
  input: Input<RevokeInvite>,
): Promise<Result<Output<RevokeInvite>, Failure | 'again'>> => {
  const { table, clock, poolTree } = services;
  const { organization } = actor;
  const now = clock.now();
  const judged = await inviteToChange(table, organization.id, input, now);
  if (!judged.ok) return judged;
  const { invite, answerable, status } = judged.value;
  if (status !== 'pending') return fail('invite_settled', `The invite is ${status}.`);

  const written = await table.transact([
    settle(
      invite,
      'revoked',
      {},
      guard(equal('version', invite.version), 'again' as const),
      guard(above('expiresAt', now), 'again' as const),
    ),
    freeAddress(invite),
    stillOrganizationManager(actor),
    auditBy(services, actor, now, 'invite_revoked', [invite.id]),
  ]);
  if (!written.ok) return written.error === 'forbidden' ? fail('forbidden') : err('again');
  const revoked = { ...invite, status: 'revoked' as const, version: invite.version + 1 };
  const tree = await poolTree(table, organization.id, organization.treeVersion);
  return ok(inviteView(revoked, answerable, tree, now));
};
