import { exampleDataSource } from './examples.ts';
import type { DocsOf } from './route-docs.ts';
import type { dataSourceRoutes } from '../data-sources/data-source-routes.ts';

export const dataSourceDocs: DocsOf<typeof dataSourceRoutes> = {
  listDataSources: {
    tag: 'Data sources',
    summary: 'List data sources',
    description: 'Lists the data sources of the organization, oldest first.',
    example: { response: { items: [exampleDataSource] } },
  },
  createDataSource: {
    tag: 'Data sources',
    summary: 'Connect a data source',
    description: 'Connects a cloud account or a cluster. Each account can be connected once.',
    example: {
      body: { type: 'aws', name: exampleDataSource.name, accountId: exampleDataSource.accountId },
      response: exampleDataSource,
    },
  },
  getDataSource: {
    tag: 'Data sources',
    summary: 'Get a data source',
    description: 'Returns a data source with its current owner.',
    example: { response: exampleDataSource },
  },
  updateDataSource: {
    tag: 'Data sources',
    summary: 'Change a data source',
    description: 'Renames a data source or gives it to another owner. Its type and its account cannot be changed.',
    example: { body: { name: 'Live' }, response: { ...exampleDataSource, name: 'Live', version: 2 } },
  },
  deleteDataSource: {
    tag: 'Data sources',
    summary: 'Disconnect a data source',
    description: 'Disconnects a data source. Its resources stay and keep their owners.',
    example: {},
  },
};
