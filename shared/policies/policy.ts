import * as z from 'zod';
import { settingsRecords } from '../assets/settings-records.ts';
import { openEnum } from '../open-enum.ts';
import { policyTypes } from './policy-settings.ts';

const ids = z.array(z.string()).optional();

/** Settings and filters are checked where they are given. */
const storedContent = z.looseObject({
  type: openEnum(policyTypes),
  name: z.string(),
  poolId: z.string().optional(),
  filters: z.looseObject({ ownerIds: ids, poolIds: ids, dataSourceIds: ids }).optional(),
});

/** A rule on cost, resources or tags, on the organization or a pool. */
const storedPolicy = z.object({
  id: z.string(),
  /** The user it was last assigned to. */
  holderId: z.string(),
  /** What it says, naming users and pools as it was given: who and what they are by now is found when it is read. */
  content: storedContent,
  createdAt: z.string(),
  version: z.number(),
});

export type Policy = z.infer<typeof storedPolicy>;

const parsePolicy = (item: unknown): Policy => storedPolicy.parse(item);

export const policyRecords = settingsRecords('policy', parsePolicy);
