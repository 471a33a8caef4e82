import { deliver } from '../mail/deliver.ts';
import { parseOrganization } from '../organizations/organization.ts';
import { above, contains, equal } from '../table/condition.ts';
import { due, keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { check, guard, update } from '../table/write.ts';
import { audit } from '../audit/audit-event.ts';
import type { Inviter } from '../users/inviter.ts';
import type { WorkServices } from '../ports.ts';
import { inviteMail } from './invite-mail.ts';
import { inviterEntry, type Invite } from './invite.ts';
import { judgeInvite, type JudgedInvite } from './judge-invite.ts';
import { freeAddress } from './address.ts';
import { settle } from './settle.ts';
import { inviteLink } from './token.ts';

/** What is due on an invite: its mail, or writing down that it has ended. */
export const workOnInvite = async (services: WorkServices, organizationId: string, inviteId: string): Promise<void> => {
  const pending = await findPending(services, organizationId, inviteId);
  if (!pending) return;
  const { table, invite, standing, status } = pending;
  if (status === 'expired' || status === 'revoked') await writeDown(services, pending, status);
  else if (invite.delivery === 'queued' && standing.kind === 'upheld')
    await sendInvite(services, table, invite, standing.by);
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

/** Condition of what is done in an inviter's name: it still may invite. */
const stillAnswers = (organizationId: string, { id }: Inviter) =>
  check(
    keys.user(organizationId, id),
    guard(equal('status', 'active'), 'lost' as const),
    guard(contains('assignments', 'organization_manager'), 'lost' as const),
  );

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
  deliveryDetail: deliveryDetail ?? 'The invite ended before its mail was sent.',
});

const sendInvite = async (services: WorkServices, table: Table, invite: Invite, inviter: Inviter): Promise<void> => {
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
    checks: [stillAnswers(organizationId, inviter)],
    afterwards: due(invite.expiresAt),
  });
};
