import type { Table } from '../table/table.ts';
import { findInviters } from '../users/find-users.ts';
import type { Inviter } from '../users/inviter.ts';
import { mayInvite } from '../users/user.ts';
import type { Invite, InviteStatus } from './invite.ts';

/** Whether somebody who may invite stands behind an invite; else since when nobody does. */
export type Standing = { kind: 'upheld'; by: Inviter; since: string } | { kind: 'revoked'; at: string };

type Answered = Pick<Invite, 'invitedBy' | 'invitedBySince'>;

/** Who answers for an invite: its inviter, or who took over the invites of one that lost the right. A revoked one never comes back. */
export const standingOf = ({ invitedBy, invitedBySince }: Answered, users: ReadonlyMap<string, Inviter>): Standing => {
  let since = invitedBySince;
  const seen = new Set<string>();
  for (let user = users.get(invitedBy); user && !seen.has(`${user.id} ${since}`);) {
    seen.add(`${user.id} ${since}`);
    const handOver = handOverOf(user, since);
    if (!handOver) return mayInvite(user) ? { kind: 'upheld', by: user, since } : { kind: 'revoked', at: since };
    since = handOver.at > since ? handOver.at : since;
    if (handOver.to === undefined) return { kind: 'revoked', at: since };
    user = users.get(handOver.to);
  }
  return { kind: 'revoked', at: since };
};

/**
 * The first time after `since` that the user handed over what it answered for. Clocks differ and a hand-over takes a moment:
 * what came in later, of one who may not invite now, went with the last.
 */
const handOverOf = (user: Inviter, since: string) =>
  user.invitesPassed.find(({ at }) => at >= since) ?? (mayInvite(user) ? undefined : user.invitesPassed.at(-1));

/** The users and service accounts that decide the standing of these invites. One request per 100 inviters and step of the longest chain. */
export const findAnswerable = async (
  table: Table,
  organizationId: string,
  invites: readonly Answered[],
): Promise<Map<string, Inviter>> => {
  const known = new Map<string, Inviter>();
  let wanted = new Set(invites.map(({ invitedBy }) => invitedBy));
  while (wanted.size > 0) {
    const found = await findInviters(table, organizationId, wanted);
    for (const [id, user] of found) known.set(id, user);
    wanted = new Set(
      [...found.values()].flatMap(({ invitesPassed }) =>
        invitesPassed.flatMap(({ to }) => (to !== undefined && !known.has(to) ? [to] : [])),
      ),
    );
  }
  return known;
};

/** What an invite is at this instant, whether or not it was written down yet: what came first ended it. */
export const statusAt = (
  invite: Pick<Invite, 'status' | 'expiresAt'>,
  standing: Standing,
  now: string,
): InviteStatus => {
  if (invite.status !== 'pending') return invite.status;
  if (standing.kind === 'revoked') return invite.expiresAt <= standing.at ? 'expired' : 'revoked';
  return invite.expiresAt <= now ? 'expired' : 'pending';
};
