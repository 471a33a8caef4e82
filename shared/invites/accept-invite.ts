import type { Anonymous } from '../actor.ts';
import type { Input, Operation, Output } from '../api/route.ts';
import { audit } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import type { Services } from '../ports.ts';
import { err, fail, ok, type Result } from '../result.ts';
import { startOver } from '../retry.ts';
import { poolOf } from '../roles/role.ts';
import { above, contains, equal } from '../table/condition.ts';
import { keys, partitions } from '../table/keys.ts';
import { check, guard, put } from '../table/write.ts';
import { cleanName } from '../text.ts';
import { findOrMakeAccount } from '../users/account.ts';
import { joinWrites } from '../users/join.ts';
import { managerCountChange } from '../users/manager-count.ts';
import type { User } from '../users/user.ts';
import type { acceptanceRoutes } from './acceptance-routes.ts';
import { deadCode, openInvite, type OpenedInvite } from './open-invite.ts';
import { settle } from './settle.ts';

type AcceptInvite = typeof acceptanceRoutes.acceptInvite;

export const acceptInvite: Operation<AcceptInvite> = (services) => (actor, input) =>
  startOver(() => attempt(services, actor, input));

const attempt = async (
  services: Services,
  { requestId }: Anonymous,
  { body }: Input<AcceptInvite>,
): Promise<Result<Output<AcceptInvite>, Failure | 'again'>> => {
  const { clock, ids, poolTree, tenantTable } = services;
  const opened = await openInvite(services, tenantTable, body.token, clock.now());
  if (!opened.ok) return opened;
  const { invite, status, organization, inviter, secretHash } = opened.value;
  if (status === 'accepted') return ok(accepted(opened.value));
  if (status !== 'pending') return fail(deadCode(status));
  if (!inviter) return fail('invite_revoked');
  const tree = await poolTree(tenantTable(organization.id), organization.id, organization.treeVersion);
  const assignments = invite.assignments.filter((assignment) => {
    const poolId = poolOf(assignment);
    return poolId === undefined || tree.get(poolId) !== undefined;
  });
  if (assignments.length === 0) return fail('invite_void');

  const found = await findOrMakeAccount(services, {
    organization,
    email: invite.email,
    name: body.name,
    password: body.password,
    claimant: requestId,
  });
  if (!found.ok) return found;
  const account = found.value;

  const now = clock.now();
  const userId = ids.next('usr');
  const user: User = {
    id: userId,
    personId: account.personId,
    email: invite.email,
    name: cleanName(account.name ?? body.name, invite.email),
    status: 'active',
    assignments,
    holdings: [userId],
    takenOver: [],
    invitesPassed: [],
    invitedBy: { id: inviter.id, name: inviter.name },
    joinedAt: now,
    version: 1,
  };
  const written = await tenantTable(organization.id, partitions.person(user.personId)).transact([
    settle(
      invite,
      'accepted',
      { acceptedAt: now, userId },
      guard(above('expiresAt', now), 'again' as const),
      guard(contains('secretHashes', secretHash), 'again' as const),
    ),
    put(
      { ...keys.address(organization.id, invite.email), state: 'member', userId },
      guard(equal('inviteId', invite.id), 'again' as const),
    ),
    ...joinWrites(organization.id, user),
    ...managerCountChange(organization.id, [], assignments),
    treeUnchanged(organization.id, organization.treeVersion),
    check(
      keys.user(organization.id, inviter.id),
      guard(equal('status', 'active'), 'again' as const),
      guard(contains('assignments', 'organization_manager'), 'again' as const),
    ),
    audit({
      organizationId: organization.id,
      id: ids.next('evt'),
      at: now,
      actorId: userId,
      action: 'invite_accepted',
      targets: [invite.id, userId],
      requestId,
    }),
  ]);
  if (written.ok) return ok({ organizationId: organization.id, userId, email: invite.email });
  if (written.error === 'already_member') return fail('already_member', 'Go and sign in.');
  return written.error === 'last_organization_manager' ? fail(written.error) : err('again');
};

const accepted = ({ invite, organization }: OpenedInvite): Output<AcceptInvite> => ({
  organizationId: organization.id,
  userId: invite.userId ?? '',
  email: invite.email,
});
