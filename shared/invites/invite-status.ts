import { isKnown, type OpenEnum } from '../open-enum.ts';

/**
 * `needs_roles`: the pools of all its roles were deleted, so nobody can accept it until a manager gives it other roles.
 * `already_member`: it ended because its recipient is a user already, through another invite or with another address.
 * `blocked`: it ended because its recipient blocked the organization.
 */
export const inviteStatuses = [
  'pending',
  'needs_roles',
  'accepted',
  'declined',
  'revoked',
  'expired',
  'already_member',
  'blocked',
] as const;
export type InviteStatus = (typeof inviteStatuses)[number];

/** The statuses of an invite that has not ended. */
export const openStatuses = ['pending', 'needs_roles'] as const satisfies readonly InviteStatus[];
export type EndedStatus = Exclude<InviteStatus, (typeof openStatuses)[number]>;

export const isOpen = (status: OpenEnum<InviteStatus>): status is (typeof openStatuses)[number] =>
  isKnown(openStatuses, status);
