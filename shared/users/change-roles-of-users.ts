import type { Output } from '../api/route.ts';
import type { Input } from '../api/route.ts';
import { failedOutcome } from '../api/outcome.ts';
import { ok, type Result } from '../result.ts';
import { requireKnownPools } from '../roles/known-pools.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import type { StoredAssignment } from '../roles/role.ts';
import { keys } from '../table/keys.ts';
import { adjustedRoles } from './adjusted-roles.ts';
import { assignRoles } from './assign-roles.ts';
import { eachUser } from './each-user.ts';
import { requireActiveUser } from './find-users.ts';
import { userRoutes } from './user-routes.ts';
import { summarize } from './user-row.ts';
import { userView } from './user-view.ts';

type ChangeRolesOfUsers = typeof userRoutes.changeRolesOfUsers;
type Body = Input<ChangeRolesOfUsers>['body'];
type Changed = Omit<Output<ChangeRolesOfUsers>['results'][number], 'id' | 'ok'>;

export const changeRolesOfUsers = eachUser<ChangeRolesOfUsers, Changed>(userRoutes.changeRolesOfUsers, {
  require: async ({ body, tree }) => requireGivable(await tree(), body),
  reads: ({ organizationId }, userId) => [keys.user(organizationId, userId)],
  change: async (services, request, userId) => {
    const { organization, body } = request;
    const user = await requireActiveUser(services.table, organization.id, userId);
    if (!user.ok) return user;
    const tree = await request.tree();
    const givable = requireGivable(tree, body);
    if (!givable.ok) return givable;
    const roles = rolesAfter(user.value.assignments, body, tree);
    if (!roles.ok) return roles;
    const changed = await assignRoles(services, request, user.value, roles.value, body.pendingInvites);
    if (!changed.ok) return changed;
    const { user: after, serviceAccounts } = changed.value;
    return ok({ user: userView(summarize(after), tree), ...(serviceAccounts && { serviceAccounts }) });
  },
  response: (done) => ({
    results: done.map(([id, result]) =>
      result.ok ? { id, ok: true, ...result.value } : failedOutcome(id, result.error),
    ),
  }),
});

/** Requires that the pools of added roles exist. Roles on deleted pools can still be removed. */
const requireGivable = (tree: PoolTree, { action, roles }: Body): Result<void> =>
  action === 'remove' ? ok(undefined) : requireKnownPools(tree, { assignments: roles, pointer: '/roles' });

const rolesAfter = (
  held: readonly StoredAssignment[],
  { action, roles }: Body,
  tree: PoolTree,
): Result<StoredAssignment[]> => (action === 'replace' ? ok(roles) : adjustedRoles(held, { [action]: roles }, tree));
