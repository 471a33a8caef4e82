import type * as z from 'zod';
import { reasonView } from '../mail/delivery-reason.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import { roleViews } from '../users/user-view.ts';
import type { EvaluatedInvite } from './evaluate-invite.ts';
import type { inviteView as inviteSchema } from './invite-routes.ts';

export type InviteView = z.input<typeof inviteSchema>;

/** The facts about an invite from which a response is created. */
export type ShownInvite = Pick<EvaluatedInvite, 'invite' | 'status' | 'shownInviter' | 'firstInviter'>;

export const inviteView = (
  { invite, status, shownInviter, firstInviter }: ShownInvite,
  tree: PoolTree,
): InviteView => ({
  id: invite.id,
  email: invite.email,
  roles: roleViews(invite.assignments, tree),
  ...(invite.message && { message: invite.message }),
  status,
  delivery: invite.delivery,
  ...reasonView(invite),
  ...(invite.addressSuppressed && { addressSuppressed: true }),
  ...(invite.removedUserId !== undefined && { removedUserId: invite.removedUserId }),
  invitedBy: { id: firstInviter.id, name: firstInviter.name },
  responsible: { id: shownInviter.id, name: shownInviter.name },
  createdAt: invite.createdAt,
  expiresAt: invite.expiresAt,
  ...(invite.sentAt && { sentAt: invite.sentAt }),
  sends: invite.sends,
  ...(invite.acceptedAt && { acceptedAt: invite.acceptedAt }),
  ...(invite.userId && { userId: invite.userId }),
  version: invite.version,
});
