import * as z from 'zod';
import { inviteReminderDays, inviteRetentionDays, inviteUnremindedDaysMax } from '../limits.ts';
import { reasonSchema } from '../mail/delivery-reason.ts';
import type { Named } from '../named.ts';
import { openEnum } from '../open-enum.ts';
import { isOnExistingPool } from '../roles/known-pools.ts';
import type { PoolTree } from '../roles/pool-tree.ts';
import { formatAssignment, type StoredAssignment } from '../roles/role.ts';
import { indexEntry, keys, partitions } from '../table/keys.ts';
import type { Item } from '../table/write.ts';
import { after, day, epochSeconds } from '../time.ts';
import { storedAssignments } from '../users/user.ts';
import { inviteStatuses, type EndedStatus } from './invite-status.ts';

/** The ways in which another transaction can end an invite. The worker then stores the end. */
const endings = ['revoked', 'already_member'] as const satisfies readonly EndedStatus[];

export const deliveries = ['queued', 'sent', 'delivered', 'bounced', 'complained', 'failed'] as const;

const storedInvite = z.object({
  id: z.string(),
  organizationId: z.string(),
  email: z.string(),
  assignments: storedAssignments,
  message: z.string().optional(),
  status: openEnum(inviteStatuses),
  /** Present once another transaction has ended the invite, until the worker stores it as the status. */
  ending: openEnum(endings).optional(),
  delivery: openEnum(deliveries),
  ...reasonSchema,
  /** The inviter who was responsible when this was stored. By now somebody else may be: see `responsibilityFor`. */
  invitedBy: z.string(),
  /** Since when that inviter has been responsible. */
  invitedBySince: z.string(),
  /** The user who created the invite, if somebody else has become responsible since. */
  firstInvitedBy: z.string().optional(),
  createdAt: z.string(),
  /** The id of the audit event that records its creation. */
  createdIn: z.string(),
  expiresAt: z.string(),
  /** The days from a request for its email until it expires. */
  lifetimeDays: z.number(),
  /** When its email was last requested. */
  requestedAt: z.string(),
  /** The number of requests for its email. Delivery events of earlier rounds are ignored. */
  round: z.number(),
  /** The day on which its email was last requested again, and how often that happened on that day. */
  resentOn: z.string().optional(),
  resends: z.number().optional(),
  remindedAt: z.string().optional(),
  /** When the invited person asked for a new invite because this one had expired. */
  renewalAskedAt: z.string().optional(),
  sentAt: z.string().optional(),
  /** Emails that SES accepted. */
  sends: z.number(),
  /** Attempts to send an email in this round. */
  attempts: z.number(),
  /** Whether the organization may no longer email the address, so that the invite cannot be resent. */
  addressSuppressed: z.boolean().optional(),
  /** The removed user who had this address when it was invited. Restoring that user would bring their assets back. */
  removedUserId: z.string().optional(),
  acceptedAt: z.string().optional(),
  userId: z.string().optional(),
  /** SHA-256 hashes of the secrets that open the invite. */
  secretHashes: z.array(z.string()),
  /** Hashes of the secrets that no longer open it, because its email was requested again. */
  supersededHashes: z.array(z.string()),
  /** Hashes of the secrets with which the recipient can block the organization. They open nothing, and a resend keeps them valid. */
  blockHashes: z.array(z.string()).optional(),
  version: z.number(),
});

export type Invite = z.infer<typeof storedInvite>;

export const parseInvite = (item: unknown): Invite => storedInvite.parse(item);

/** A new invite: pending, with its first email requested. */
export const newInvite = (
  given: Pick<
    Invite,
    | 'id'
    | 'organizationId'
    | 'email'
    | 'assignments'
    | 'message'
    | 'removedUserId'
    | 'invitedBy'
    | 'createdIn'
    | 'lifetimeDays'
  >,
  now: string,
): Invite => ({
  ...given,
  status: 'pending',
  delivery: 'queued',
  invitedBySince: now,
  createdAt: now,
  expiresAt: expiryFrom(now, given.lifetimeDays),
  requestedAt: now,
  round: 1,
  sends: 0,
  attempts: 0,
  secretHashes: [],
  supersededHashes: [],
  version: 1,
});

/** The roles that an invite still grants. Roles on pools that no longer exist are left out. */
export const remainingRoles = ({ assignments }: Pick<Invite, 'assignments'>, tree: PoolTree): StoredAssignment[] =>
  assignments.filter(isOnExistingPool(tree));

/** The name of an invite in the audit log, which is its address. */
export const namedInvite = ({ id, email }: Pick<Invite, 'id' | 'email'>): Named => ({ id, name: email });

/** The item of a new pending invite, with its entries in three indexes. */
export const inviteItem = (invite: Invite): Item => ({
  ...keys.invite(invite.organizationId, invite.id),
  ...invite,
  assignments: invite.assignments.map(formatAssignment),
  ...statusEntry(invite, invite.status),
  ...indexEntry('gsi2', partitions.invitesByEmail(invite.organizationId), `${invite.email}\t${invite.id}`),
  ...inviterEntry(invite),
  ttl: cleanedUpAt(invite.expiresAt),
});

export const statusEntry = ({ organizationId, id }: Pick<Invite, 'organizationId' | 'id'>, status: Invite['status']) =>
  indexEntry('gsi1', partitions.invitesByStatus(organizationId, status), id);

/** The index entry of a pending invite under its inviter. The follow-up finds the invites to pass on or to revoke through it. */
export const inviterEntry = ({ organizationId, invitedBy, id }: Pick<Invite, 'organizationId' | 'invitedBy' | 'id'>) =>
  indexEntry('gsi3', partitions.invitesByInviter(organizationId, invitedBy), id);

export const expiryFrom = (now: string, lifetimeDays: number): string => after(now, lifetimeDays * day);

/** The TTL of an invite: the time in epoch seconds after which DynamoDB may delete it. */
export const cleanedUpAt = (expiresAt: string): number => epochSeconds(after(expiresAt, inviteRetentionDays * day));

/** When a reminder is due. Undefined if the invite lives too briefly for a reminder. */
export const reminderAt = ({
  expiresAt,
  lifetimeDays,
}: Pick<Invite, 'expiresAt' | 'lifetimeDays'>): string | undefined =>
  lifetimeDays > inviteUnremindedDaysMax ? after(expiresAt, -inviteReminderDays * day) : undefined;

/** When an email of an invite was requested. Nobody requests a reminder, so it counts as requested when it becomes due. */
export const mailRequestedAt = (
  invite: Pick<Invite, 'requestedAt' | 'expiresAt' | 'lifetimeDays'>,
  which: 'invite' | 'reminder',
): string => (which === 'invite' ? invite.requestedAt : (reminderAt(invite) ?? invite.requestedAt));

/** When an invite is next due after its email was sent: first for the reminder, then when it expires. */
export const nextDue = (invite: Pick<Invite, 'expiresAt' | 'lifetimeDays' | 'remindedAt'>, now: string): string => {
  const reminder = invite.remindedAt === undefined ? reminderAt(invite) : undefined;
  return reminder !== undefined && reminder > now ? reminder : invite.expiresAt;
};
