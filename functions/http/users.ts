import { getUserAssets } from '../../shared/handover/get-user-assets.ts';
import { removeUsers } from '../../shared/handover/remove-users.ts';
import { restoreUser } from '../../shared/handover/restore-user.ts';
import { leaveOrganization, removeUser } from '../../shared/handover/remove-user.ts';
import { adjustRoles } from '../../shared/users/adjust-roles.ts';
import { changeRolesOfUsers } from '../../shared/users/change-roles-of-users.ts';
import { changeRoles } from '../../shared/users/change-roles.ts';
import { getMyUser } from '../../shared/users/get-my-user.ts';
import { getUser } from '../../shared/users/get-user.ts';
import { listUsers } from '../../shared/users/list-users.ts';
import { userRoutes } from '../../shared/users/user-routes.ts';
import { lambda } from './lambda.ts';

export const handler = lambda(userRoutes, {
  listUsers,
  getMyUser,
  getUser,
  getUserAssets,
  changeRoles,
  adjustRoles,
  changeRolesOfUsers,
  leaveOrganization,
  removeUser,
  removeUsers,
  restoreUser,
});
