import type { Table } from '../table/table.ts';
import { findUsers } from '../users/find-users.ts';
import { mayInvite, type User } from '../users/user.ts';
import type { Invite, InviteStatus } from './invite.ts';

/** Whether somebody who may invite still stands behind an invite. */
export type Standing = { kind: 'upheld'; by: User } | { kind: 'revoked' };

/** Who answers for an invite: its inviter, or whoever took over the invites of one who lost the right. */
export const standingOf = (
  { invitedBy, createdAt }: Pick<Invite, 'invitedBy' | 'createdAt'>,
  users: ReadonlyMap<string, User>,
): Standing => {
  let since = createdAt;
  const passed = new Set<string>();
  for (let user = users.get(invitedBy); user && !passed.has(user.id); user = users.get(user.invitesTo ?? '')) {
    passed.add(user.id);
    if (user.invitesRevokedAt !== undefined && since <= user.invitesRevokedAt) return { kind: 'revoked' };
    if (mayInvite(user)) return { kind: 'upheld', by: user };
    since = user.invitesToAt ?? since;
  }
  return { kind: 'revoked' };
};

/** The users that decide the standing of these invites. One request per 100 inviters and step of the longest chain. */
export const findAnswerable = async (
  table: Table,
  organizationId: string,
  invites: readonly Pick<Invite, 'invitedBy'>[],
): Promise<Map<string, User>> => {
  const known = new Map<string, User>();
  let wanted = new Set(invites.map(({ invitedBy }) => invitedBy));
  while (wanted.size > 0) {
    for (const [id, user] of await findUsers(table, organizationId, wanted)) known.set(id, user);
    wanted = new Set(
      [...known.values()].flatMap((user) =>
        !mayInvite(user) && user.invitesTo !== undefined && !known.has(user.invitesTo) ? [user.invitesTo] : [],
      ),
    );
  }
  return known;
};

/** What an invite is at this instant, whether or not it was written down yet. */
export const statusAt = (
  invite: Pick<Invite, 'status' | 'expiresAt'>,
  standing: Standing,
  now: string,
): InviteStatus => {
  if (invite.status !== 'pending') return invite.status;
  if (standing.kind === 'revoked') return 'revoked';
  return invite.expiresAt <= now ? 'expired' : 'pending';
};
