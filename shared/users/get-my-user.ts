import { operation } from '../api/operation.ts';
import { hidesAddresses } from '../api/without-hidden.ts';
import { fail, ok } from '../result.ts';
import { rightsOf } from '../roles/rights.ts';
import { findUser } from './find-users.ts';
import { userRoutes } from './user-routes.ts';
import { userView } from './user-view.ts';

export const getMyUser = operation(
  userRoutes.getMyUser,
  {},
  async ({ table }, { actor, organization, tree: readTree }) => {
    const user = await findUser(table, organization.id, actor.userId);
    if (!user) return fail('user_not_found');
    const tree = await readTree();
    const permissions = rightsOf(actor.assignments, { tree, rootId: organization.rootPoolId });
    return ok({ ...userView(user, tree), permissions, addressesHidden: hidesAddresses(actor) });
  },
);
