import type { Member } from '../actor.ts';
import type { Input, Operation, Output } from '../api/route.ts';
import type { Services } from '../ports.ts';
import { fail, ok, type Result } from '../result.ts';
import { authorize } from '../roles/authorize.ts';
import { pathIds, type PoolTree } from '../roles/pool-tree.ts';
import { isOrganizationManager, type RoleAssignment } from '../roles/role.ts';
import { findUser } from './find-users.ts';
import type { permissionRoutes } from './permission-routes.ts';
import { roleViews } from './user-view.ts';
import { isActive } from './user.ts';

type CheckPermissions = typeof permissionRoutes.checkPermissions;
type Check = Input<CheckPermissions>['body']['checks'][number];

export const checkPermissions: Operation<CheckPermissions> =
  (services) =>
  async (actor, { body }) => {
    const { table, poolTree } = services;
    const { organization } = actor;
    const assignments = await assignmentsOf(services, actor, body.userId);
    if (!assignments.ok) return assignments;
    const tree = await poolTree(table, organization.id, organization.treeVersion);
    const errors = body.checks.flatMap(({ poolId }, index) =>
      poolId === undefined || tree.get(poolId)
        ? []
        : [{ pointer: `/checks/${index}/poolId`, code: 'unknown_pool', detail: 'The organization has no such pool.' }],
    );
    if (errors.length > 0) return fail('unknown_pool', 'A check names a pool that does not exist.', { errors });
    return ok({ results: body.checks.map((check) => explain(assignments.value, tree, check)) });
  };

const assignmentsOf = async (
  { table }: Services,
  actor: Member,
  userId: string | undefined,
): Promise<Result<readonly RoleAssignment[]>> => {
  if (userId === undefined || userId === actor.userId) return ok(actor.assignments);
  if (!isOrganizationManager(actor.assignments))
    return fail('forbidden', 'Asking about another user takes: Organization manager.');
  const user = await findUser(table, actor.organization.id, userId);
  return user && isActive(user) ? ok(user.assignments) : fail('user_not_found');
};

const explain = (
  assignments: readonly RoleAssignment[],
  tree: PoolTree,
  { action, poolId }: Check,
): Output<CheckPermissions>['results'][number] => {
  const target = poolId === undefined ? {} : { poolPath: pathIds(tree, poolId) };
  const decision = authorize(assignments, action, target);
  const asked = { action, ...(poolId !== undefined && { poolId }), allowed: decision.allowed };
  if (!decision.allowed) return { ...asked, needs: decision.needs };
  const [through] = roleViews([decision.through], tree);
  return { ...asked, ...(through && { through }) };
};
