import type { ValueOf } from '../data/client.ts';

export type DataSource = ValueOf<'listDataSources'>['items'][number];
export type DataSourceType = DataSource['type'];
