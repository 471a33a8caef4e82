import type { Table } from '../table/table.ts';
import { findInviters } from '../users/find-users.ts';
import type { Inviter } from '../users/inviter.ts';
import { mayInvite } from '../users/user.ts';
import type { Invite } from './invite.ts';

/** Who is responsible for an invite and may invite, since when; or since when nobody is. */
export type Responsibility = { kind: 'held'; by: Inviter; since: string } | { kind: 'ended'; at: string };

type Inviting = Pick<Invite, 'invitedBy' | 'invitedBySince'>;

/**
 * Who is responsible for an invite: its inviter, or whoever took over the invites of an inviter who lost the right. An invite
 * whose responsibility ended is revoked, and never comes back.
 */
export const responsibilityFor = (
  { invitedBy, invitedBySince }: Inviting,
  inviters: ReadonlyMap<string, Inviter>,
): Responsibility => {
  let since = invitedBySince;
  const seen = new Set<string>();
  for (let inviter = inviters.get(invitedBy); inviter && !seen.has(`${inviter.id} ${since}`);) {
    seen.add(`${inviter.id} ${since}`);
    const handOver = handOverOf(inviter, since);
    if (!handOver) return mayInvite(inviter) ? { kind: 'held', by: inviter, since } : { kind: 'ended', at: since };
    since = handOver.at > since ? handOver.at : since;
    if (handOver.to === undefined) return { kind: 'ended', at: since };
    inviter = inviters.get(handOver.to);
  }
  return { kind: 'ended', at: since };
};

/**
 * The first time after `since` that the inviter passed on their invites. Clocks differ and a hand-over takes a moment: what
 * came in later, of somebody who may not invite now, was passed on with the last hand-over.
 */
const handOverOf = (inviter: Inviter, since: string) =>
  inviter.invitesPassed.find(({ at }) => at >= since) ??
  (mayInvite(inviter) ? undefined : inviter.invitesPassed.at(-1));

/**
 * The users, service accounts and operators who decide the responsibility for these invites. One request per 100 inviters and
 * step of the longest chain of hand-overs.
 */
export const findInviterChains = async (
  table: Table,
  organizationId: string,
  invites: readonly Inviting[],
): Promise<Map<string, Inviter>> => {
  const known = new Map<string, Inviter>();
  let wanted = new Set(invites.map(({ invitedBy }) => invitedBy));
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

/** The status of an invite at this instant, whether or not it has been stored yet: whichever came first ended it. */
export const effectiveStatus = (
  invite: Pick<Invite, 'status' | 'expiresAt'>,
  responsibility: Responsibility,
  now: string,
): Invite['status'] => {
  if (invite.status !== 'pending') return invite.status;
  if (responsibility.kind === 'ended') return invite.expiresAt <= responsibility.at ? 'expired' : 'revoked';
  return invite.expiresAt <= now ? 'expired' : 'pending';
};
