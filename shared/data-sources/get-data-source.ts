import { operation } from '../api/operation.ts';
import { findOwners } from '../assets/owner.ts';
import { fail, ok } from '../result.ts';
import { dataSourceRoutes } from './data-source-routes.ts';
import { dataSourceView } from './data-source-view.ts';
import { dataSourceRecords } from './data-source.ts';

export const getDataSource = operation(
  dataSourceRoutes.getDataSource,
  { reads: dataSourceRecords.keysNamed },
  async ({ table }, request) => {
    const source = await dataSourceRecords.find(table, request);
    if (!source) return fail('data_source_not_found');
    const ownerOf = await findOwners(table, request.organization.id, [source.holderId]);
    return ok(dataSourceView(source, ownerOf(source.holderId)));
  },
);
