import { fail, ok, type Result } from '../result.ts';
import { present } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { check, guard, type Write } from '../table/write.ts';
import { dataSourceRecords, type DataSource } from './data-source.ts';

/** The condition of a write that refers to a data source: the data source is still connected. */
export const dataSourcePresent = (organizationId: string, dataSourceId: string): Write<'unknown_data_source'> =>
  check(keys.setting(organizationId, 'data_source', dataSourceId), guard(present('pk'), 'unknown_data_source'));

/** Finds which of these data sources are connected, by id. One request per 100. */
export const findConnected = async (
  table: Table,
  organizationId: string,
  dataSourceIds: Iterable<string>,
): Promise<Map<string, DataSource>> => {
  const ids = [...new Set(dataSourceIds)];
  const items = await table.batchGet(ids.map((id) => keys.setting(organizationId, 'data_source', id)));
  return new Map(
    items.flatMap((item) => (item ? [dataSourceRecords.parse(item)] : [])).map((source) => [source.id, source]),
  );
};

/** Requires that every data source is connected. The failure has an error for each that is not, at its `pointer` in the request. */
export const requireDataSources = async (
  table: Table,
  organizationId: string,
  named: readonly { dataSourceId: string; pointer: string }[],
): Promise<Result<Write<'unknown_data_source'>[]>> => {
  const connected = await findConnected(
    table,
    organizationId,
    named.map(({ dataSourceId }) => dataSourceId),
  );
  const errors = named.flatMap(({ dataSourceId, pointer }) =>
    connected.has(dataSourceId)
      ? []
      : [{ pointer, code: 'unknown_data_source' as const, detail: 'No such data source.' }],
  );
  if (errors.length > 0) return fail('unknown_data_source', undefined, { errors });
  return ok([...connected.keys()].map((dataSourceId) => dataSourcePresent(organizationId, dataSourceId)));
};
