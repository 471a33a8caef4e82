import type { Member } from '../actor.ts';
import type { MemberRequest } from '../api/operation.ts';
import type { Route } from '../api/route.ts';
import { auditBy } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import { userRecordBytesMax } from '../limits.ts';
import { queueNotice } from '../mail/notice.ts';
import { idsOf, nameAmong, type NameOf, type Named } from '../named.ts';
import type { Services } from '../ports.ts';
import { fail, failAt, ok, type Result } from '../result.ts';
import { committed } from '../retry.ts';
import { equal } from '../table/condition.ts';
import { dueNow, keys, partitions, userByTime } from '../table/keys.ts';
import { erase, guard, put, update } from '../table/write.ts';
import { findBoundAccounts } from '../users/bound-accounts.ts';
import { findRemovalNames, findUsers } from '../users/find-users.ts';
import { invitesPassedTo, type PendingInvitesChoice } from '../users/inviter.ts';
import { canSignIn, requireRemainingManager } from '../users/remaining-manager.ts';
import { managerCountChange } from '../users/manager-count.ts';
import { rowKey } from '../users/user-entries.ts';
import { rowUpdate } from '../users/user-row.ts';
import { isActive, mayInvite, type User } from '../users/user.ts';

export interface Handover {
  leaverId: string;
  successorId: string;
  pendingInvites: PendingInvitesChoice;
}

export interface Removed {
  leaver: User;
  successor: User;
  /** The service accounts that the leaver bound. */
  serviceAccounts: Named[];
  /** Finds the names of the successor and of the user who removed the leaver. */
  names: NameOf;
}

const utf8 = new TextEncoder();

/**
 * Removes a user without moving any asset: the leaver's record points to the successor, and the successor's holdings grow by
 * those of the leaver. One transaction of at most 16 items. Removing a removed user again has no effect if the successor is the same.
 */
export const removeOne = async (
  { table, tenantTable, directory, ids }: Pick<Services, 'table' | 'tenantTable' | 'directory' | 'ids'>,
  {
    actor,
    organization,
    now,
    stillAllowed,
  }: Pick<MemberRequest<Route>, 'actor' | 'organization' | 'now' | 'stillAllowed'>,
  { leaverId, successorId, pendingInvites }: Handover,
): Promise<Result<Removed, Failure | 'retry'>> => {
  const [users, serviceAccounts] = await Promise.all([
    findUsers(table, organization.id, [leaverId, successorId]),
    findBoundAccounts(table, organization.id, leaverId),
  ]);
  const leaver = users.get(leaverId);
  const successor = users.get(successorId);
  if (!leaver) return fail('user_not_found');
  if (!isActive(leaver))
    return leaver.successorId === successorId && successor
      ? ok({ leaver, successor, serviceAccounts, names: await findRemovalNames(table, organization.id, [leaver]) })
      : fail('already_removed', `The user was already removed. The successor is ${leaver.successorId}.`);
  if (leaver.id === successorId) return refuseSuccessor('successor_is_leaver');
  if (!successor) return refuseSuccessor('successor_unknown');
  if (!isActive(successor)) return refuseSuccessor('successor_inactive');
  if (utf8.encode(JSON.stringify([successor, leaver.holdings])).length > userRecordBytesMax)
    return failAt(
      '?successorId',
      'successor_full',
      'Name another active user.',
      'Name somebody who has taken over from fewer users.',
    );
  if (!(await canSignIn({ directory }, successor))) return refuseSuccessor('successor_cannot_sign_in');
  const remaining = await requireRemainingManager({ table, directory }, actor, leaver, [], successor);
  if (!remaining.ok) return remaining;
  const invites = invitesAfter(leaver, successor, actor, pendingInvites, now);
  if (!invites.ok) return invites;

  const removed: User = {
    ...leaver,
    status: 'removed',
    removedAt: now,
    removedBy: actor.userId,
    successorId,
    version: leaver.version + 1,
  };
  const { status, removedAt, removedBy } = removed;
  const handedOver = { holdings: leaver.holdings, takenOver: [{ id: leaver.id, name: leaver.name, at: now }] };
  const leaves = leaver.id === actor.userId;
  const succeeding: User = {
    ...successor,
    holdings: [...successor.holdings, ...handedOver.holdings],
    takenOver: [...successor.takenOver, ...handedOver.takenOver],
    version: successor.version + 1,
  };
  const details = { pendingInvites, ...(serviceAccounts.length > 0 && { serviceAccounts: idsOf(serviceAccounts) }) };
  const transaction = await tenantTable(organization.id, partitions.person(leaver.personId)).transact([
    update(
      keys.user(organization.id, leaver.id),
      {
        set: { status, removedAt, removedBy, successorId, ...userByTime(organization.id, removed), ...dueNow(now) },
        add: { version: 1 },
        append: { invitesPassed: invites.value },
      },
      guard(equal('version', leaver.version), 'retry'),
    ),
    update(
      keys.user(organization.id, successor.id),
      { append: handedOver, add: { version: 1 } },
      guard(equal('version', successor.version), 'retry'),
    ),
    rowUpdate(organization.id, succeeding),
    erase(rowKey(organization.id, leaver)),
    erase(keys.membership(organization.id, leaver.personId)),
    erase(keys.personOrganization(leaver.personId, organization.id)),
    erase(keys.address(organization.id, leaver.email)),
    put({ ...keys.removedUser(organization.id, leaver.email), removedUserId: leaver.id }),
    ...managerCountChange(organization.id, leaver.assignments, []),
    ...remaining.value,
    ...stillAllowed,
    ...auditBy(
      { ids },
      actor,
      now,
      leaves ? 'user_left' : 'user_removed',
      [leaver, successor],
      details,
      nameAmong(serviceAccounts),
    ),
    queueNotice(
      organization.id,
      {
        id: ids.next('mail'),
        kind: 'assets_taken_over',
        to: successor.email,
        personId: successor.personId,
        facts: { organization: organization.name, leaver: leaver.name },
        thing: leaver.id,
        before: 'active',
        after: 'removed',
      },
      now,
    ),
    queueNotice(
      organization.id,
      {
        id: ids.next('mail'),
        kind: 'removed',
        to: leaver.email,
        personId: leaver.personId,
        facts: { organization: organization.name, successor: successor.name },
        thing: leaver.id,
        before: 'active',
        after: 'removed',
      },
      now,
    ),
  ]);
  const names = nameAmong([{ id: actor.userId, name: actor.name }, successor]);
  return committed(transaction, { leaver: removed, successor: succeeding, serviceAccounts, names });
};

const refuseSuccessor = (
  code: 'successor_is_leaver' | 'successor_unknown' | 'successor_inactive' | 'successor_cannot_sign_in',
) => failAt('?successorId', code, 'Name another active user.');

/**
 * Decides who becomes responsible for the leaver's pending invites: the acting manager or, if the leaver removes themselves,
 * the successor, who must then be allowed to invite. With `pendingInvites=revoke` nobody does.
 */
const invitesAfter = (
  leaver: User,
  successor: User,
  actor: Member,
  pendingInvites: PendingInvitesChoice,
  now: string,
): Result<User['invitesPassed']> => {
  if (!mayInvite(leaver)) return ok([]);
  if (pendingInvites === 'revoke' || leaver.id !== actor.userId)
    return ok([invitesPassedTo(actor.userId, pendingInvites, now)]);
  if (!mayInvite(successor))
    return fail(
      'invites_need_manager',
      'Your successor is not an organization manager and cannot be responsible for the invitations you sent. Add pendingInvites=revoke, or name an organization manager.',
    );
  return ok([invitesPassedTo(successor.id, pendingInvites, now)]);
};
