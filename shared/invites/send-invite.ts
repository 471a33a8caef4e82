import {
  mailsPerRecipientAndDayMax,
  mailsToRecipientOfAllMax,
  sendPauseMinutes,
  supersededSecretsMax,
} from '../limits.ts';
import { deliver, type Outgoing } from '../mail/deliver.ts';
import type { DeliveryReason } from '../mail/delivery-codes.ts';
import { reasonAttributes, reasonItem } from '../mail/delivery-reason.ts';
import { auditFenced, fencedReason, isFenced } from '../mail/send-fence.ts';
import { namesakesOf } from '../users/namesakes.ts';
import type { Organization } from '../organizations/organization.ts';
import type { Mail, WorkServices } from '../ports.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import { absent, above, anyOf, below, equal } from '../table/condition.ts';
import { due, keys, partitions } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { check, guard, update, type Changes, type Guard, type Key, type Write } from '../table/write.ts';
import { after, day, dayOf, endOfDay, epochSeconds, minute } from '../time.ts';
import type { Inviter } from '../users/inviter.ts';
import { inviteMail } from './invite-mail.ts';
import { mailRequestedAt, namedInvite, nextDue, type Invite } from './invite.ts';
import { countMails, isPaused } from './mail-health.ts';
import { notSuppressed } from './suppression.ts';
import { inviteLink } from './token.ts';
import { requireAllowedInvite } from './require-allowed-invite.ts';

type Obstacle = 'suppressed' | 'recipient_limit';

/** A pending invite, and what its evaluation was based on. */
interface InviteToSend {
  invite: Invite;
  organization: Organization;
  tree: PoolTree;
}

/** Sends the first email of an invite, or its reminder. Returns whether sending began. */
export const sendInvite = async (
  services: WorkServices,
  { invite, organization, tree }: InviteToSend,
  inviter: Inviter,
  which: 'invite' | 'reminder',
): Promise<boolean> => {
  const { clock, secrets, settings } = services;
  const { organizationId, email } = invite;
  const now = clock.now();
  const table = services.tenantTable(organizationId, partitions.recipient(email));
  if (isFenced(settings, mailRequestedAt(invite, which))) {
    const events = auditFenced(services, organizationId, namedInvite(invite), now, which);
    await giveUp(table, invite, which, { because: fencedReason, events });
    return false;
  }
  if (!requireAllowedInvite(organization, invite).ok) {
    await giveUp(table, invite, which, { because: { code: 'domain_not_allowed' } });
    return false;
  }
  if (await isPaused(table, organizationId, now)) {
    await putOff(table, invite, which, {
      until: after(now, sendPauseMinutes * minute),
      because: { code: 'sending_paused' },
    });
    return false;
  }
  const [secret, blockSecret] = [secrets.random(), secrets.random()];
  const namesake = await isNamesakeOf(services, email, organization);
  const part = which === 'invite' ? firstMail(invite) : reminder(invite);
  const delivered = await deliver<Obstacle>(services, table, {
    key: keys.invite(organizationId, invite.id),
    attempts: invite.attempts,
    mail: mailOf(services, { invite, organization, tree }, inviter, { secret, blockSecret, which, namesake }),
    claiming: {
      set: { blockHashes: [...(invite.blockHashes ?? []), secrets.hash(blockSecret)].slice(-supersededSecretsMax) },
      append: { secretHashes: [secrets.hash(secret)] },
    },
    ...part,
    guards: [
      ...part.guards,
      // The version changes when the invite ends and when a manager changes it or requests its email again.
      guard(equal('version', invite.version), 'lost'),
      guard(above('expiresAt', now), 'lost'),
    ],
    checks: [
      stillResponsible(organizationId, inviter),
      notSuppressed(organizationId, email, 'suppressed'),
      ...toRecipient(organizationId, email, now),
      check(keys.organization(organizationId), guard(equal('treeVersion', organization.treeVersion), 'lost')),
    ],
    counted: [countMails(organizationId, { sent: 1 }, now)],
    uncounted: notToRecipient(organizationId, email, now),
  });
  if (delivered.kind !== 'unclaimed') return true;
  if (delivered.because === 'recipient_limit')
    await putOff(table, invite, which, { until: endOfDay(now), because: recipientLimit });
  if (delivered.because === 'suppressed')
    await giveUp(table, invite, which, { because: { code: 'address_suppressed' } });
  return false;
};

const recipientLimit: DeliveryReason = {
  code: 'recipient_limit_reached',
  parameters: { limit: String(mailsPerRecipientAndDayMax) },
};

type Part = Pick<Outgoing<Obstacle>, 'taken' | 'refused' | 'quiet'> & { guards: Guard<'lost'>[] };

const firstMail = (invite: Invite): Part => ({
  guards: [guard(equal('delivery', 'queued'), 'lost')],
  taken: (at, messageId) => ({
    set: { delivery: 'sent', sentAt: at, messageId, ...due(nextDue(invite, at)) },
    remove: reasonAttributes,
    add: { sends: 1 },
  }),
  refused: (_at, reason) => ({
    set: { delivery: 'failed', ...reasonItem(reason), ...due(invite.expiresAt) },
  }),
});

/** A reminder leaves the stored delivery of the first email unchanged. After the reminder nothing is due until the invite expires. */
const reminder = (invite: Invite): Part => {
  const done = (at: string): Changes['set'] => ({ remindedAt: at, ...due(invite.expiresAt) });
  return {
    guards: [],
    quiet: true,
    taken: (at) => ({ set: done(at), add: { sends: 1 } }),
    refused: (at) => ({ set: done(at) }),
  };
};

/** Whether the recipient belongs to another organization of this name. One call of the directory and two requests. */
const isNamesakeOf = async (services: WorkServices, email: string, organization: Organization): Promise<boolean> => {
  const account = await services.directory.findByEmail(email);
  if (!account) return false;
  const isNamesake = await namesakesOf(services, account.personId);
  return isNamesake(organization);
};

const mailOf = (
  { settings }: WorkServices,
  { invite, organization, tree }: InviteToSend,
  inviter: Inviter,
  {
    secret,
    blockSecret,
    which,
    namesake,
  }: { secret: string; blockSecret: string; which: 'invite' | 'reminder'; namesake: boolean },
): Mail =>
  inviteMail({
    invite,
    organizationName: organization.name,
    organizationCreatedAt: organization.createdAt,
    inviterName: inviter.name,
    inviterEmail: inviter.email,
    namesake,
    tree,
    link: inviteLink(settings.baseUrl, { organizationId: organization.id, inviteId: invite.id, secret }),
    blockLink: inviteLink(settings.baseUrl, {
      organizationId: organization.id,
      inviteId: invite.id,
      secret: blockSecret,
    }),
    isReminder: which === 'reminder',
    subject: settings.inviteSubject,
  });

/** A condition for acting in an inviter's name: the inviter is unchanged since it was read, and so may still invite. */
export const stillResponsible = (organizationId: string, { id, version }: Inviter) =>
  check(keys.user(organizationId, id), guard(equal('version', version), 'lost'));

/**
 * Counts an email to its recipient. The organization's own count has the low limit. The count of all organizations has one that no
 * honest address reaches, because otherwise an organization could see what others send, or use up the emails of an address.
 */
const toRecipient = (organizationId: string, email: string, now: string): Write<'recipient_limit'>[] =>
  recipientCounts(organizationId, email, now).map(([key, most]) =>
    update(
      key,
      { add: { mails: 1 }, set: { ttl: epochSeconds(after(endOfDay(now), day)) } },
      guard(anyOf(absent('mails'), below('mails', most)), 'recipient_limit'),
    ),
  );

/** Takes back the counts of an email that SES did not accept. */
const notToRecipient = (organizationId: string, email: string, now: string): Write<never>[] =>
  recipientCounts(organizationId, email, now).map(([key]) => update(key, { add: { mails: -1 } }));

const recipientCounts = (organizationId: string, email: string, now: string): [Key, number][] => [
  [keys.recipientDay(organizationId, email, dayOf(now)), mailsPerRecipientAndDayMax],
  [keys.recipientDayOfAll(email, dayOf(now)), mailsToRecipientOfAllMax],
];

/** Postpones an email. The reason is stored for a first email only, because the invite does not show the delivery of its reminder. */
const putOff = async (
  table: Table,
  invite: Invite,
  which: 'invite' | 'reminder',
  { until, because }: { until: string; because: DeliveryReason },
): Promise<void> => {
  await table.transact([
    update(
      keys.invite(invite.organizationId, invite.id),
      { set: { ...(which === 'invite' && reasonItem(because)), ...due(until) }, remove: ['wake'] },
      guard(equal('status', 'pending'), 'changed'),
      guard(equal('round', invite.round), 'changed'),
      guard(equal('attempts', invite.attempts), 'changed'),
    ),
  ]);
};

/** Gives up on an email, so that it is never sent. */
const giveUp = async (
  table: Table,
  invite: Invite,
  which: 'invite' | 'reminder',
  { because, events = [] }: { because: DeliveryReason; events?: Write<never>[] },
): Promise<void> => {
  await table.transact<'changed'>([
    update(
      keys.invite(invite.organizationId, invite.id),
      {
        set: {
          ...(which === 'invite' && { delivery: 'failed', ...reasonItem(because) }),
          ...(because.code === 'address_suppressed' && { addressSuppressed: true }),
          ...due(invite.expiresAt),
        },
        remove: ['wake', 'claim'],
      },
      guard(equal('status', 'pending'), 'changed'),
      guard(equal('round', invite.round), 'changed'),
      guard(equal('attempts', invite.attempts), 'changed'),
    ),
    ...events,
  ]);
};
