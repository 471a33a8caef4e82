import { operation } from '../api/operation.ts';
import { auditBy } from '../audit/audit-event.ts';
import { fail } from '../result.ts';
import { committed } from '../retry.ts';
import { equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { erase, guard } from '../table/write.ts';
import { dataSourceRoutes } from './data-source-routes.ts';
import { dataSourceKeys, findDataSource } from './find-data-source.ts';

export const deleteDataSource = operation(
  dataSourceRoutes.deleteDataSource,
  { reads: dataSourceKeys, versioned: ({ table }, request) => findDataSource(table, request) },
  async ({ table, ids }, request) => {
    const { actor, organization, now, stillAllowed } = request;
    const source = await findDataSource(table, request);
    if (!source) return fail('data_source_not_found');
    const { id, type, name, accountId, version } = source;
    const transaction = await table.transact([
      erase(keys.dataSource(organization.id, id), guard(equal('version', version), 'retry')),
      erase(keys.dataSourceAccount(organization.id, type, accountId)),
      ...stillAllowed,
      auditBy({ ids }, actor, now, 'data_source_deleted', [id], { type, name, accountId }),
    ]);
    return committed(transaction, undefined);
  },
);
