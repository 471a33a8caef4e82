import * as z from 'zod';
import { settingsRecords } from '../assets/settings-records.ts';
import type { Named } from '../named.ts';
import { openEnum } from '../open-enum.ts';
import { policyTypes } from './policy-settings.ts';

const ids = z.array(z.string()).optional();

/** Loose, because a newer version may have stored other settings and filters. Requests are validated with `policyInput`. */
const storedContent = z.looseObject({
  type: openEnum(policyTypes),
  name: z.string(),
  poolId: z.string().optional(),
  filters: z.looseObject({ ownerIds: ids, poolIds: ids, dataSourceIds: ids }).optional(),
});

/** A rule about costs, resources or tags that applies to the organization or to a pool. */
const storedPolicy = z.object({
  id: z.string(),
  /** The id of the user whom the policy was last assigned to. */
  holderId: z.string(),
  /** The content as requested. `policyView` replaces removed users and deleted pools in it by their current owners and pools. */
  content: storedContent,
  createdAt: z.string(),
  version: z.number(),
});

export type Policy = z.infer<typeof storedPolicy>;

const parsePolicy = (item: unknown): Policy => storedPolicy.parse(item);

/** The amount of money in a policy: of a budget, or of a quota of expenses. */
export const amountOf = ({ type, amount, metric, maximum }: Policy['content']): number | undefined => {
  if (type === 'budget' && typeof amount === 'number') return amount;
  return type === 'quota' && metric === 'expense' && typeof maximum === 'number' ? maximum : undefined;
};

/** A policy with its name, which its content contains. */
export const namedPolicy = ({ id, content }: Policy): Named => ({ id, name: content.name });

export const policyRecords = settingsRecords('policy', parsePolicy);
