import * as z from 'zod';
import { openEnum } from '../open-enum.ts';
import { authorize } from '../roles/authorize.ts';
import { formatAssignment, parseAssignment, type RoleAssignment } from '../roles/role.ts';
import { keys } from '../table/keys.ts';
import type { Item } from '../table/write.ts';

export const storedAssignments = z.array(z.string()).transform((stored) => stored.map(parseAssignment));

/** Any other status is inactive. */
export const userStatuses = ['active', 'removed'] as const;

/** Each time somebody lost the right to invite: who has answered since for the invites that were its own until then; nobody: they are revoked. */
export const storedInvitesPassed = z.array(z.object({ at: z.string(), to: z.string().optional() }));

/** A membership. Its id is never reused: who is removed and invited again is a new user; this one stays as a record. */
const storedUser = z.object({
  id: z.string(),
  personId: z.string(),
  email: z.string(),
  name: z.string(),
  status: openEnum(userStatuses),
  assignments: storedAssignments,
  /** Whose assets are this user's: the ids of itself and of everyone it took over, directly or not. */
  holdings: z.array(z.string()),
  /** Whom it took over directly. */
  takenOver: z.array(z.looseObject({ id: z.string(), name: z.string(), at: z.string() })),
  /** Who invited it, under the name of that day. */
  invitedBy: z.object({ id: z.string(), name: z.string() }).optional(),
  joinedAt: z.string(),
  /** A day, `2026-11-23`. */
  lastSeenAt: z.string().optional(),
  removedAt: z.string().optional(),
  removedBy: z.string().optional(),
  successorId: z.string().optional(),
  /** A shortcut to who owns what it had, while that user's holdings say so: chains of successors stay short. */
  heirId: z.string().optional(),
  invitesPassed: storedInvitesPassed,
  version: z.number(),
});

export type User = z.infer<typeof storedUser>;

export const parseUser = (item: unknown): User => storedUser.parse(item);

export const userItem = (organizationId: string, user: User): Item => ({
  ...keys.user(organizationId, user.id),
  ...user,
  assignments: user.assignments.map(formatAssignment),
});

/** What a request's rights are read from: a copy of the user's, changed in the same transactions. */
const storedMembership = z.object({
  userId: z.string(),
  name: z.string(),
  assignments: storedAssignments,
  lastSeenAt: z.string().optional(),
  serviceAccount: z.boolean().optional(),
});

export type Membership = z.infer<typeof storedMembership>;

export const parseMembership = (item: unknown): Membership => storedMembership.parse(item);

export const membershipItem = (organizationId: string, user: User): Item => ({
  ...keys.membership(organizationId, user.personId),
  userId: user.id,
  name: user.name,
  assignments: user.assignments.map(formatAssignment),
});

export const isActive = ({ status }: Pick<User, 'status'>): boolean => status === 'active';

/** The assignment that lets somebody invite, as the permission matrix decides; undefined: they may not. */
export const inviteRight = ({
  status,
  assignments,
}: Pick<User, 'status' | 'assignments'>): RoleAssignment | undefined => {
  const decision = authorize(assignments, 'invite_users');
  return status === 'active' && decision.allowed ? decision.through : undefined;
};

export const mayInvite = (user: Pick<User, 'status' | 'assignments'>): boolean => inviteRight(user) !== undefined;
