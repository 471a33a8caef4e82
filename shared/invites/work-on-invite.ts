import { deliver } from '../mail/deliver.ts';
import { parseOrganization } from '../organizations/organization.ts';
import { above, atMost, contains, equal } from '../table/condition.ts';
import { due, keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { check, guard, type Guard } from '../table/write.ts';
import { audit } from '../audit/audit-event.ts';
import type { User } from '../users/user.ts';
import type { WorkServices } from '../ports.ts';
import { findInvite } from './find-invite.ts';
import { inviteMail } from './invite-mail.ts';
import type { Invite } from './invite.ts';
import { freeAddress, settle } from './settle.ts';
import { findAnswerable, standingOf, statusAt } from './standing.ts';
import { inviteLink } from './token.ts';

/** What is due on an invite: its mail, or writing down that it has ended. */
export const workOnInvite = async (services: WorkServices, organizationId: string, inviteId: string): Promise<void> => {
  const table = services.tenantTable(organizationId);
  const invite = await findInvite(table, organizationId, inviteId);
  if (!invite || invite.status !== 'pending') return;
  const now = services.clock.now();
  const standing = standingOf(invite, await findAnswerable(table, organizationId, [invite]));
  const status = statusAt(invite, standing, now);
  if (status === 'expired')
    return writeDown(services, table, invite, status, guard(atMost('expiresAt', now), 'changed'));
  if (standing.kind === 'revoked') return writeDown(services, table, invite, 'revoked');
  if (invite.delivery === 'queued') await sendInvite(services, table, invite, standing.by);
};

/** An invite that ended by time, or with its inviter, is stored as ended, and its address is free again. */
const writeDown = async (
  { clock, ids, runId }: WorkServices,
  table: Table,
  invite: Invite,
  status: 'expired' | 'revoked',
  ...guards: Guard<string>[]
): Promise<void> => {
  const now = clock.now();
  const address = await table.get(keys.address(invite.organizationId, invite.email));
  await table.transact([
    settle(invite, status, { settledAt: now }, guard(equal('version', invite.version), 'changed'), ...guards),
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
};

const sendInvite = async (services: WorkServices, table: Table, invite: Invite, inviter: User): Promise<void> => {
  const { poolTree, clock, secrets, settings } = services;
  const { organizationId } = invite;
  const organization = parseOrganization(await table.get(keys.organization(organizationId)));
  const secret = secrets.random();
  await deliver(services, table, {
    key: keys.invite(organizationId, invite.id),
    attempts: invite.attempts,
    mail: inviteMail({
      invite,
      organizationName: organization.name,
      inviterName: inviter.name,
      tree: await poolTree(table, organizationId, organization.treeVersion),
      link: inviteLink(settings.baseUrl, { organizationId, inviteId: invite.id, secret }),
    }),
    claiming: { append: { secretHashes: [secrets.hash(secret)] } },
    guards: [
      guard(equal('status', 'pending'), 'lost' as const),
      guard(above('expiresAt', clock.now()), 'lost' as const),
      guard(equal('version', invite.version), 'lost' as const),
    ],
    checks: [
      check(
        keys.user(organizationId, inviter.id),
        guard(equal('status', 'active'), 'lost' as const),
        guard(contains('assignments', 'organization_manager'), 'lost' as const),
      ),
    ],
    afterwards: due(invite.expiresAt),
  });
};
