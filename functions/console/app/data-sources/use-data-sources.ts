import { useQuery } from '@tanstack/react-query';
import { readAll } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';

/** All data sources, to choose from and to name. */
export const useDataSources = () => {
  const { params } = useOrganization();
  return useQuery({
    queryKey: ['listDataSources', 'all', params],
    queryFn: () => readAll('listDataSources', { params }),
  });
};
