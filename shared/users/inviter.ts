import * as z from 'zod';
import { isOrganizationManager, type RoleAssignment } from '../roles/role.ts';
import { dueNow, keys } from '../table/keys.ts';
import { update, type Write } from '../table/write.ts';
import { storedAssignments, storedInvitesPassed } from './user.ts';

/** What users, service accounts and operators have in common: they act and invite, and all but operators may lose the right to. */
const storedInviter = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(['active', 'removed']),
  assignments: storedAssignments,
  invitesPassed: storedInvitesPassed,
  version: z.number(),
});

export type Inviter = z.infer<typeof storedInviter>;

export const parseInviter = (item: unknown): Inviter => storedInviter.parse(item);

/**
 * Who can no longer invite leaves its pending invites to the acting manager, from this write on; the worker writes it down
 * afterwards. Who demotes itself has nobody to leave them to, and they are revoked.
 */
export const lossOfInvites = (
  organizationId: string,
  { id, assignments }: Pick<Inviter, 'id' | 'assignments'>,
  after: readonly RoleAssignment[],
  actor: { userId: string },
  now: string,
): Write<never>[] => {
  if (!isOrganizationManager(assignments) || isOrganizationManager(after)) return [];
  const passed = id === actor.userId ? { at: now } : { at: now, to: actor.userId };
  return [update(keys.user(organizationId, id), { set: dueNow(now), append: { invitesPassed: [passed] } })];
};
