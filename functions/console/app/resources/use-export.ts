import { useQueryClient } from '@tanstack/react-query';
import { callApi } from '../data/client.ts';
import { readAll } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { usePools } from '../organization/use-pools.ts';
import { eachItem, sendBulk } from '../parts/bulk.ts';
import { useCsvExport } from '../parts/use-csv-export.ts';
import type { Resource } from './resource.ts';
import type { ResourceFilters } from './resources-filters.tsx';
import { resourcesTexts as texts } from './texts.ts';

const { columns } = texts;
const header = [columns.name, columns.type, columns.pool, columns.owner, columns.monthlyCost, columns.tags];

/** Saves resources as a CSV file: those given, or all that the filters leave. Pools by their paths, owners by their names. */
export const useExport = () => {
  const { params } = useOrganization();
  const { tree } = usePools();
  const queries = useQueryClient();

  const nameOf = async (userId: string): Promise<string> => {
    const call = { params: { ...params, userId } };
    const user = await queries.fetchQuery({ queryKey: ['getUser', call], queryFn: () => callApi('getUser', call) });
    return user.name;
  };
  const toRows = async (resources: Resource[]): Promise<string[][]> => {
    const names = new Map<string, string>();
    const ownerIds = [...new Set(resources.map(({ ownerId }) => ownerId))];
    const { failures } = await sendBulk(
      ownerIds,
      eachItem(async (userId) => names.set(userId, await nameOf(userId))),
    );
    if (failures[0]) throw failures[0].error;
    return resources.map(({ name, type, poolId, ownerId, monthlyCost, tags }) => [
      name,
      type,
      tree.get(poolId)?.path ?? '',
      names.get(ownerId) ?? '',
      monthlyCost === undefined ? '' : String(monthlyCost),
      Object.entries(tags)
        .map(([key, value]) => `${key}=${value}`)
        .join('; '),
    ]);
  };

  const { exportThese, exportAll } = useCsvExport<Resource>({ file: 'resources.csv', header, toRows, texts });
  return {
    exportThese,
    exportAll: (query: ResourceFilters) =>
      exportAll((onProgress) => readAll('listResources', { params, query }, onProgress)),
  };
};
