import type { MemberRequest } from '../api/operation.ts';
import type { Route } from '../api/route.ts';
import { auditBy } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import { queueNotice } from '../mail/notice.ts';
import { firstName, idsOf, nameAmong, type Named } from '../named.ts';
import type { Services } from '../ports.ts';
import { failAt, ok, type Result } from '../result.ts';
import { committed } from '../retry.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import { formatAssignment, sameAssignments, type StoredAssignment } from '../roles/role.ts';
import { nameOfPool } from '../roles/pool-tree.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, update } from '../table/write.ts';
import { findBoundAccounts } from './bound-accounts.ts';
import { changeEntries } from './change-entries.ts';
import { losesInvites, lossOfInvites, pendingInvitesAfter, type PendingInvitesChoice } from './inviter.ts';
import { managerCountChange } from './manager-count.ts';
import { requireRemainingManager } from './remaining-manager.ts';
import { rolesInWords } from './roles-in-words.ts';
import type { User } from './user.ts';

export interface RolesChanged {
  user: User;
  /** The service accounts that the user bound, if the user may no longer invite. */
  serviceAccounts?: Named[];
}

/** Replaces the roles of an active user in one transaction. Equal roles change nothing. */
export const assignRoles = async (
  { table, directory, ids }: Pick<Services, 'table' | 'directory' | 'ids'>,
  request: Pick<MemberRequest<Route>, 'actor' | 'organization' | 'now' | 'stillAllowed' | 'tree'>,
  user: User,
  roles: StoredAssignment[],
  pendingInvites: PendingInvitesChoice | undefined,
): Promise<Result<RolesChanged, Failure | 'retry'>> => {
  const { actor, organization, now, stillAllowed } = request;
  if (sameAssignments(user.assignments, roles)) return ok({ user });
  const tree = await request.tree();
  const loses = losesInvites(user, roles);
  if (loses && user.id === actor.userId && pendingInvites === 'keep')
    return failAt(
      '/pendingInvites',
      'invites_need_manager',
      'Nobody would be responsible for them.',
      'You would lose the right to invite, so nobody would be responsible for the invitations you sent. Revoke them, or ask another organization manager to change your roles.',
    );
  const remaining = await requireRemainingManager({ table, directory }, actor, user, roles);
  if (!remaining.ok) return remaining;

  const changed: User = { ...user, assignments: roles, version: user.version + 1 };
  const stored = { assignments: roles.map(formatAssignment) };
  const changes = { before: user.assignments.map(formatAssignment), after: stored.assignments };
  const [listed, serviceAccounts] = await Promise.all([
    changeEntries(table, organization.id, user, changed),
    loses ? findBoundAccounts(table, organization.id, user.id) : undefined,
  ]);
  const details = {
    ...changes,
    ...(loses && { pendingInvites: pendingInvitesAfter(user, actor, pendingInvites) }),
    ...(serviceAccounts?.length && { serviceAccounts: idsOf(serviceAccounts) }),
  };
  const nameOf = firstName(nameOfPool(tree), nameAmong(serviceAccounts ?? []));
  const transaction = await table.transact([
    update(
      keys.user(organization.id, user.id),
      { set: stored, add: { version: 1 } },
      guard(equal('version', user.version), 'retry'),
    ),
    ...lossOfInvites(organization.id, user, roles, actor, now, pendingInvites),
    update(keys.membership(organization.id, user.personId), { set: stored }),
    ...managerCountChange(organization.id, user.assignments, roles),
    ...remaining.value,
    treeUnchanged(organization.id, organization.treeVersion),
    ...stillAllowed,
    ...listed,
    ...auditBy({ ids }, actor, now, 'roles_changed', [user], details, nameOf),
    queueNotice(
      organization.id,
      {
        id: ids.next('mail'),
        kind: 'roles_changed',
        to: user.email,
        personId: user.personId,
        facts: { organization: organization.name, actor: actor.name, roles: rolesInWords(roles, tree) },
        thing: `${user.id} roles`,
        before: changes.before.toSorted().join(),
        after: changes.after.toSorted().join(),
      },
      now,
    ),
  ]);
  return committed(transaction, { user: changed, ...(serviceAccounts && { serviceAccounts }) });
};
