import type { Operation } from '../api/route.ts';
import { fail, ok } from '../result.ts';
import { findUser } from './find-users.ts';
import type { userRoutes } from './user-routes.ts';
import { userView } from './user-view.ts';

export const getUser: Operation<typeof userRoutes.getUser> =
  ({ table, poolTree }) =>
  async ({ organization }, { params }) => {
    const user = await findUser(table, organization.id, params.userId);
    if (!user) return fail('user_not_found');
    return ok(userView(user, await poolTree(table, organization.id, organization.treeVersion)));
  };
