import { operation } from '../api/operation.ts';
import { requireKnownPools } from '../roles/known-pools.ts';
import { assignRoles } from './assign-roles.ts';
import { changedUserView } from './changed-user-view.ts';
import { findNamedActiveUser, requireActiveUser, userKeys } from './find-users.ts';
import { userRoutes } from './user-routes.ts';

export const changeRoles = operation(
  userRoutes.changeRoles,
  { reads: userKeys, versioned: ({ table }, request) => findNamedActiveUser(table, request) },
  async (services, request) => {
    const { organization, params, body } = request;
    const user = await requireActiveUser(services.table, organization.id, params.userId);
    if (!user.ok) return user;
    const known = requireKnownPools(await request.tree(), { assignments: body.roles, pointer: '/roles' });
    if (!known.ok) return known;
    const changed = await assignRoles(services, request, user.value, body.roles, body.pendingInvites);
    return changedUserView(changed, await request.tree());
  },
);
