import { operation } from '../api/operation.ts';
import { fail, ok } from '../result.ts';
import { evaluateInvite } from './evaluate-invite.ts';
import { findNamedInvite, inviteKeys } from './find-invite.ts';
import { inviteRoutes } from './invite-routes.ts';
import { inviteView } from './invite-view.ts';

export const getInvite = operation(inviteRoutes.getInvite, { reads: inviteKeys }, async ({ table }, request) => {
  const invite = await findNamedInvite(table, request);
  if (!invite) return fail('invite_not_found');
  const tree = await request.tree();
  return ok(inviteView(await evaluateInvite(table, invite, { tree, now: request.now }), tree));
});
