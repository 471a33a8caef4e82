import { changeInvites } from '../../shared/invites/change-invites.ts';
import { getInvite } from '../../shared/invites/get-invite.ts';
import { inviteRoutes } from '../../shared/invites/invite-routes.ts';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import { listInvites } from '../../shared/invites/list-invites.ts';
import { resendInvite } from '../../shared/invites/resend-invite.ts';
import { revokeInvite } from '../../shared/invites/revoke-invite.ts';
import { updateInvite } from '../../shared/invites/update-invite.ts';
import { lambda } from './lambda.ts';

export const handler = lambda(inviteRoutes, {
  inviteUsers,
  listInvites,
  getInvite,
  updateInvite,
  changeInvites,
  resendInvite,
  revokeInvite,
});
