import { equal } from '../table/condition.ts';
import { due, keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { guard, update } from '../table/write.ts';
import { audit } from '../audit/audit-event.ts';
import { reasonItem } from '../mail/delivery-reason.ts';
import type { WorkServices } from '../ports.ts';
import { inviterEntry, reminderAt, type Invite } from './invite.ts';
import { judgeInvite, type JudgedInvite } from './judge-invite.ts';
import { freeAddress } from './address.ts';
import { settle } from './settle.ts';
import { sendInvite, stillAnswers } from './send-invite.ts';

/** What is due on an invite: its mail, a reminder, or writing down that it has ended. Whether a mail was sent. */
export const workOnInvite = async (
  services: WorkServices,
  organizationId: string,
  inviteId: string,
): Promise<boolean> => {
  const pending = await findPending(services, organizationId, inviteId);
  if (!pending) return false;
  const { invite, standing, status, now } = pending;
  if (status === 'expired' || status === 'revoked') await writeDown(services, pending, status);
  else if (standing.kind === 'upheld') {
    if (invite.delivery === 'queued') return sendInvite(services, invite, standing.by, 'invite');
    if (isToBeReminded(invite, now)) return sendInvite(services, invite, standing.by, 'reminder');
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

/** An invite whose inviter lost the right is written down under who answers for it now, or as revoked. False: something came in between. */
export const passInvite = async (
  services: WorkServices,
  organizationId: string,
  inviteId: string,
): Promise<boolean> => {
  const pending = await findPending(services, organizationId, inviteId);
  if (!pending) return true;
  const { table, invite, standing, status } = pending;
  if (status === 'expired' || status === 'revoked') return writeDown(services, pending, status);
  if (standing.kind !== 'upheld' || standing.by.id === invite.invitedBy) return true;
  const { by, since } = standing;
  const passed = await table.transact([
    update(
      keys.invite(organizationId, inviteId),
      { set: { invitedBy: by.id, invitedBySince: since, ...inviterEntry({ ...invite, invitedBy: by.id }) } },
      guard(equal('status', 'pending'), 'changed'),
      guard(equal('invitedBy', invite.invitedBy), 'changed'),
    ),
    stillAnswers(organizationId, by),
  ]);
  return passed.ok;
};

interface Pending extends JudgedInvite {
  table: Table;
  now: string;
}

/** An invite that is stored as pending. */
const findPending = async (
  { tenantTable, clock }: WorkServices,
  organizationId: string,
  inviteId: string,
): Promise<Pending | undefined> => {
  const table = tenantTable(organizationId);
  const now = clock.now();
  const judged = await judgeInvite(table, organizationId, inviteId, now);
  return judged?.invite.status === 'pending' ? { ...judged, table, now } : undefined;
};

/** An invite that ended by time, or with its inviter, is stored as ended, and its address is free again. False: something came in between. */
const writeDown = async (
  { ids, runId }: WorkServices,
  { table, invite, now }: Pending,
  status: 'expired' | 'revoked',
): Promise<boolean> => {
  const address = await table.get(keys.address(invite.organizationId, invite.email));
  const written = await table.transact([
    settle(
      invite,
      status,
      invite.delivery === 'queued' ? unsent(invite) : {},
      guard(equal('version', invite.version), 'changed'),
    ),
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
  return written.ok;
};

/** A mail that never went out is a failure that can be seen. */
const unsent = ({ deliveryDetail }: Invite) => ({
  delivery: 'failed',
  // What it was waiting for explains more than that it ended.
  ...(deliveryDetail === undefined && reasonItem({ code: 'ended_before_sending' })),
});
