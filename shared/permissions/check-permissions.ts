import type { Member } from '../actor.ts';
import { operation } from '../api/operation.ts';
import type { Input, Output } from '../api/route.ts';
import { ownerKeys } from '../assets/new-owner.ts';
import { findOwners, type OwnerOf } from '../assets/owner.ts';
import type { FieldError } from '../errors.ts';
import { findResources, poolPathOf } from '../resources/find-resources.ts';
import type { Resource } from '../resources/resource.ts';
import { fail, ok, type Result } from '../result.ts';
import { authorize, type Target } from '../roles/authorize.ts';
import { isOnExistingPool } from '../roles/known-pools.ts';
import { pathIds, type PoolTree } from '../roles/pool-tree.ts';
import type { StoredAssignment } from '../roles/role.ts';
import type { Table } from '../table/table.ts';
import { findInviters } from '../users/find-users.ts';
import { operators } from '../users/operators.ts';
import { roleViews } from '../users/user-view.ts';
import { isActive } from '../users/user.ts';
import { permissionRoutes } from './permission-routes.ts';

type CheckPermissions = typeof permissionRoutes.checkPermissions;
type Check = Input<CheckPermissions>['body']['checks'][number];

/** The user or service account whose rights are checked. */
interface Subject {
  userId: string;
  assignments: readonly StoredAssignment[];
}

/** The data that the checks are decided on. */
interface Facts {
  tree: PoolTree;
  resources: Map<string, Resource>;
  ownerOf: OwnerOf;
}

export const checkPermissions = operation(
  permissionRoutes.checkPermissions,
  { reads: ({ organizationId, body }) => ownerKeys(organizationId, body.userId) },
  async ({ table }, { actor, organization, body, tree: readTree }) => {
    const [subject, resources, tree] = await Promise.all([
      findSubject(table, actor, body.userId),
      findResources(
        table,
        organization.id,
        body.checks.flatMap(({ resourceId }) => resourceId ?? []),
      ),
      readTree(),
    ]);
    if (!subject.ok) return subject;
    const errors = body.checks.flatMap((check, index) => missing(check, index, tree, resources));
    const [first] = errors;
    if (first) return fail(first.code, 'A check names what does not exist.', { errors });
    const ownerOf = await findOwners(
      table,
      organization.id,
      [...resources.values()].map(({ holderId }) => holderId),
    );
    // A role on a deleted pool grants nothing, so the response must not name it as the reason.
    const assignments = subject.value.assignments.filter(isOnExistingPool(tree));
    return ok({
      results: body.checks.map((check) =>
        explain({ ...subject.value, assignments }, { tree, resources, ownerOf }, check),
      ),
    });
  },
);

const findSubject = async (table: Table, actor: Member, userId: string | undefined): Promise<Result<Subject>> => {
  if (userId === undefined || userId === actor.userId)
    return ok({ userId: actor.userId, assignments: actor.assignments });
  const user = (await findInviters(table, actor.organization.id, [userId])).get(userId);
  return user && isActive(user) && user.id !== operators.id
    ? ok({ userId, assignments: user.assignments })
    : fail('user_not_found');
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
  { userId, assignments }: Subject,
  { tree, resources, ownerOf }: Facts,
  check: Check,
): Output<CheckPermissions>['results'][number] => {
  const { action, poolId } = check;
  const resource = resources.get(check.resourceId ?? '');
  const target: Target = {
    ...(poolId !== undefined && { poolPath: pathIds(tree, poolId) }),
    ...(resource && { poolPath: poolPathOf(resource, tree), own: ownerOf(resource.holderId).id === userId }),
  };
  const decision = authorize(assignments, action, target);
  const answer = { ...check, allowed: decision.allowed };
  if (!decision.allowed) return { ...answer, needs: decision.needs };
  const [through] = roleViews([decision.through], tree);
  return { ...answer, ...(through && { through }) };
};
