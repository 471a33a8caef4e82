import * as z from 'zod';
import { settingsRecords } from '../assets/settings-records.ts';
import { nameLettersMax } from '../limits.ts';
import { openEnum } from '../open-enum.ts';
import { displayName } from '../text.ts';

export const dataSourceTypes = ['aws', 'azure', 'gcp', 'alibaba', 'kubernetes'] as const;

/** An account of a cloud, or a cluster, that costs come from. */
const storedDataSource = z.object({
  id: z.string(),
  type: openEnum(dataSourceTypes),
  name: z.string(),
  /** As the cloud names it: an account, subscription, project or cluster. */
  accountId: z.string(),
  /** The user it was last assigned to. */
  holderId: z.string(),
  createdAt: z.string(),
  version: z.number(),
});

export type DataSource = z.infer<typeof storedDataSource>;

const parseDataSource = (item: unknown): DataSource => storedDataSource.parse(item);

// Pure, so that what reads the routes alone does not load how records are written.
export const dataSourceRecords = /* @__PURE__ */ settingsRecords('data_source', parseDataSource);

export const dataSourceName = displayName(nameLettersMax);
