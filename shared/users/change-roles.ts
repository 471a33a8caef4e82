import type { Member } from '../actor.ts';
import type { Input, Operation, Output } from '../api/route.ts';
import { auditBy } from '../audit/audit-event.ts';
import type { Failure } from '../errors.ts';
import { queueNotice } from '../mail/notice.ts';
import { currentOrganization } from '../organizations/current-organization.ts';
import { requireKnownPools, treeUnchanged } from '../roles/known-pools.ts';
import type { Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { startOver, written } from '../retry.ts';
import { stillOrganizationManager } from '../roles/entitlement.ts';
import { formatAssignment, sameAssignments } from '../roles/role.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { erase, guard, put, update } from '../table/write.ts';
import { changeEntries } from './change-entries.ts';
import { findUser } from './find-users.ts';
import { lossOfInvites } from './inviter.ts';
import { managerCountChange } from './manager-count.ts';
import { rolesInWords } from './roles-in-words.ts';
import type { userRoutes } from './user-routes.ts';
import { userView } from './user-view.ts';
import { isActive, type User } from './user.ts';

type ChangeRoles = typeof userRoutes.changeRoles;

export const changeRoles: Operation<ChangeRoles> = (services) => (actor, input) =>
  startOver((stale) => attempt(services, actor, input, stale));

const attempt = async (
  services: Services,
  actor: Member,
  { params, body, ifMatch }: Input<ChangeRoles>,
  stale: boolean,
): Promise<Result<Output<ChangeRoles>, Failure | 'again'>> => {
  const { table, clock, ids, poolTree } = services;
  const organization = await currentOrganization(table, actor, stale);
  const user = await findUser(table, organization.id, params.userId);
  const tree = await poolTree(table, organization.id, organization.treeVersion);
  if (!user) return fail('user_not_found');
  if (!isActive(user)) return fail('already_removed', 'The user was removed.');
  if (ifMatch !== undefined && ifMatch !== user.version) return fail('stale_version');
  const known = requireKnownPools(tree, body.roles, '/roles');
  if (!known.ok) return known;

  if (sameAssignments(user.assignments, body.roles)) return ok(userView(user, tree));

  const now = clock.now();
  const changed: User = { ...user, assignments: body.roles, version: user.version + 1 };
  const stored = { assignments: body.roles.map(formatAssignment) };
  const { added, gone } = await changeEntries(table, organization.id, user, changed);
  const result = await table.transact([
    update(
      keys.user(organization.id, user.id),
      { set: stored, add: { version: 1 } },
      guard(equal('version', user.version), ifMatch === undefined ? ('again' as const) : ('stale_version' as const)),
      guard(equal('status', 'active'), 'already_removed' as const),
    ),
    ...lossOfInvites(organization.id, user, body.roles, actor, now),
    update(keys.membership(organization.id, user.personId), { set: stored }),
    ...managerCountChange(organization.id, user.assignments, body.roles),
    treeUnchanged(organization.id, organization.treeVersion),
    stillOrganizationManager(actor),
    ...added.map((key) => put({ ...key, userId: user.id })),
    ...gone.map((key) => erase(key)),
    auditBy(services, actor, now, 'roles_changed', [user.id], {
      before: user.assignments.map(formatAssignment),
      after: stored.assignments,
    }),
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
  return written(result, userView(changed, tree));
};
