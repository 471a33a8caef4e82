import type { Table } from '../table/table.ts';
import type { Inviter } from '../users/inviter.ts';
import { findInvite } from './find-invite.ts';
import type { Invite } from './invite.ts';
import { effectiveStatus, findInviterChains, responsibilityFor, type Responsibility } from './responsibility.ts';

/** An invite with its effective status and its responsibility at one instant. */
export interface EvaluatedInvite {
  invite: Invite;
  status: Invite['status'];
  responsibility: Responsibility;
  /** The inviter to show: the responsible one or, if nobody is responsible any more, the stored one. */
  shownInviter: Pick<Inviter, 'id' | 'name'>;
  /** Who invited, whoever is responsible now. */
  firstInviter: Pick<Inviter, 'id' | 'name'>;
}

/** Evaluates an invite with inviters that have already been read. */
export const evaluateBy = (invite: Invite, inviters: ReadonlyMap<string, Inviter>, now: string): EvaluatedInvite => {
  const responsibility = responsibilityFor(invite, inviters);
  const shown = responsibility.kind === 'held' ? responsibility.by : inviters.get(invite.invitedBy);
  const firstId = invite.firstInvitedBy ?? invite.invitedBy;
  return {
    invite,
    status: effectiveStatus(invite, responsibility, now),
    responsibility,
    shownInviter: { id: shown?.id ?? invite.invitedBy, name: shown?.name ?? '' },
    firstInviter: { id: firstId, name: inviters.get(firstId)?.name ?? '' },
  };
};

/** Evaluates invites and keeps their order. One request per 100 inviters for each step of the longest chain of hand-overs. */
export const evaluateInvites = async (
  table: Table,
  organizationId: string,
  invites: readonly Invite[],
  now: string,
): Promise<EvaluatedInvite[]> => {
  const inviters = await findInviterChains(table, organizationId, invites);
  return invites.map((invite) => evaluateBy(invite, inviters, now));
};

/** Evaluates one invite. One request for each step of its chain of hand-overs. */
export const evaluateInvite = async (table: Table, invite: Invite, now: string): Promise<EvaluatedInvite> =>
  evaluateBy(invite, await findInviterChains(table, invite.organizationId, [invite]), now);

/** Finds an invite and evaluates it. Two requests, plus one for each further step of its chain of hand-overs. */
export const findEvaluatedInvite = async (
  table: Table,
  organizationId: string,
  inviteId: string,
  now: string,
): Promise<EvaluatedInvite | undefined> => {
  const invite = await findInvite(table, organizationId, inviteId);
  return invite && evaluateInvite(table, invite, now);
};
