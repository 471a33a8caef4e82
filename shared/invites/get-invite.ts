import type { Operation } from '../api/route.ts';
import { fail, ok } from '../result.ts';
import { judgeInvite } from './judge-invite.ts';
import type { inviteRoutes } from './invite-routes.ts';
import { inviteView } from './invite-view.ts';

export const getInvite: Operation<typeof inviteRoutes.getInvite> =
  ({ table, clock, poolTree }) =>
  async ({ organization }, { params }) => {
    const now = clock.now();
    const judged = await judgeInvite(table, organization.id, params.inviteId, now);
    if (!judged) return fail('invite_not_found');
    const tree = await poolTree(table, organization.id, organization.treeVersion);
    return ok(inviteView(judged.invite, judged.answerable, tree, now));
  };
