import { operation } from '../api/operation.ts';
import { auditBy } from '../audit/audit-event.ts';
import { fail } from '../result.ts';
import { committed } from '../retry.ts';
import { keys } from '../table/keys.ts';
import { erase } from '../table/write.ts';
import { dataSourceRoutes } from './data-source-routes.ts';
import { dataSourceRecords } from './data-source.ts';

export const deleteDataSource = operation(
  dataSourceRoutes.deleteDataSource,
  {
    reads: dataSourceRecords.keysNamed,
    versioned: ({ table }, request) => dataSourceRecords.find(table, request),
  },
  async ({ table, ids }, request) => {
    const { actor, organization, now, stillAllowed } = request;
    const source = await dataSourceRecords.find(table, request);
    if (!source) return fail('data_source_not_found');
    const { type, name, accountId } = source;
    const transaction = await table.transact([
      dataSourceRecords.remove(organization.id, source),
      erase(keys.dataSourceAccount(organization.id, type, accountId)),
      ...stillAllowed,
      ...auditBy({ ids }, actor, now, 'data_source_deleted', [source], { type, name, accountId }),
    ]);
    return committed(transaction, undefined);
  },
);
