import { audit } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import type { Organization } from '../organizations/organization.ts';
import type { Account, Services } from '../ports.ts';
import { err, fail, ok, type Result } from '../result.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import { poolOf, type RoleAssignment } from '../roles/role.ts';
import { above, contains, equal } from '../table/condition.ts';
import { keys, partitions } from '../table/keys.ts';
import { check, guard, put, type Guard } from '../table/write.ts';
import { cleanName } from '../text.ts';
import { firstManagerWrites } from '../users/first-manager.ts';
import type { Inviter } from '../users/inviter.ts';
import { joinWrites } from '../users/join.ts';
import { managerCountChange } from '../users/manager-count.ts';
import type { User } from '../users/user.ts';
import type { Invite } from './invite.ts';
import { settle } from './settle.ts';

/** An invite that is about to be accepted, and what it was judged by. */
export interface Acceptable {
  invite: Invite;
  organization: Organization;
  inviter: Inviter;
}

export interface Accepted {
  organizationId: string;
  userId: string;
  email: string;
}

/** What an invite still gives: pools that are gone are dropped. */
export const remainingRoles = ({ assignments }: Invite, tree: PoolTree): RoleAssignment[] =>
  assignments.filter((assignment) => {
    const poolId = poolOf(assignment);
    return poolId === undefined || tree.get(poolId) !== undefined;
  });

/**
 * Makes the owner of an account a user, in one transaction: the invite pending, unexpired, and still upheld by its inviter.
 * `guards`: what else the invite has to meet. `name`: what the person calls itself, should the account not say.
 */
export const joinByInvite = async (
  { clock, ids, poolTree, tenantTable }: Services,
  { invite, organization, inviter }: Acceptable,
  account: Account,
  { name, requestId, guards }: { name: string | undefined; requestId: string; guards: Guard<'again'>[] },
): Promise<Result<Accepted, Failure | 'again'>> => {
  const tree = await poolTree(tenantTable(organization.id), organization.id, organization.treeVersion);
  const assignments = remainingRoles(invite, tree);
  if (assignments.length === 0) return fail('invite_void');
  const now = clock.now();
  const userId = ids.next('usr');
  const user: User = {
    id: userId,
    personId: account.personId,
    email: invite.email,
    name: cleanName(account.name ?? name, invite.email),
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
      guard(equal('version', invite.version), 'again' as const),
      ...guards,
    ),
    put(
      { ...keys.address(organization.id, invite.email), state: 'member', userId },
      guard(equal('inviteId', invite.id), 'again' as const),
    ),
    ...joinWrites(organization.id, user),
    ...managerCountChange(organization.id, [], assignments),
    ...firstManagerWrites(organization, userId),
    treeUnchanged(organization.id, organization.treeVersion),
    check(
      keys.user(organization.id, inviter.id),
      guard(equal('status', 'active'), 'again' as const),
      guard(contains('assignments', 'organization_manager'), 'again' as const),
      // Who lost the right and has it again no longer answers for what was sent before.
      guard(equal('version', inviter.version), 'again' as const),
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
