import { equal } from '../table/condition.ts';
import { due, keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { guard, update } from '../table/write.ts';
import { audit } from '../audit/audit-event.ts';
import { reasonItem } from '../mail/delivery-reason.ts';
import { isKnown } from '../open-enum.ts';
import type { WorkServices } from '../ports.ts';
import { deliveries, inviteStatuses, namedInvite, reminderAt, type Invite } from './invite.ts';
import { findEvaluatedInvite, type EvaluatedInvite } from './evaluate-invite.ts';
import { freeAddress } from './address.ts';
import { endInvite } from './end-invite.ts';
import { passedTo, responsibleAttributes } from './responsibility.ts';
import { sendInvite, stillResponsible } from './send-invite.ts';

/**
 * Does the due work of an invite: sends its email or a reminder, or stores that it has ended. Returns whether sending began,
 * or `unknown` if only a newer version of Roster can do the work.
 */
export const workOnInvite = async (
  services: WorkServices,
  organizationId: string,
  inviteId: string,
): Promise<boolean | 'unknown'> => {
  const pending = await findPending(services, organizationId, inviteId);
  if (!pending) return false;
  if (pending === 'unknown') return 'unknown';
  const { invite, responsibility, status, now } = pending;
  if (isKnown(ends, status)) await storeEnd(services, pending, status);
  else if (!isKnown(deliveries, invite.delivery)) return 'unknown';
  else if (responsibility.kind === 'held') {
    if (invite.delivery === 'queued') return sendInvite(services, invite, responsibility.by, 'invite');
    if (isToBeReminded(invite, now)) return sendInvite(services, invite, responsibility.by, 'reminder');
    await waitForEnd(pending);
  }
  return false;
};

const isToBeReminded = (invite: Invite, now: string): boolean =>
  (invite.delivery === 'sent' || invite.delivery === 'delivered') &&
  invite.remindedAt === undefined &&
  (reminderAt(invite) ?? invite.expiresAt) <= now;

/** Nothing is left to send, so the invite is next due when it expires. */
const waitForEnd = async ({ table, invite }: Pending): Promise<void> => {
  await table.transact([
    update(
      keys.invite(invite.organizationId, invite.id),
      { set: due(invite.expiresAt), remove: ['wake'] },
      guard(equal('status', 'pending'), 'changed'),
      guard(equal('round', invite.round), 'changed'),
    ),
  ]);
};

/**
 * Stores who is now responsible for an invite whose inviter lost the right to invite, or that the invite has ended. Returns
 * false if another write interfered.
 */
export const passInvite = async (
  services: WorkServices,
  organizationId: string,
  inviteId: string,
): Promise<boolean> => {
  const pending = await findPending(services, organizationId, inviteId);
  if (!pending || pending === 'unknown') return true;
  const { table, invite, responsibility, status } = pending;
  if (isKnown(ends, status)) return storeEnd(services, pending, status);
  if (responsibility.kind === 'ended' || responsibility.by.id === invite.invitedBy) return true;
  const { by, since } = responsibility;
  const passed = await table.transact([
    update(
      keys.invite(organizationId, inviteId),
      { set: responsibleAttributes(passedTo(invite, by, since)) },
      guard(equal('status', 'pending'), 'changed'),
      guard(equal('invitedBy', invite.invitedBy), 'changed'),
    ),
    stillResponsible(organizationId, by),
  ]);
  return passed.ok;
};

interface Pending extends EvaluatedInvite {
  table: Table;
  now: string;
}

/** The effective statuses of an invite that has ended but is still stored as pending. */
const ends = ['expired', 'revoked'] as const;

/** Finds an invite that is stored as pending. Returns `unknown` if only a newer version of Roster knows its status. */
const findPending = async (
  { tenantTable, clock }: WorkServices,
  organizationId: string,
  inviteId: string,
): Promise<Pending | 'unknown' | undefined> => {
  const table = tenantTable(organizationId);
  const now = clock.now();
  const evaluated = await findEvaluatedInvite(table, organizationId, inviteId, now);
  if (evaluated && !isKnown(inviteStatuses, evaluated.invite.status)) return 'unknown';
  return evaluated?.invite.status === 'pending' ? { ...evaluated, table, now } : undefined;
};

/**
 * Stores that an invite expired, or was revoked because nobody is responsible for it, and frees its address. Returns false if
 * another write interfered.
 */
const storeEnd = async (
  { ids, runId }: WorkServices,
  { table, invite, now }: Pending,
  status: 'expired' | 'revoked',
): Promise<boolean> => {
  const address = await table.get(keys.address(invite.organizationId, invite.email));
  const transaction = await table.transact([
    endInvite(invite, status, invite.delivery === 'queued' ? unsent(invite) : {}),
    ...(address?.inviteId === invite.id ? [freeAddress(invite)] : []),
    ...audit({
      organizationId: invite.organizationId,
      id: ids.next('evt'),
      at: now,
      action: status === 'expired' ? 'invite_expired' : 'invite_revoked',
      targets: [namedInvite(invite)],
      requestId: runId,
    }),
  ]);
  return transaction.ok;
};

/** Shows an email that was never sent as failed, so that managers notice it. */
const unsent = ({ deliveryDetail }: Invite) => ({
  delivery: 'failed',
  // An existing reason is kept, because why the email waited explains more than that the invite ended.
  ...(deliveryDetail === undefined && reasonItem({ code: 'ended_before_sending' })),
});
