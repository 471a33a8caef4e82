import type { Operation } from '../api/route.ts';
import { fail } from '../errors.ts';
import { ok } from '../result.ts';
import { findInvite } from './find-invite.ts';
import type { inviteRoutes } from './invite-routes.ts';
import { inviteView } from './invite-view.ts';
import { findAnswerable } from './standing.ts';

export const getInvite: Operation<typeof inviteRoutes.getInvite> =
  ({ table, clock, poolTree }) =>
  async ({ organization }, { params }) => {
    const invite = await findInvite(table, organization.id, params.inviteId);
    if (!invite) return fail('invite_not_found');
    const answerable = await findAnswerable(table, organization.id, [invite]);
    const tree = await poolTree(table, organization.id, organization.treeVersion);
    return ok(inviteView(invite, answerable, tree, clock.now()));
  };
