import type { Member } from '../actor.ts';
import type { Input, Operation, Output } from '../api/route.ts';
import { findOwners, type OwnerOf } from '../assets/owner.ts';
import type { FieldError } from '../errors.ts';
import type { Services } from '../ports.ts';
import { findResources, poolPathOf } from '../resources/find-resources.ts';
import type { Resource } from '../resources/resource.ts';
import { fail, ok, type Result } from '../result.ts';
import { authorize, type Target } from '../roles/authorize.ts';
import { pathIds, type PoolTree } from '../roles/pool-tree.ts';
import { isOrganizationManager, poolOf, type RoleAssignment } from '../roles/role.ts';
import { findInviters } from '../users/find-users.ts';
import { operators } from '../users/operators.ts';
import { roleViews } from '../users/user-view.ts';
import { isActive } from '../users/user.ts';
import type { permissionRoutes } from './permission-routes.ts';

type CheckPermissions = typeof permissionRoutes.checkPermissions;
type Check = Input<CheckPermissions>['body']['checks'][number];

/** Whom the checks are about. */
interface Asked {
  userId: string;
  assignments: readonly RoleAssignment[];
}

/** What the checks are decided by. */
interface Known {
  tree: PoolTree;
  resources: Map<string, Resource>;
  ownerOf: OwnerOf;
}

export const checkPermissions: Operation<CheckPermissions> =
  (services) =>
  async (actor, { body }) => {
    const { table, poolTree } = services;
    const { organization } = actor;
    const asked = await findAsked(services, actor, body.userId);
    if (!asked.ok) return asked;
    const tree = await poolTree(table, organization.id, organization.treeVersion);
    const resources = await findResources(
      table,
      organization.id,
      body.checks.flatMap(({ resourceId }) => resourceId ?? []),
    );
    const errors = body.checks.flatMap((check, index) => missing(check, index, tree, resources));
    const [first] = errors;
    if (first) return fail(first.code, 'A check names what does not exist.', { errors });
    const ownerOf = await findOwners(
      table,
      organization.id,
      [...resources.values()].map(({ holderId }) => holderId),
    );
    const known = { tree, resources, ownerOf };
    const standing = { ...asked.value, assignments: asked.value.assignments.filter(isStandingIn(tree)) };
    return ok({ results: body.checks.map((check) => explain(standing, known, check)) });
  };

const findAsked = async ({ table }: Services, actor: Member, userId: string | undefined): Promise<Result<Asked>> => {
  if (userId === undefined || userId === actor.userId)
    return ok({ userId: actor.userId, assignments: actor.assignments });
  if (!actor.serviceAccount && !isOrganizationManager(actor.assignments))
    return fail('forbidden', 'Asking about another user takes: Organization manager, or a service account.');
  const user = (await findInviters(table, actor.organization.id, [userId])).get(userId);
  return user && isActive(user) && user.id !== operators.id
    ? ok({ userId, assignments: user.assignments })
    : fail('user_not_found');
};

/** A role on a pool that is gone counts for nothing: it is not named as a reason either. */
const isStandingIn =
  (tree: PoolTree) =>
  (assignment: RoleAssignment): boolean => {
    const poolId = poolOf(assignment);
    return poolId === undefined || tree.get(poolId) !== undefined;
  };

const missing = (
  { poolId, resourceId }: Check,
  index: number,
  tree: PoolTree,
  resources: Map<string, Resource>,
): (FieldError & { code: 'unknown_pool' | 'unknown_resource' })[] => [
  ...(poolId === undefined || tree.get(poolId)
    ? []
    : [{ pointer: `/checks/${index}/poolId`, code: 'unknown_pool' as const, detail: 'No such pool.' }]),
  ...(resourceId === undefined || resources.has(resourceId)
    ? []
    : [{ pointer: `/checks/${index}/resourceId`, code: 'unknown_resource' as const, detail: 'No such resource.' }]),
];

const explain = (
  { userId, assignments }: Asked,
  { tree, resources, ownerOf }: Known,
  check: Check,
): Output<CheckPermissions>['results'][number] => {
  const { action, poolId } = check;
  const resource = resources.get(check.resourceId ?? '');
  const target: Target = {
    ...(poolId !== undefined && { poolPath: pathIds(tree, poolId) }),
    ...(resource && { poolPath: poolPathOf(resource, tree), own: ownerOf(resource.holderId).id === userId }),
  };
  const decision = authorize(assignments, action, target);
  const asked = { ...check, allowed: decision.allowed };
  if (!decision.allowed) return { ...asked, needs: decision.needs };
  const [through] = roleViews([decision.through], tree);
  return { ...asked, ...(through && { through }) };
};
