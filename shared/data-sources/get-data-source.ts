import type { Operation } from '../api/route.ts';
import { findOwners } from '../assets/owner.ts';
import { fail, ok } from '../result.ts';
import { keys } from '../table/keys.ts';
import type { dataSourceRoutes } from './data-source-routes.ts';
import { dataSourceView } from './data-source-view.ts';
import { parseDataSource } from './data-source.ts';

export const getDataSource: Operation<typeof dataSourceRoutes.getDataSource> =
  ({ table }) =>
  async ({ organization }, { params }) => {
    const item = await table.get(keys.dataSource(organization.id, params.dataSourceId));
    if (!item) return fail('data_source_not_found');
    const source = parseDataSource(item);
    return ok(dataSourceView(source, await findOwners(table, organization.id, [source.holderId])));
  };
