import * as z from 'zod';
import { nameLettersMax } from '../limits.ts';
import { displayName } from '../names/display-name.ts';
import { openEnum } from '../open-enum.ts';
import { formatAssignment } from '../roles/role.ts';
import { keys } from '../table/keys.ts';
import { absent } from '../table/condition.ts';
import { guard, put, type Item, type Write } from '../table/write.ts';
import { storedAssignments, storedInvitesPassed, userStatuses } from '../users/user.ts';

/**
 * The membership of a machine. It has roles like a user, but cannot own assets, be a successor, be invited or count as a manager.
 */
const storedServiceAccount = z.object({
  id: z.string(),
  /** The app client of the user pool, which is also the `sub` of its tokens. */
  clientId: z.string(),
  name: z.string(),
  status: openEnum(userStatuses),
  assignments: storedAssignments,
  invitesPassed: storedInvitesPassed,
  createdAt: z.string(),
  /** A day, `2026-11-23`. */
  lastSeenAt: z.string().optional(),
  version: z.number(),
});

export type ServiceAccount = z.infer<typeof storedServiceAccount>;

export const parseServiceAccount = (item: unknown): ServiceAccount => storedServiceAccount.parse(item);

export const serviceAccountName = displayName(nameLettersMax);

export const serviceAccountItem = (organizationId: string, account: ServiceAccount): Item => ({
  ...keys.user(organizationId, account.id),
  ...account,
  assignments: account.assignments.map(formatAssignment),
});

/** The item from which requests of the machine read its rights. */
export const machineMembershipItem = (organizationId: string, account: ServiceAccount): Item => ({
  ...keys.membership(organizationId, account.clientId),
  userId: account.id,
  name: account.name,
  assignments: account.assignments.map(formatAssignment),
  serviceAccount: true,
});

/**
 * Binds a machine to the organization: its record, its membership, its list entry and the entry in the machine's organizations.
 * The list entry stores the user who bound it, unless operators did. Fails with `service_account_exists` if the machine is bound
 * already.
 */
export const bindingWrites = (
  organizationId: string,
  account: ServiceAccount,
  boundBy: string | undefined,
): Write<'service_account_exists'>[] => [
  put(serviceAccountItem(organizationId, account)),
  put(machineMembershipItem(organizationId, account), guard(absent('pk'), 'service_account_exists')),
  put({ ...keys.serviceAccountEntry(organizationId, account.id), ...(boundBy && { boundBy }) }),
  put({ ...keys.personOrganization(account.clientId, organizationId), organizationId, userId: account.id }),
];
