import * as z from 'zod';
import { openEnum } from '../open-enum.ts';
import type { StoredAssignment } from '../roles/role.ts';
import { dueNow, keys } from '../table/keys.ts';
import { update, type Write } from '../table/write.ts';
import { mayInvite, storedAssignments, storedInvitesPassed, userStatuses, type InvitesPassed } from './user.ts';

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
 * The choices for the pending invites of an inviter who loses the right to invite: another inviter becomes responsible for them, or
 * they are revoked, or only those that would create organization managers are revoked.
 */
export const pendingInvitesChoices = ['keep', 'revoke', 'revoke_managers'] as const;
export type PendingInvitesChoice = (typeof pendingInvitesChoices)[number];

/** Invites of new organization managers are revoked, because a manager may have been removed for lack of trust. */
export const pendingInvitesDefault = 'revoke_managers' satisfies PendingInvitesChoice;

/** The hand-over of an inviter's pending invites. `to` becomes responsible for those that are kept. */
export const invitesPassedTo = (to: string, choice: PendingInvitesChoice, now: string): InvitesPassed =>
  choice === 'revoke' ? { at: now } : { at: now, to, ...(choice === 'revoke_managers' && { revokesManagers: true }) };

/** Whether an inviter loses the right to invite. */
export const losesInvites = (
  inviter: Pick<Inviter, 'status' | 'assignments'>,
  after: readonly StoredAssignment[],
): boolean => mayInvite(inviter) && !mayInvite({ ...inviter, assignments: [...after] });

/** Inviters who demote themselves have no acting manager, so their pending invites are revoked. */
export const pendingInvitesAfter = (
  inviter: Pick<Inviter, 'id'>,
  actor: { userId: string },
  chosen: PendingInvitesChoice = pendingInvitesDefault,
): PendingInvitesChoice => (inviter.id === actor.userId ? 'revoke' : chosen);

/**
 * Passes the pending invites of an inviter who loses the right to invite to the acting manager, or revokes them. That takes effect
 * with this write; the worker stores it on each invite afterwards.
 */
export const lossOfInvites = (
  organizationId: string,
  inviter: Pick<Inviter, 'id' | 'status' | 'assignments'>,
  after: readonly StoredAssignment[],
  actor: { userId: string },
  now: string,
  chosen?: PendingInvitesChoice,
): Write<never>[] => {
  if (!losesInvites(inviter, after)) return [];
  const passed = invitesPassedTo(actor.userId, pendingInvitesAfter(inviter, actor, chosen), now);
  return [update(keys.user(organizationId, inviter.id), { set: dueNow(now), append: { invitesPassed: [passed] } })];
};
