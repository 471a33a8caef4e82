import { createDataSource } from '../../shared/data-sources/create-data-source.ts';
import { dataSourceRoutes } from '../../shared/data-sources/data-source-routes.ts';
import { deleteDataSource } from '../../shared/data-sources/delete-data-source.ts';
import { getDataSource } from '../../shared/data-sources/get-data-source.ts';
import { listDataSources } from '../../shared/data-sources/list-data-sources.ts';
import { updateDataSource } from '../../shared/data-sources/update-data-source.ts';
import { lambda } from './lambda.ts';

export const handler = lambda(dataSourceRoutes, {
  listDataSources,
  createDataSource,
  getDataSource,
  updateDataSource,
  deleteDataSource,
});
