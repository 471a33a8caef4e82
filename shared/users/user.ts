import * as z from 'zod';
import { openEnum, type OpenEnum } from '../open-enum.ts';
import { authorize } from '../roles/authorize.ts';
import { formatAssignment, parseAssignment } from '../roles/role.ts';
import { keys, userByTime } from '../table/keys.ts';
import type { Item } from '../table/write.ts';

export const storedAssignments = z.array(z.string()).transform((stored) => stored.map(parseAssignment));

/** Any other status, stored by a newer version of Roster, counts as inactive. */
export const userStatuses = ['active', 'removed'] as const;

/**
 * The state of a person's account in the user directory. It is independent of the user's status, because an account can be disabled
 * or deleted outside the product. Any other state, stored by a newer version of Roster, cannot sign in.
 */
export const accountStates = ['active', 'disabled', 'missing'] as const;

/** The state of an account that was not active at the last look-up, and the time of that look-up. */
const storedAccount = z.object({ state: openEnum(accountStates), since: z.string() });

/**
 * The times at which a user lost the right to invite. `to`: the user who became responsible for the user's invites. Without `to`,
 * these invites are revoked. With `revokesManagers`, only those that would create organization managers are revoked.
 */
export const storedInvitesPassed = z.array(
  z.object({ at: z.string(), to: z.string().optional(), revokesManagers: z.boolean().optional() }),
);
export type InvitesPassed = z.infer<typeof storedInvitesPassed>[number];

/** A user's record. Its id is never reused: a person who is removed and invited again becomes a new user, and the old record remains. */
const storedUser = z.object({
  id: z.string(),
  personId: z.string(),
  email: z.string(),
  name: z.string(),
  status: openEnum(userStatuses),
  assignments: storedAssignments,
  /** The user ids whose assets this user owns: its own, and those of everyone it took over from, directly or indirectly. */
  holdings: z.array(z.string()),
  /** The users from whom it took over directly. */
  takenOver: z.array(z.looseObject({ id: z.string(), name: z.string(), at: z.string() })),
  /** The inviter, with their name at the time of joining. */
  invitedBy: z.object({ id: z.string(), name: z.string() }).optional(),
  joinedAt: z.string(),
  /** A day, `2026-11-23`. */
  lastSeenAt: z.string().optional(),
  /** Absent: the account is active. */
  account: storedAccount.optional(),
  /** The verified address of the account, while this organization has invited it or has another user with it. */
  emailConflict: z.string().optional(),
  removedAt: z.string().optional(),
  removedBy: z.string().optional(),
  successorId: z.string().optional(),
  /**
   * A shortcut to the owner of a removed user's assets, which avoids long chains of successors. It counts only while that
   * owner's holdings include this user.
   */
  heirId: z.string().optional(),
  invitesPassed: storedInvitesPassed,
  /** The version of the keys of its row and entries (`entryVersion`). Absent: earlier than 4. */
  entryVersion: z.number().optional(),
  version: z.number(),
});

export type User = z.infer<typeof storedUser>;

export const parseUser = (item: unknown): User => storedUser.parse(item);

export const userItem = (organizationId: string, user: User): Item => ({
  ...keys.user(organizationId, user.id),
  ...user,
  assignments: user.assignments.map(formatAssignment),
  ...userByTime(organizationId, user),
});

/** The item from which a request's rights are read: a copy of the user's assignments that changes in the same transactions. */
const storedMembership = z.object({
  userId: z.string(),
  name: z.string(),
  assignments: storedAssignments,
  lastSeenAt: z.string().optional(),
  /** Absent in memberships of earlier versions. */
  email: z.string().optional(),
  account: storedAccount.optional(),
  /** The id of the access token that last caused the account to be looked up. */
  accountAskedBy: z.string().optional(),
  serviceAccount: z.boolean().optional(),
});

export type Membership = z.infer<typeof storedMembership>;

export const parseMembership = (item: unknown): Membership => storedMembership.parse(item);

export const membershipItem = (organizationId: string, user: User): Item => ({
  ...keys.membership(organizationId, user.personId),
  userId: user.id,
  name: user.name,
  email: user.email,
  assignments: user.assignments.map(formatAssignment),
  ...(user.account && { account: user.account }),
});

export const isActive = ({ status }: Pick<User, 'status'>): boolean => status === 'active';

/** The state of a user's account at the last look-up. */
export const accountStateOf = ({ account }: Pick<User, 'account'>): OpenEnum<(typeof accountStates)[number]> =>
  account?.state ?? 'active';

/** Whether the permission matrix allows an active user, service account or operator to invite. */
export const mayInvite = ({ status, assignments }: Pick<User, 'status' | 'assignments'>): boolean =>
  status === 'active' && authorize(assignments, 'invite_users').allowed;
