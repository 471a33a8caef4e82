import * as z from 'zod';
import { nameLettersMax } from '../limits.ts';
import { displayName } from '../names/display-name.ts';
import { keys } from '../table/keys.ts';
import type { Item } from '../table/write.ts';

/** A tenant. Written only when its settings, its pool tree or its number of managers changes. */
const storedOrganization = z.object({
  id: z.string(),
  name: z.string(),
  rootPoolId: z.string(),
  /** The lifetime of an invite in days. */
  inviteExpiryDays: z.number(),
  /** The number of active organization managers, without machines. At least 1, except before the first user of an organization that
   * operators created has joined. */
  managerCount: z.number(),
  /** The code of its currency. Absent: `defaultCurrency`. */
  currency: z.string().optional(),
  /** The only domains that email addresses may have (`allowsAddress`). Absent or empty: all domains. */
  allowedDomains: z.array(z.string()).optional(),
  /** Whether addresses are hidden from those who do not manage users (`hidesAddresses`). Absent: no. */
  hideAddresses: z.boolean().optional(),
  /** Whether the accounts of users need a second factor. Absent: no. */
  requireMfa: z.boolean().optional(),
  /** How many hours a sign-in lasts in this organization. Absent: as long as the user directory accepts it. */
  signInHoursMax: z.number().optional(),
  /** The secret with which cursors are encrypted for those from whom addresses are hidden, because a cursor may contain one. */
  cursorKey: z.string().optional(),
  /** Whether an amount was ever stored. Absent: unknown, because an earlier version of Roster created it. */
  amountsStored: z.boolean().optional(),
  /**
   * The version of the pool tree. A write that depends on the tree is conditional on it. A change of the currency increments it
   * too, because pools have their limits in the currency, and so does a change of the allowed domains (`allowsAddress`).
   */
  treeVersion: z.number(),
  createdAt: z.string(),
  /** The version that the rows and entries of all its users have at least (`entryVersion`). Absent: 1. */
  entryVersion: z.number().optional(),
  /** The version of the lists by time that contain all its users (`timeListVersion`). Absent: they lack users of earlier versions. */
  timeListVersion: z.number().optional(),
  version: z.number(),
});

export type Organization = z.infer<typeof storedOrganization>;

export const parseOrganization = (item: unknown): Organization => storedOrganization.parse(item);

export const organizationItem = (organization: Organization): Item => ({
  ...keys.organization(organization.id),
  ...organization,
});

export const organizationName = displayName(nameLettersMax);
