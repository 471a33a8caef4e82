import { operation } from '../api/operation.ts';
import { requireKnownPools } from '../roles/known-pools.ts';
import { adjustedRoles } from './adjusted-roles.ts';
import { assignRoles } from './assign-roles.ts';
import { changedUserView } from './changed-user-view.ts';
import { findNamedActiveUser, requireActiveUser, userKeys } from './find-users.ts';
import { userRoutes } from './user-routes.ts';

export const adjustRoles = operation(
  userRoutes.adjustRoles,
  { reads: userKeys, versioned: ({ table }, request) => findNamedActiveUser(table, request) },
  async (services, request) => {
    const { organization, params, body } = request;
    const user = await requireActiveUser(services.table, organization.id, params.userId);
    if (!user.ok) return user;
    const tree = await request.tree();
    const known = requireKnownPools(tree, { assignments: body.add ?? [], pointer: '/add' });
    if (!known.ok) return known;
    const roles = adjustedRoles(user.value.assignments, body, tree);
    if (!roles.ok) return roles;
    return changedUserView(await assignRoles(services, request, user.value, roles.value, body.pendingInvites), tree);
  },
);
