import type * as z from 'zod';
import { reasonView } from '../mail/delivery-reason.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import type { Inviter } from '../users/inviter.ts';
import { roleViews } from '../users/user-view.ts';
import type { Invite } from './invite.ts';
import type { inviteView as inviteSchema } from './invite-routes.ts';
import { standingOf, statusAt } from './standing.ts';

export const inviteView = (
  invite: Invite,
  answerable: ReadonlyMap<string, Inviter>,
  tree: PoolTree,
  now: string,
): z.input<typeof inviteSchema> => {
  const standing = standingOf(invite, answerable);
  const by = standing.kind === 'upheld' ? standing.by : answerable.get(invite.invitedBy);
  return {
    id: invite.id,
    email: invite.email,
    roles: roleViews(invite.assignments, tree),
    ...(invite.message && { message: invite.message }),
    status: statusAt(invite, standing, now),
    delivery: invite.delivery,
    ...reasonView(invite),
    invitedBy: { id: by?.id ?? invite.invitedBy, name: by?.name ?? '' },
    createdAt: invite.createdAt,
    expiresAt: invite.expiresAt,
    ...(invite.sentAt && { sentAt: invite.sentAt }),
    sends: invite.sends,
    ...(invite.acceptedAt && { acceptedAt: invite.acceptedAt }),
    ...(invite.userId && { userId: invite.userId }),
    version: invite.version,
  };
};
