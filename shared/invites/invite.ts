import * as z from 'zod';
import { inviteReminderDays, inviteRetentionDays, inviteUnremindedDaysMax } from '../limits.ts';
import { reasonSchema } from '../mail/delivery-reason.ts';
import { openEnum } from '../open-enum.ts';
import { formatAssignment } from '../roles/role.ts';
import { indexEntry, keys, partitions } from '../table/keys.ts';
import type { Item } from '../table/write.ts';
import { after, day, epochSeconds } from '../time.ts';
import { storedAssignments } from '../users/user.ts';

export const inviteStatuses = ['pending', 'accepted', 'declined', 'revoked', 'expired'] as const;
export type InviteStatus = (typeof inviteStatuses)[number];

export const deliveries = ['queued', 'sent', 'delivered', 'bounced', 'complained', 'failed'] as const;

const storedInvite = z.object({
  id: z.string(),
  organizationId: z.string(),
  email: z.string(),
  assignments: storedAssignments,
  message: z.string().optional(),
  status: openEnum(inviteStatuses),
  delivery: openEnum(deliveries),
  ...reasonSchema,
  /** The user who sent it; who answers for it now may be another. */
  invitedBy: z.string(),
  /** Since when. */
  invitedBySince: z.string(),
  createdAt: z.string(),
  /** The audit event of its creation. */
  createdIn: z.string(),
  expiresAt: z.string(),
  /** Days that each mail keeps it alive. */
  lifetimeDays: z.number(),
  /** When its mail was last asked for. */
  requestedAt: z.string(),
  /** How often its mail was asked for: what becomes of a mail of an earlier round changes nothing. */
  round: z.number(),
  /** The day it was last sent again, and how often on that day. */
  resentOn: z.string().optional(),
  resends: z.number().optional(),
  remindedAt: z.string().optional(),
  /** When the invited person last asked for a new one. */
  renewalAskedAt: z.string().optional(),
  sentAt: z.string().optional(),
  /** Mails that SES took. */
  sends: z.number(),
  /** Tries of the mail that is queued. */
  attempts: z.number(),
  acceptedAt: z.string().optional(),
  userId: z.string().optional(),
  /** SHA-256 of the secrets that open it. */
  secretHashes: z.array(z.string()),
  /** Of those that a newer mail replaced. */
  supersededHashes: z.array(z.string()),
  version: z.number(),
});

export type Invite = z.infer<typeof storedInvite>;

export const parseInvite = (item: unknown): Invite => storedInvite.parse(item);

/** An invite as it begins: pending, and its mail asked for. */
export const newInvite = (
  given: Pick<
    Invite,
    'id' | 'organizationId' | 'email' | 'assignments' | 'message' | 'invitedBy' | 'createdIn' | 'lifetimeDays'
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

/** A new pending invite as stored, in the three lists that find it. */
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

/** Held while pending: what an inviter's removal passes on or revokes. */
export const inviterEntry = ({ organizationId, invitedBy, id }: Pick<Invite, 'organizationId' | 'invitedBy' | 'id'>) =>
  indexEntry('gsi3', partitions.invitesByInviter(organizationId, invitedBy), id);

export const expiryFrom = (now: string, lifetimeDays: number): string => after(now, lifetimeDays * day);

/** When the table may forget an invite, in seconds. */
export const cleanedUpAt = (expiresAt: string): number => epochSeconds(after(expiresAt, inviteRetentionDays * day));

/** When a reminder is due; undefined for short lives. */
export const reminderAt = ({
  expiresAt,
  lifetimeDays,
}: Pick<Invite, 'expiresAt' | 'lifetimeDays'>): string | undefined =>
  lifetimeDays > inviteUnremindedDaysMax ? after(expiresAt, -inviteReminderDays * day) : undefined;

/** When there is next something to be done on an invite whose mail is on its way: its reminder, then its end. */
export const nextDue = (invite: Pick<Invite, 'expiresAt' | 'lifetimeDays' | 'remindedAt'>, now: string): string => {
  const reminder = invite.remindedAt === undefined ? reminderAt(invite) : undefined;
  return reminder !== undefined && reminder > now ? reminder : invite.expiresAt;
};
