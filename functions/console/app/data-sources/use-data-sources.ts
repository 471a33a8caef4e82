import { useQuery } from '@tanstack/react-query';
import { readAll } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';

/** Reads all data sources, for selects and to show their names. */
export const useDataSources = () => {
  const { params } = useOrganization();
  return useQuery({
    queryKey: ['listDataSources', 'all', params],
    queryFn: () => readAll('listDataSources', { params }),
  });
};
