import * as z from 'zod';
import { openEnum } from '../open-enum.ts';
import type { StoredAssignment } from '../roles/role.ts';
import { dueNow, keys } from '../table/keys.ts';
import { update, type Write } from '../table/write.ts';
import { mayInvite, storedAssignments, storedInvitesPassed, userStatuses } from './user.ts';

/** What users, service accounts and operators have in common: they act and invite, and all but operators may lose the right to. */
const storedInviter = z.object({
  id: z.string(),
  name: z.string(),
  status: openEnum(userStatuses),
  assignments: storedAssignments,
  invitesPassed: storedInvitesPassed,
  version: z.number(),
});

export type Inviter = z.infer<typeof storedInviter>;

export const parseInviter = (item: unknown): Inviter => storedInviter.parse(item);

/**
 * Whoever loses the right to invite passes their pending invites to the acting manager, from this write on; the worker stores
 * it on each invite afterwards. Somebody who demotes themselves has nobody to pass them to, and they are revoked.
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
