import { rememberResponse } from '../api/idempotency.ts';
import type { Idempotency } from '../api/route.ts';
import type { Failure } from '../errors.ts';
import { addressFree, holdAddress } from '../invites/address.ts';
import { normalizeEmail } from '../invites/email-address.ts';
import { findInvite } from '../invites/find-invite.ts';
import { namedInvite, type Invite } from '../invites/invite.ts';
import { isOpen } from '../invites/invite-status.ts';
import { endInvite } from '../invites/end-invite.ts';
import { notSuppressed } from '../invites/suppression.ts';
import { reasonItem } from '../mail/delivery-reason.ts';
import { parseOrganization } from '../organizations/organization.ts';
import { fail, type Result } from '../result.ts';
import { committed } from '../retry.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { guard, type Write } from '../table/write.ts';
import { managersInvite, managersInviteWrites } from './managers-invite.ts';
import { once } from './once.ts';
import { auditByOperators, operatorsTenant, type OperatorAnswer, type OperatorServices } from './operator.ts';

interface Command {
  command: 'invite_manager';
  organizationId: string;
  email: string;
  idempotencyKey?: string | undefined;
}

/**
 * Invites an organization manager on behalf of the operators, for an organization whose managers are all unavailable or whose first
 * manager never joined. A pending invite of the address is revoked.
 */
export const inviteManager = (
  services: OperatorServices,
  command: Command,
  requestId: string,
): Promise<Result<OperatorAnswer>> =>
  once(services, command, (idempotency) => attempt(services, command, requestId, idempotency));

const attempt = async (
  services: OperatorServices,
  command: Command,
  requestId: string,
  idempotency: Idempotency | undefined,
): Promise<Result<OperatorAnswer, Failure | 'retry'>> => {
  const { tenantTable, clock } = services;
  const { organizationId } = command;
  const email = normalizeEmail(command.email);
  if (!email.ok) return fail('invalid_email');
  const table = tenantTable(organizationId, operatorsTenant);
  const [item, address] = await table.batchGet([
    keys.organization(organizationId),
    keys.address(organizationId, email.value),
  ]);
  if (!item) return fail('organization_not_found');
  if (address?.state === 'member')
    return fail('already_member', 'Invite another address of theirs: whoever accepts it can change their roles.');
  if (address?.state === 'blocked') return fail('address_blocked', 'Only its owner can lift the block.');
  const organization = parseOrganization(item);
  const now = clock.now();
  const pending = address && (await findPending(table, organizationId, String(address.inviteId)));
  const invite = managersInvite(services, organization, email.value, now);
  const answer: OperatorAnswer = {
    done: `Invited ${email.value} to be an organization manager of “${organization.name}”, ${organizationId}, until ${invite.expiresAt}.`,
    organizationId,
    inviteId: invite.id,
  };
  const transaction = await table.transact<'retry' | 'replayed' | 'address_suppressed'>([
    ...rememberResponse(operatorsTenant, idempotency, answer, now),
    ...(pending ? revoked(services, pending, requestId, now) : []),
    ...managersInviteWrites(invite, requestId, now),
    holdAddress(invite, guard(addressFree(now, ...(pending ? [pending.id] : [])), 'retry')),
    notSuppressed(organizationId, email.value, 'address_suppressed'),
  ]);
  return !transaction.ok && transaction.error === 'address_suppressed'
    ? fail('address_suppressed', 'Emails to it bounced or were reported as unwanted. Use lift_suppression first.')
    : committed(transaction, answer);
};

const findPending = async (table: Table, organizationId: string, inviteId: string): Promise<Invite | undefined> => {
  const invite = await findInvite(table, organizationId, inviteId);
  return invite && isOpen(invite.status) ? invite : undefined;
};

const revoked = ({ ids }: OperatorServices, invite: Invite, requestId: string, now: string): Write<'retry'>[] => [
  endInvite(
    invite,
    // The invite may have expired although its stored status is still pending.
    invite.expiresAt > now ? 'revoked' : 'expired',
    invite.delivery === 'queued' ? { delivery: 'failed', ...reasonItem({ code: 'replaced_before_sending' }) } : {},
  ),
  ...auditByOperators({
    organizationId: invite.organizationId,
    id: ids.next('evt'),
    at: now,
    action: invite.expiresAt > now ? 'invite_revoked' : 'invite_expired',
    targets: [namedInvite(invite)],
    requestId,
  }),
];
