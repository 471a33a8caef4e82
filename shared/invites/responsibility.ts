import type { Table } from '../table/table.ts';
import { findInviters } from '../users/find-users.ts';
import type { Inviter } from '../users/inviter.ts';
import { mayInvite } from '../users/user.ts';
import { isOrganizationManager } from '../roles/role.ts';
import { inviterEntry, type Invite } from './invite.ts';

/** Who is responsible for an invite, and since when (`held`), or when its last responsible inviter lost the right to invite (`ended`). */
export type Responsibility = { kind: 'held'; by: Inviter; since: string } | { kind: 'ended'; at: string };

type Inviting = Pick<Invite, 'invitedBy' | 'invitedBySince' | 'assignments'>;

/**
 * Finds who is responsible for an invite: its inviter or, if that inviter lost the right to invite, whoever took over their
 * invites. An invite without anybody responsible is revoked for good. The hand-over alone decides, and not the worker that stores its
 * effect later, so a removal revokes any number of invites in its own transaction.
 */
export const responsibilityFor = (
  { invitedBy, invitedBySince, assignments }: Inviting,
  inviters: ReadonlyMap<string, Inviter>,
): Responsibility => {
  let since = invitedBySince;
  const seen = new Set<string>();
  for (let inviter = inviters.get(invitedBy); inviter && !seen.has(`${inviter.id} ${since}`);) {
    seen.add(`${inviter.id} ${since}`);
    const handOver = handOverOf(inviter, since);
    if (!handOver) return mayInvite(inviter) ? { kind: 'held', by: inviter, since } : { kind: 'ended', at: since };
    since = handOver.at > since ? handOver.at : since;
    if (handOver.to === undefined || (handOver.revokesManagers && isOrganizationManager(assignments)))
      return { kind: 'ended', at: since };
    inviter = inviters.get(handOver.to);
  }
  return { kind: 'ended', at: since };
};

/**
 * The first hand-over of the inviter's invites after `since`. Because clocks differ and a hand-over is not instantaneous,
 * `since` can be later than the last hand-over of an inviter who may no longer invite. The last hand-over then applies.
 */
const handOverOf = (inviter: Inviter, since: string) =>
  inviter.invitesPassed.find(({ at }) => at >= since) ??
  (mayInvite(inviter) ? undefined : inviter.invitesPassed.at(-1));

/** The invite with another responsible inviter. It still stores who created it. */
export const passedTo = (invite: Invite, by: Pick<Inviter, 'id'>, since: string): Invite =>
  by.id === invite.invitedBy
    ? { ...invite, invitedBySince: since }
    : {
        ...invite,
        invitedBy: by.id,
        invitedBySince: since,
        firstInvitedBy: invite.firstInvitedBy ?? invite.invitedBy,
      };

/** The attributes in which an invite stores its responsible inviter, and the user who created it. */
export const responsibleAttributes = (invite: Invite): Record<string, string> => ({
  invitedBy: invite.invitedBy,
  invitedBySince: invite.invitedBySince,
  ...(invite.firstInvitedBy !== undefined && { firstInvitedBy: invite.firstInvitedBy }),
  ...inviterEntry(invite),
});

/**
 * Reads the users, service accounts and operators that decide who is responsible for these invites, and who invited first. One request per 100
 * inviters for each step of the longest chain of hand-overs.
 */
export const findInviterChains = async (
  table: Table,
  organizationId: string,
  invites: readonly (Inviting & Pick<Invite, 'firstInvitedBy'>)[],
): Promise<Map<string, Inviter>> => {
  const known = new Map<string, Inviter>();
  let wanted = new Set(invites.flatMap(({ invitedBy, firstInvitedBy }) => [invitedBy, firstInvitedBy ?? invitedBy]));
  while (wanted.size > 0) {
    const found = await findInviters(table, organizationId, wanted);
    for (const [id, inviter] of found) known.set(id, inviter);
    wanted = new Set(
      [...found.values()].flatMap(({ invitesPassed }) =>
        invitesPassed.flatMap(({ to }) => (to !== undefined && !known.has(to) ? [to] : [])),
      ),
    );
  }
  return known;
};
