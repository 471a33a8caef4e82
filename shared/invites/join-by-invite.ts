import { audit } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import { cleanName } from '../names/display-name.ts';
import type { Named } from '../named.ts';
import type { Organization } from '../organizations/organization.ts';
import type { Account, Services } from '../ports.ts';
import { err, fail, type Result } from '../result.ts';
import { committed } from '../retry.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import type { StoredAssignment } from '../roles/role.ts';
import { above, equal, present } from '../table/condition.ts';
import { dueNow, keys, partitions } from '../table/keys.ts';
import { check, guard, put } from '../table/write.ts';
import { firstManagerWrites } from '../users/first-manager.ts';
import type { Inviter } from '../users/inviter.ts';
import { membershipWrites, notYetMember } from '../users/join.ts';
import { managerCountChange } from '../users/manager-count.ts';
import { withCurrentEntries } from '../users/user-entries.ts';
import { userItem, type User } from '../users/user.ts';
import { freeAddress, passAddress } from './address.ts';
import { namedInvite, type Invite } from './invite.ts';
import { endInvite } from './end-invite.ts';

/** An invite that is about to be accepted, and what its evaluation was based on. */
export interface AcceptableInvite {
  invite: Invite;
  organization: Organization;
  /** The user who is responsible now. */
  inviter: Inviter;
  firstInviter: Named;
  roles: StoredAssignment[];
}

export interface Accepted {
  organizationId: string;
  userId: string;
  email: string;
}

/**
 * Makes the owner of an account a user of the organization, in one transaction that succeeds only if the invite is still pending
 * and unexpired and its responsible inviter is unchanged. `name` is used if the account has no name.
 */
export const joinByInvite = async (
  { clock, ids, tenantTable }: Pick<Services, 'clock' | 'ids' | 'tenantTable'>,
  { invite, organization, inviter, firstInviter, roles: assignments }: AcceptableInvite,
  account: Account,
  { name, requestId }: { name: string | undefined; requestId: string },
): Promise<Result<Accepted, Failure | 'retry'>> => {
  // Reads the clock again, because creating an account may have taken seconds since the evaluation.
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
    invitedBy: firstInviter,
    joinedAt: now,
    version: 1,
  };
  const transaction = await tenantTable(organization.id, partitions.person(user.personId)).transact([
    endInvite(invite, 'accepted', { acceptedAt: now, userId }, guard(above('expiresAt', now), 'retry')),
    passAddress(invite, userId),
    // The worker ends the other invites of the address.
    put({ ...userItem(organization.id, withCurrentEntries(user)), ...dueNow(now) }),
    ...membershipWrites(organization.id, user, notYetMember),
    ...managerCountChange(organization.id, [], assignments),
    ...firstManagerWrites(organization, userId),
    treeUnchanged(organization.id, organization.treeVersion),
    // An inviter who lost the right to invite and regained it is no longer responsible for earlier invites, so checking
    // the right is not enough.
    check(keys.user(organization.id, inviter.id), guard(equal('version', inviter.version), 'retry')),
    ...audit({
      organizationId: organization.id,
      id: ids.next('evt'),
      at: now,
      actor: user,
      action: 'invite_accepted',
      targets: [namedInvite(invite), user],
      requestId,
    }),
  ]);
  if (!transaction.ok && transaction.error === 'already_member')
    return endAsMember({ clock, ids, tenantTable }, invite, account, requestId);
  return committed(transaction, { organizationId: organization.id, userId, email: invite.email });
};

/** Ends an invite whose recipient is already a user, with another address. The inviter does not learn which user that is. */
const endAsMember = async (
  { clock, ids, tenantTable }: Pick<Services, 'clock' | 'ids' | 'tenantTable'>,
  invite: Invite,
  { personId }: Account,
  requestId: string,
): Promise<Result<never, Failure | 'retry'>> => {
  const transaction = await tenantTable(invite.organizationId).transact([
    endInvite(invite, 'already_member', {}),
    freeAddress(invite),
    check(keys.membership(invite.organizationId, personId), guard(present('pk'), 'retry')),
    ...audit({
      organizationId: invite.organizationId,
      id: ids.next('evt'),
      at: clock.now(),
      action: 'invite_already_member',
      targets: [namedInvite(invite)],
      requestId,
    }),
  ]);
  return transaction.ok ? fail('already_member', 'Go and sign in.') : err('retry');
};
