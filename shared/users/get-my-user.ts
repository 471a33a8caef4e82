import type { Operation } from '../api/route.ts';
import { fail, ok } from '../result.ts';
import { rightsOf } from '../roles/rights.ts';
import { findUser } from './find-users.ts';
import type { userRoutes } from './user-routes.ts';
import { userView } from './user-view.ts';

export const getMyUser: Operation<typeof userRoutes.getMyUser> =
  ({ table, poolTree }) =>
  async ({ organization, userId, assignments }) => {
    const user = await findUser(table, organization.id, userId);
    if (!user) return fail('user_not_found');
    const tree = await poolTree(table, organization.id, organization.treeVersion);
    return ok({
      ...userView(user, tree),
      permissions: rightsOf(assignments, { tree, rootId: organization.rootPoolId }),
    });
  };
