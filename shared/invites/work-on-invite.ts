import { equal } from '../table/condition.ts';
import { due, keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { guard, update } from '../table/write.ts';
import { audit } from '../audit/audit-event.ts';
import { reasonItem } from '../mail/delivery-reason.ts';
import { isKnown } from '../open-enum.ts';
import type { WorkServices } from '../ports.ts';
import { deliveries, inviterEntry, inviteStatuses, reminderAt, type Invite } from './invite.ts';
import { findEvaluatedInvite, type EvaluatedInvite } from './evaluate-invite.ts';
import { freeAddress } from './address.ts';
import { endInvite } from './end-invite.ts';
import { sendInvite, stillResponsible } from './send-invite.ts';

/** Does what is due on an invite: sends its mail or a reminder, or stores that it has ended. Whether a mail was sent. `unknown`: the invite is left to a newer version. */
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

/** Nothing is left to send: it is due again when it expires. */
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

/** Stores who is responsible now for an invite whose inviter lost the right, or that it is revoked. False: another write came in between. */
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
      { set: { invitedBy: by.id, invitedBySince: since, ...inviterEntry({ ...invite, invitedBy: by.id }) } },
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

/** How an invite may have ended that is still stored as pending. */
const ends = ['expired', 'revoked'] as const;

/** An invite that is stored as pending. `unknown`: only a newer version knows its status. */
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

/** Stores that an invite ended by time, or with its inviter, and frees its address. False: another write came in between. */
const storeEnd = async (
  { ids, runId }: WorkServices,
  { table, invite, now }: Pending,
  status: 'expired' | 'revoked',
): Promise<boolean> => {
  const address = await table.get(keys.address(invite.organizationId, invite.email));
  const transaction = await table.transact([
    endInvite(invite, status, invite.delivery === 'queued' ? unsent(invite) : {}),
    ...(address?.inviteId === invite.id ? [freeAddress(invite)] : []),
    audit({
      organizationId: invite.organizationId,
      id: ids.next('evt'),
      at: now,
      action: status === 'expired' ? 'invite_expired' : 'invite_revoked',
      targets: [invite.id],
      requestId: runId,
    }),
  ]);
  return transaction.ok;
};

/** A mail that never went out is a failure that can be seen. */
const unsent = ({ deliveryDetail }: Invite) => ({
  delivery: 'failed',
  // What it was waiting for explains more than that it ended.
  ...(deliveryDetail === undefined && reasonItem({ code: 'ended_before_sending' })),
});
