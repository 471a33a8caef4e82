import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { parseDataSource, type DataSource } from './data-source.ts';

/** What a request of one data source names. */
export interface NamesDataSource {
  params: { organizationId: string; dataSourceId: string };
}

/** The key of the data source that a request names. */
export const dataSourceKeys = ({ params }: NamesDataSource) => [
  keys.dataSource(params.organizationId, params.dataSourceId),
];

export const findDataSource = async (table: Table, request: NamesDataSource): Promise<DataSource | undefined> => {
  const [key] = dataSourceKeys(request);
  const item = key && (await table.get(key));
  return item && parseDataSource(item);
};
