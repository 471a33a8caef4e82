import { operation } from '../api/operation.ts';
import { auditBy } from '../audit/audit-event.ts';
import { queueNotice } from '../mail/notice.ts';
import { firstName, idsOf, nameAmong } from '../named.ts';
import { fail, failAt, ok } from '../result.ts';
import { committed } from '../retry.ts';
import { requireKnownPools, treeUnchanged } from '../roles/known-pools.ts';
import { formatAssignment, sameAssignments } from '../roles/role.ts';
import { nameOfPool } from '../roles/pool-tree.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { guard, update } from '../table/write.ts';
import { findBoundAccounts } from './bound-accounts.ts';
import { changeEntries } from './change-entries.ts';
import { findNamedActiveUser, findNamedUser, userKeys } from './find-users.ts';
import { losesInvites, lossOfInvites, pendingInvitesAfter } from './inviter.ts';
import { managerCountChange } from './manager-count.ts';
import { requireRemainingManager } from './remaining-manager.ts';
import { rolesInWords } from './roles-in-words.ts';
import { userRoutes } from './user-routes.ts';
import { userView } from './user-view.ts';
import { isActive, type User } from './user.ts';

export const changeRoles = operation(
  userRoutes.changeRoles,
  { reads: userKeys, versioned: ({ table }, request) => findNamedActiveUser(table, request) },
  async ({ table, directory, ids }, request) => {
    const { actor, organization, body, now, stillAllowed } = request;
    const user = await findNamedUser(table, request);
    if (!user) return fail('user_not_found');
    if (!isActive(user)) return fail('already_removed', 'The user was removed.');
    const tree = await request.tree();
    const known = requireKnownPools(tree, { assignments: body.roles, pointer: '/roles' });
    if (!known.ok) return known;
    if (sameAssignments(user.assignments, body.roles)) return ok(userView(user, tree));
    const loses = losesInvites(user, body.roles);
    if (loses && user.id === actor.userId && body.pendingInvites === 'keep')
      return failAt(
        '/pendingInvites',
        'invites_need_manager',
        'Nobody would be responsible for them.',
        'You give up the right to invite, so nobody would be responsible for the invites you sent: revoke them, or let another organization manager change your roles.',
      );
    const remaining = await requireRemainingManager({ table, directory }, actor, user, body.roles);
    if (!remaining.ok) return remaining;

    const changed: User = { ...user, assignments: body.roles, version: user.version + 1 };
    const stored = { assignments: body.roles.map(formatAssignment) };
    const changes = { before: user.assignments.map(formatAssignment), after: stored.assignments };
    const [listed, serviceAccounts] = await Promise.all([
      changeEntries(table, organization.id, user, changed),
      loses ? findBoundAccounts(table, organization.id, user.id) : undefined,
    ]);
    const details = {
      ...changes,
      ...(loses && { pendingInvites: pendingInvitesAfter(user, actor, body.pendingInvites) }),
      ...(serviceAccounts?.length && { serviceAccounts: idsOf(serviceAccounts) }),
    };
    const nameOf = firstName(nameOfPool(tree), nameAmong(serviceAccounts ?? []));
    const transaction = await table.transact([
      update(
        keys.user(organization.id, user.id),
        { set: stored, add: { version: 1 } },
        guard(equal('version', user.version), 'retry'),
      ),
      ...lossOfInvites(organization.id, user, body.roles, actor, now, body.pendingInvites),
      update(keys.membership(organization.id, user.personId), { set: stored }),
      ...managerCountChange(organization.id, user.assignments, body.roles),
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
          facts: { organization: organization.name, actor: actor.name, roles: rolesInWords(body.roles, tree) },
        },
        now,
      ),
    ]);
    return committed(transaction, { ...userView(changed, tree), ...(serviceAccounts && { serviceAccounts }) });
  },
);
