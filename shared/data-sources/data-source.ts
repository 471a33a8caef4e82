import * as z from 'zod';
import { nameLettersMax } from '../limits.ts';
import { openEnum } from '../open-enum.ts';
import { keys } from '../table/keys.ts';
import type { Item } from '../table/write.ts';
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

export const parseDataSource = (item: unknown): DataSource => storedDataSource.parse(item);

export const dataSourceName = displayName(nameLettersMax);

export const dataSourceItem = (organizationId: string, source: DataSource): Item => ({
  ...keys.dataSource(organizationId, source.id),
  ...source,
});
