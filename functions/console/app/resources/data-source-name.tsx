import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { codeOf } from '../data/problem-error.ts';
import { partTexts } from '../parts/texts.ts';
import { resourcesTexts as texts } from './texts.ts';

/** The data source that brought a resource, which may be gone since. */
export const DataSourceName = ({ id }: { id: string }) => {
  const { params } = useOrganization();
  const { data, error } = useRead('getDataSource', { params: { ...params, dataSourceId: id } });
  if (codeOf(error) === 'data_source_not_found') return texts.disconnected;
  return data?.name ?? partTexts.reading;
};
