import type { Organization } from '../organizations/organization.ts';
import type { Services } from '../ports.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import type { StoredAssignment } from '../roles/role.ts';
import type { Table } from '../table/table.ts';
import type { Inviter } from '../users/inviter.ts';
import { findInvite } from './find-invite.ts';
import { remainingRoles, type Invite } from './invite.ts';
import { isOpen } from './invite-status.ts';
import { findInviterChains, responsibilityFor, type Responsibility } from './responsibility.ts';

/** An invite with its effective status and its responsibility at one instant. */
export interface EvaluatedInvite {
  invite: Invite;
  status: Invite['status'];
  /** The roles that it still grants. */
  roles: StoredAssignment[];
  responsibility: Responsibility;
  /** The inviter to show: the responsible one or, if nobody is responsible any more, the stored one. */
  shownInviter: Pick<Inviter, 'id' | 'name' | 'email'>;
  /** The user who created the invite, even if somebody else is responsible now. */
  firstInviter: Pick<Inviter, 'id' | 'name'>;
}

/** The pools and the time of an evaluation. */
export interface Situation {
  tree: PoolTree;
  now: string;
}

/**
 * The effective status of an invite, whether or not it is stored yet. This is the only place that decides it: the link, lookup,
 * lists and their filters, resending, reminders, new invites, `me/invites` and requests for a new invite all use it.
 *
 * These facts decide, the first one that applies:
 * 1. The stored status, if the invite has ended. Accepting, declining, revoking and the worker store it.
 * 2. `ending` on the invite. The transaction that ends an invite for another reason writes it: a new invite or a restored user
 *    takes the address of an invite that nobody can accept. The worker then stores it as the status.
 * 3. The inviter, and who took over their invites (see `responsibilityFor`). If nobody is responsible any more, the invite is
 *    revoked or, if its lifetime was over by then, expired.
 * 4. The time: after `expiresAt` it is expired.
 * 5. The pools: without a role that still counts, it needs roles. Deleting a pool queues work, and the worker stores the status.
 *    A change of the roles stores `pending` again.
 *
 * These facts do not change the status, but decide what can be done with the invite:
 * - The address item. Every write that sends, moves, accepts or renews an invite is conditional on it. When a user joins or is
 *   restored, the worker ends the other invites of the address (`already_member`).
 * - The domains that the organization allows. An invite to another address cannot be accepted, sent or renewed until they change.
 * - The suppression of the address. The event that suppresses the address writes `addressSuppressed` on the invite, and so does
 *   the worker when it cannot send for that reason. Sending is conditional on the suppression itself.
 * - The user that an accepted invite created. The link reads the user, and stops working once the user is removed.
 */
export const effectiveStatus = (
  invite: Pick<Invite, 'status' | 'ending' | 'expiresAt' | 'assignments'>,
  responsibility: Responsibility,
  { tree, now }: Situation,
): Invite['status'] => {
  if (!isOpen(invite.status)) return invite.status;
  if (invite.ending !== undefined) return invite.ending;
  if (responsibility.kind === 'ended') return invite.expiresAt <= responsibility.at ? 'expired' : 'revoked';
  if (invite.expiresAt <= now) return 'expired';
  return remainingRoles(invite, tree).length === 0 ? 'needs_roles' : 'pending';
};

/** Evaluates an invite with inviters that have already been read. */
export const evaluateBy = (
  invite: Invite,
  inviters: ReadonlyMap<string, Inviter>,
  situation: Situation,
): EvaluatedInvite => {
  const responsibility = responsibilityFor(invite, inviters);
  const shown = responsibility.kind === 'held' ? responsibility.by : inviters.get(invite.invitedBy);
  const firstId = invite.firstInvitedBy ?? invite.invitedBy;
  return {
    invite,
    status: effectiveStatus(invite, responsibility, situation),
    roles: remainingRoles(invite, situation.tree),
    responsibility,
    shownInviter: { id: shown?.id ?? invite.invitedBy, name: shown?.name ?? '', email: shown?.email },
    firstInviter: { id: firstId, name: inviters.get(firstId)?.name ?? '' },
  };
};

/** Evaluates invites and keeps their order. One request per 100 inviters for each step of the longest chain of hand-overs. */
export const evaluateInvites = async (
  table: Table,
  organizationId: string,
  invites: readonly Invite[],
  situation: Situation,
): Promise<EvaluatedInvite[]> => {
  const inviters = await findInviterChains(table, organizationId, invites);
  return invites.map((invite) => evaluateBy(invite, inviters, situation));
};

/** Evaluates one invite. One request for each step of its chain of hand-overs. */
export const evaluateInvite = async (table: Table, invite: Invite, situation: Situation): Promise<EvaluatedInvite> =>
  evaluateBy(invite, await findInviterChains(table, invite.organizationId, [invite]), situation);

/** Evaluates an invite for callers that have read its organization, but not the pools. One request for each step of its chain. */
export const evaluateIn = async (
  { table, poolTree }: Pick<Services, 'table' | 'poolTree'>,
  { id, treeVersion }: Organization,
  invite: Invite,
  now: string,
): Promise<EvaluatedInvite & { tree: PoolTree }> => {
  const [inviters, tree] = await Promise.all([
    findInviterChains(table, id, [invite]),
    poolTree(table, id, treeVersion),
  ]);
  return { ...evaluateBy(invite, inviters, { tree, now }), tree };
};

/** Finds an invite and evaluates it. Two requests, plus one for each further step of its chain of hand-overs. */
export const findEvaluatedInvite = async (
  table: Table,
  organizationId: string,
  inviteId: string,
  situation: Situation,
): Promise<EvaluatedInvite | undefined> => {
  const invite = await findInvite(table, organizationId, inviteId);
  return invite && evaluateInvite(table, invite, situation);
};
