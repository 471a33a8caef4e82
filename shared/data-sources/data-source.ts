import * as z from 'zod';
import { settingsRecords } from '../assets/settings-records.ts';
import { nameLettersMax } from '../limits.ts';
import { displayName } from '../names/display-name.ts';
import { openEnum } from '../open-enum.ts';

export const dataSourceTypes = ['aws', 'azure', 'gcp', 'alibaba', 'kubernetes'] as const;

/** A source of cost data: a cloud account or a cluster. */
const storedDataSource = z.object({
  id: z.string(),
  type: openEnum(dataSourceTypes),
  name: z.string(),
  /** The id that the cloud provider gives the account, subscription, project or cluster. */
  accountId: z.string(),
  /** The id of the user whom the data source was last assigned to. */
  holderId: z.string(),
  createdAt: z.string(),
  version: z.number(),
});

export type DataSource = z.infer<typeof storedDataSource>;

const parseDataSource = (item: unknown): DataSource => storedDataSource.parse(item);

// `@__PURE__` lets bundles that need only the routes drop the code that writes records.
export const dataSourceRecords = /* @__PURE__ */ settingsRecords('data_source', parseDataSource);

export const dataSourceName = displayName(nameLettersMax);
