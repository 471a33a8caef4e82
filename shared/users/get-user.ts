import { operation } from '../api/operation.ts';
import { fail, ok } from '../result.ts';
import { findNamedUser, findRemovalNames, userKeys } from './find-users.ts';
import { userRoutes } from './user-routes.ts';
import { userView } from './user-view.ts';

export const getUser = operation(userRoutes.getUser, { reads: userKeys }, async ({ table }, request) => {
  const user = await findNamedUser(table, request);
  if (!user) return fail('user_not_found');
  const [tree, names] = await Promise.all([request.tree(), findRemovalNames(table, request.organization.id, [user])]);
  return ok(userView(user, tree, names));
});
