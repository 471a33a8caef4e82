import type { CallOf, ValueOf } from '../data/client.ts';

export type DataSource = ValueOf<'listDataSources'>['items'][number];
export type DataSourceType = CallOf<'createDataSource'>['body']['type'];
