import type { Member } from '../actor.ts';
import type { Input, Operation, Output } from '../api/route.ts';
import { countPools } from './count-assets.ts';
import { auditBy } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import { queueNotice } from '../mail/notice.ts';
import type { Services } from '../ports.ts';
import { err, fail, ok, type Result } from '../result.ts';
import { startOver } from '../retry.ts';
import { stillOrganizationManager } from '../roles/entitlement.ts';
import { isOrganizationManager } from '../roles/role.ts';
import { contains, equal } from '../table/condition.ts';
import { dueNow, keys, partitions } from '../table/keys.ts';
import { check, erase, guard, update, type Write } from '../table/write.ts';
import { findUsers } from '../users/find-users.ts';
import { managerCountChange } from '../users/manager-count.ts';
import type { userRoutes } from '../users/user-routes.ts';
import { userView } from '../users/user-view.ts';
import { isActive, mayInvite, type User } from '../users/user.ts';

type RemoveUser = typeof userRoutes.removeUser;
type Removal = Output<RemoveUser>;

export const removeUser: Operation<RemoveUser> =
  (services) =>
  (actor, { params, query, ifMatch }) =>
    remove(services, actor, { leaverId: params.userId, ifMatch, ...query });

export const leaveOrganization: Operation<typeof userRoutes.leaveOrganization> =
  (services) =>
  (actor, { query, ifMatch }) =>
    remove(services, actor, { leaverId: actor.userId, ifMatch, ...query });

/** Bytes of a user's record and what it takes over: an item of DynamoDB holds 400 KB. */
const mostRecord = 300_000;

const utf8 = new TextEncoder();

type Request = Input<RemoveUser>['query'] & { leaverId: string; ifMatch: number | undefined };

/** Nothing is moved: the leaver points to its successor, whose holdings grow by the leaver's, in one transaction of at most 12 items. */
const remove = async (services: Services, actor: Member, request: Request): Promise<Result<Removal>> => {
  const { successorId } = request;
  if (successorId === undefined)
    return fail('successor_required', 'Say with ?successorId= who takes over everything this user owns.', {
      errors: [{ pointer: '?successorId', code: 'successor_required', detail: 'It is missing.' }],
    });
  return startOver(() => attempt(services, actor, { ...request, successorId }));
};

const attempt = async (
  services: Services,
  actor: Member,
  request: Request & { successorId: string },
): Promise<Result<Removal, Failure | 'again'>> => {
  const { table, tenantTable, clock, ids } = services;
  const organizationId = actor.organization.id;
  const users = await findUsers(table, organizationId, [request.leaverId, request.successorId]);
  const leaver = users.get(request.leaverId);
  const successor = users.get(request.successorId);
  if (!leaver) return fail('user_not_found');
  if (!isActive(leaver))
    return leaver.successorId === request.successorId && successor
      ? ok(await removal(services, actor, leaver, successor))
      : fail('already_removed', `Removed already; the successor is ${leaver.successorId}.`);
  if (leaver.id === request.successorId) return refuseSuccessor('successor_is_leaver');
  if (!successor) return refuseSuccessor('successor_unknown');
  if (!isActive(successor)) return refuseSuccessor('successor_inactive');
  if (request.ifMatch !== undefined && request.ifMatch !== leaver.version) return fail('stale_version');
  if (utf8.encode(JSON.stringify([successor, leaver.holdings])).length > mostRecord)
    return fail('successor_full', 'Name somebody who has taken over from fewer.', {
      errors: [{ pointer: '?successorId', code: 'successor_full', detail: 'Name another active user.' }],
    });

  const now = clock.now();
  const left = leaver.id === actor.userId;
  const invites = invitesAfter(leaver, successor, actor, request.pendingInvites, now);
  if (!invites.ok) return invites;
  const end = {
    status: 'removed' as const,
    removedAt: now,
    removedBy: actor.userId,
    successorId: successor.id,
  };
  const taken = { holdings: leaver.holdings, takenOver: [{ id: leaver.id, name: leaver.name, at: now }] };
  const written = await tenantTable(organizationId, partitions.person(leaver.personId)).transact([
    update(
      keys.user(organizationId, leaver.id),
      {
        set: { ...end, ...dueNow(now) },
        add: { version: 1 },
        append: { invitesPassed: invites.value.passed },
      },
      guard(equal('version', leaver.version), 'again' as const),
      guard(equal('status', 'active'), 'again' as const),
    ),
    update(
      keys.user(organizationId, successor.id),
      {
        append: taken,
        add: { version: 1 },
      },
      guard(equal('status', 'active'), 'successor_inactive' as const),
    ),
    erase(keys.membership(organizationId, leaver.personId)),
    erase(keys.personOrganization(leaver.personId, organizationId)),
    erase(keys.address(organizationId, leaver.email)),
    ...managerCountChange(organizationId, leaver.assignments, []),
    ...(left ? [] : [stillOrganizationManager(actor)]),
    ...invites.value.checks,
    auditBy(services, actor, now, left ? 'user_left' : 'user_removed', [leaver.id, successor.id], {
      pendingInvites: request.pendingInvites,
    }),
    queueNotice(
      organizationId,
      {
        id: ids.next('mail'),
        kind: 'assets_taken_over',
        to: successor.email,
        facts: { organization: actor.organization.name, leaver: leaver.name },
      },
      now,
    ),
    queueNotice(
      organizationId,
      {
        id: ids.next('mail'),
        kind: 'removed',
        to: leaver.email,
        facts: { organization: actor.organization.name, successor: successor.name },
      },
      now,
    ),
  ]);
  if (written.ok) {
    const gone: User = { ...leaver, ...end, version: leaver.version + 1 };
    const takenOver = [...successor.takenOver, ...taken.takenOver];
    return ok(await removal(services, actor, gone, { ...successor, takenOver, version: successor.version + 1 }));
  }
  return written.error === 'again' ? err('again') : fail(written.error);
};

const refuseSuccessor = (code: 'successor_is_leaver' | 'successor_unknown' | 'successor_inactive') =>
  fail(code, undefined, { errors: [{ pointer: '?successorId', code, detail: 'Name another active user.' }] });

/**
 * Pending invites that the leaver answers for go to the acting manager, or are revoked. Who leaves by itself passes them to
 * its successor, who then has to be an organization manager.
 */
const invitesAfter = (
  leaver: User,
  successor: User,
  actor: Member,
  pendingInvites: 'keep' | 'revoke',
  now: string,
): Result<{ passed: User['invitesPassed']; checks: Write<'again'>[] }> => {
  if (!isOrganizationManager(leaver.assignments)) return ok({ passed: [], checks: [] });
  if (pendingInvites === 'revoke') return ok({ passed: [{ at: now }], checks: [] });
  if (leaver.id !== actor.userId) return ok({ passed: [{ at: now, to: actor.userId }], checks: [] });
  // The write refuses the last one; said first, because no answer to the invites helps it.
  if (actor.organization.managerCount <= 1) return fail('last_organization_manager');
  if (!mayInvite(successor))
    return fail(
      'invites_need_manager',
      'Your successor is not an organization manager and cannot answer for the invites you sent: add pendingInvites=revoke, or name an organization manager.',
    );
  return ok({
    passed: [{ at: now, to: successor.id }],
    checks: [
      check(
        keys.user(actor.organization.id, successor.id),
        guard(contains('assignments', 'organization_manager'), 'again' as const),
      ),
    ],
  });
};

const removal = async (
  { table, poolTree }: Services,
  actor: Member,
  leaver: User,
  successor: User,
): Promise<Removal> => {
  const { organization } = actor;
  const tree = await poolTree(table, organization.id, organization.treeVersion);
  return {
    user: userView(leaver, tree),
    successor: userView(successor, tree),
    takenOver: { pools: countPools(tree, new Set(leaver.holdings)) },
  };
};
