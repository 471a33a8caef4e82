import { acceptMyInvite } from '../../shared/me/accept-my-invite.ts';
import { declineMyInvite } from '../../shared/me/decline-my-invite.ts';
import { getMe } from '../../shared/me/get-me.ts';
import { getNotifications } from '../../shared/me/get-notifications.ts';
import { listMyInvites } from '../../shared/me/list-my-invites.ts';
import { meRoutes } from '../../shared/me/me-routes.ts';
import { updateMe } from '../../shared/me/update-me.ts';
import { updateNotifications } from '../../shared/me/update-notifications.ts';
import { lambda } from './lambda.ts';

export const handler = lambda(meRoutes, {
  getMe,
  updateMe,
  getNotifications,
  updateNotifications,
  listMyInvites,
  acceptMyInvite,
  declineMyInvite,
});
