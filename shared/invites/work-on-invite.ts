import { absent, equal } from '../table/condition.ts';
import { due, keys } from '../table/keys.ts';
import { readOnce } from '../table/read-once.ts';
import type { Table } from '../table/table.ts';
import { guard, update } from '../table/write.ts';
import { audit, type AuditAction } from '../audit/audit-event.ts';
import { reasonItem } from '../mail/delivery-reason.ts';
import { isKnown } from '../open-enum.ts';
import { parseOrganization, type Organization } from '../organizations/organization.ts';
import type { WorkServices } from '../ports.ts';
import { treeUnchanged } from '../roles/known-pools.ts';
import { deliveries, namedInvite, reminderAt, statusEntry, type Invite } from './invite.ts';
import { inviteStatuses, isOpen, type EndedStatus } from './invite-status.ts';
import { evaluateIn, type EvaluatedInvite, type Situation } from './evaluate-invite.ts';
import { freeAddress } from './address.ts';
import { endInvite } from './end-invite.ts';
import { findInvite } from './find-invite.ts';
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
  else if (invite.status === 'needs_roles') await waitForEnd(pending);
  else if (status === 'needs_roles') await storeNeedsRoles(pending);
  else if (!isKnown(deliveries, invite.delivery)) return 'unknown';
  else if (responsibility.kind === 'held') {
    if (invite.delivery === 'queued') return sendInvite(services, pending, responsibility.by, 'invite');
    if (isToBeReminded(invite, now)) return sendInvite(services, pending, responsibility.by, 'reminder');
    await waitForEnd(pending);
  }
  return false;
};

const isToBeReminded = (invite: Invite, now: string): boolean =>
  (invite.delivery === 'sent' || invite.delivery === 'delivered') &&
  invite.remindedAt === undefined &&
  (reminderAt(invite) ?? invite.expiresAt) <= now;

/** Nothing is to be sent, so the invite is next due when it expires. */
const waitForEnd = async ({ table, invite }: Pending): Promise<void> => {
  await table.transact([
    update(
      keys.invite(invite.organizationId, invite.id),
      { set: due(invite.expiresAt), remove: ['wake'] },
      guard(equal('status', invite.status), 'changed'),
      guard(equal('round', invite.round), 'changed'),
      guard(absent('ending'), 'changed'),
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
      guard(equal('status', invite.status), 'changed'),
      guard(equal('invitedBy', invite.invitedBy), 'changed'),
    ),
    stillResponsible(organizationId, by),
  ]);
  return passed.ok;
};

/** Stores the effective status of an invite if it is stored as pending. */
export const storeStatus = async (services: WorkServices, organizationId: string, inviteId: string): Promise<void> => {
  const pending = await findPending(services, organizationId, inviteId);
  if (!pending || pending === 'unknown' || pending.invite.status !== 'pending') return;
  if (isKnown(ends, pending.status)) await storeEnd(services, pending, pending.status);
  if (pending.status === 'needs_roles') await storeNeedsRoles(pending);
};

/** An invite that is stored as open, with what its evaluation was based on. */
interface Pending extends EvaluatedInvite, Situation {
  table: Table;
  organization: Organization;
}

/** The effective statuses of an invite that has ended but is still stored as open, each with the event that records it. */
const endEvents = {
  expired: 'invite_expired',
  revoked: 'invite_revoked',
  already_member: 'invite_already_member',
} as const satisfies Partial<Record<EndedStatus, AuditAction>>;
const ends = Object.keys(endEvents) as (keyof typeof endEvents)[];

/** Finds an invite that is stored as open. Returns `unknown` if only a newer version of Roster knows its status. */
const findPending = async (
  { tenantTable, poolTree, clock }: WorkServices,
  organizationId: string,
  inviteId: string,
): Promise<Pending | 'unknown' | undefined> => {
  const table = readOnce(tenantTable(organizationId));
  const [invite, organizationItem] = await Promise.all([
    findInvite(table, organizationId, inviteId),
    table.get(keys.organization(organizationId)),
  ]);
  if (!invite) return undefined;
  if (!isKnown(inviteStatuses, invite.status)) return 'unknown';
  if (!isOpen(invite.status)) return undefined;
  const now = clock.now();
  const organization = parseOrganization(organizationItem);
  const evaluated = await evaluateIn({ table, poolTree }, organization, invite, now);
  if (!isKnown(inviteStatuses, evaluated.status)) return 'unknown';
  return { ...evaluated, table, organization, now };
};

/**
 * Stores that a pending invite needs roles. Nothing is sent before it gets some, so it is next due when it expires. Returns false
 * if another write interfered.
 */
const storeNeedsRoles = async ({ table, invite, organization }: Pending): Promise<boolean> => {
  const stored = await table.transact([
    update(
      keys.invite(organization.id, invite.id),
      {
        set: { status: 'needs_roles', ...statusEntry(invite, 'needs_roles'), ...due(invite.expiresAt) },
        remove: ['wake'],
        add: { version: 1 },
      },
      guard(equal('version', invite.version), 'changed'),
      guard(absent('ending'), 'changed'),
    ),
    treeUnchanged(organization.id, organization.treeVersion),
  ]);
  return stored.ok;
};

/** Stores that an invite has ended, and frees its address. Returns false if another write interfered. */
const storeEnd = async (
  { ids, runId }: WorkServices,
  { table, invite, now }: Pending,
  status: keyof typeof endEvents,
): Promise<boolean> => {
  const address = await table.get(keys.address(invite.organizationId, invite.email));
  const transaction = await table.transact([
    endInvite(invite, status, invite.delivery === 'queued' ? unsent(invite) : {}),
    ...(address?.inviteId === invite.id ? [freeAddress(invite)] : []),
    ...audit({
      organizationId: invite.organizationId,
      id: ids.next('evt'),
      at: now,
      action: endEvents[status],
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
