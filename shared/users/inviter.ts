import * as z from 'zod';
import { openEnum } from '../open-enum.ts';
import type { StoredAssignment } from '../roles/role.ts';
import { dueNow, keys } from '../table/keys.ts';
import { update, type Write } from '../table/write.ts';
import { mayInvite, storedAssignments, storedInvitesPassed, userStatuses } from './user.ts';

/** The attributes that users, service accounts and operators share. All of them can send invites; only operators never lose that right. */
const storedInviter = z.object({
  id: z.string(),
  name: z.string(),
  /** Absent for service accounts and operators. */
  email: z.string().optional(),
  status: openEnum(userStatuses),
  assignments: storedAssignments,
  invitesPassed: storedInvitesPassed,
  version: z.number(),
});

export type Inviter = z.infer<typeof storedInviter>;

export const parseInviter = (item: unknown): Inviter => storedInviter.parse(item);

/**
 * Passes the pending invites of an inviter who loses the right to invite to the acting manager. That takes effect with this
 * write; the worker stores it on each invite afterwards. Inviters who demote themselves have no acting manager, so their
 * pending invites are revoked.
 */
export const lossOfInvites = (
  organizationId: string,
  inviter: Pick<Inviter, 'id' | 'status' | 'assignments'>,
  after: StoredAssignment[],
  actor: { userId: string },
  now: string,
): Write<never>[] => {
  if (!mayInvite(inviter) || mayInvite({ ...inviter, assignments: after })) return [];
  const passed = inviter.id === actor.userId ? { at: now } : { at: now, to: actor.userId };
  return [update(keys.user(organizationId, inviter.id), { set: dueNow(now), append: { invitesPassed: [passed] } })];
};
