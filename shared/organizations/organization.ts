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
  /** Days that an invite lives. */
  inviteExpiryDays: z.number(),
  /** Active organization managers that are people. Never below 1, but for what operators made and nobody has joined yet. */
  managerCount: z.number(),
  /** The code of its currency. Absent: `defaultCurrency`. */
  currency: z.string().optional(),
  /** Whether an amount was ever stored. Absent: unknown, because an earlier version of Roster created it. */
  amountsStored: z.boolean().optional(),
  /**
   * Counts the changes of the pool tree: what was decided on a tree is written only while it stands. A change of the currency is
   * one of them, because pools show their limits in it.
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
