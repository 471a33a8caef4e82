import { rememberResponse } from '../api/idempotency.ts';
import type { Idempotency } from '../api/route.ts';
import type { Failure } from '../errors.ts';
import { holdAddress } from '../invites/address.ts';
import { normalizeEmail } from '../invites/email-address.ts';
import { newOrganization, organizationWrites } from '../organizations/new-organization.ts';
import { fail, type Result } from '../result.ts';
import { committed } from '../retry.ts';
import { operators } from '../users/operators.ts';
import { managersInvite, managersInviteWrites } from './managers-invite.ts';
import { once } from './once.ts';
import { auditByOperators, operatorsTenant, type OperatorAnswer, type OperatorServices } from './operator.ts';

interface Command {
  command: 'create_organization';
  name: string;
  managerEmail: string;
  idempotencyKey?: string | undefined;
}

/**
 * Creates an organization and the invite of its first manager in one transaction. Until that invite is accepted the
 * organization has no users, which is the only exception to "at least one active organization manager". If the invite ends
 * otherwise, the command `invite_manager` sends another.
 */
export const createOrganization = (
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
  const { tenantTable, clock, ids } = services;
  const email = normalizeEmail(command.managerEmail);
  if (!email.ok) return fail('invalid_email');
  const now = clock.now();
  const organization = newOrganization(ids, { name: command.name }, now, 0);
  const invite = managersInvite(services, organization, email.value, now);
  const answer: OperatorAnswer = {
    done: `Made the organization “${organization.name}”, ${organization.id}, and invited ${email.value} as its first organization manager, until ${invite.expiresAt}.`,
    organizationId: organization.id,
    inviteId: invite.id,
  };
  const transaction = await tenantTable(organization.id, operatorsTenant).transact<'replayed' | 'retry'>([
    ...rememberResponse(operatorsTenant, idempotency, answer, now),
    // The operators own the root pool until the first manager joins and becomes its owner.
    ...organizationWrites(organization, operators.id),
    ...managersInviteWrites(invite, requestId, now),
    // No guard is necessary: no address can be taken in an organization that is just being created.
    holdAddress(invite),
    ...auditByOperators({
      organizationId: organization.id,
      id: ids.next('evt'),
      at: now,
      action: 'organization_created',
      targets: [organization],
      requestId,
    }),
  ]);
  return committed(transaction, answer);
};
