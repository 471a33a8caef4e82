import { fail, ok, type Result } from '../result.ts';
import { present } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { check, guard, type Write } from '../table/write.ts';
import { dataSourceRecords, type DataSource } from './data-source.ts';

/** Condition of a write that names a data source: it is still connected. */
export const dataSourcePresent = (organizationId: string, dataSourceId: string): Write<'unknown_data_source'> =>
  check(keys.setting(organizationId, 'data_source', dataSourceId), guard(present('pk'), 'unknown_data_source'));

/** Those of these data sources that are connected, by id. One request per 100. */
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

/** Every named data source is connected; else each that is not is named. `pointer`: where the request has it. */
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
