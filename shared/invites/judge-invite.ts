import { fail, ok, type Result } from '../result.ts';
import type { Table } from '../table/table.ts';
import type { Inviter } from '../users/inviter.ts';
import { findInvite } from './find-invite.ts';
import type { Invite, InviteStatus } from './invite.ts';
import { findAnswerable, standingOf, statusAt, type Standing } from './standing.ts';

/** An invite, what it is at this instant, and what that was judged by. */
export interface JudgedInvite {
  invite: Invite;
  answerable: Map<string, Inviter>;
  standing: Standing;
  status: InviteStatus;
}

/** Finds an invite and judges it. Two requests, and one for each further step of a chain of inviters. */
export const judgeInvite = async (
  table: Table,
  organizationId: string,
  inviteId: string,
  now: string,
): Promise<JudgedInvite | undefined> => {
  const invite = await findInvite(table, organizationId, inviteId);
  return invite && judge(table, invite, now);
};

/** Judges an invite. One request, and one for each further step of a chain of inviters. */
export const judge = async (table: Table, invite: Invite, now: string): Promise<JudgedInvite> => {
  const answerable = await findAnswerable(table, invite.organizationId, [invite]);
  const standing = standingOf(invite, answerable);
  return { invite, answerable, standing, status: statusAt(invite, standing, now) };
};

/** The invite that a manager is to change, at the version that was asked for. */
export const inviteToChange = async (
  table: Table,
  organizationId: string,
  { params, ifMatch }: { params: { inviteId: string }; ifMatch?: number | undefined },
  now: string,
): Promise<Result<JudgedInvite>> => {
  const judged = await judgeInvite(table, organizationId, params.inviteId, now);
  if (!judged) return fail('invite_not_found');
  if (ifMatch !== undefined && ifMatch !== judged.invite.version) return fail('stale_version');
  return ok(judged);
};
