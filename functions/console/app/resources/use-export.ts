import { readAll } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { usePools } from '../organization/use-pools.ts';
import { useCsvExport } from '../parts/use-csv-export.ts';
import type { Resource } from './resource.ts';
import type { ResourceFilters } from './resources-filters.tsx';
import { resourcesTexts as texts } from './texts.ts';

const { columns } = texts;
const header = [
  columns.name,
  columns.type,
  columns.pool,
  columns.owner,
  columns.monthlyCost,
  texts.currency,
  columns.tags,
];

/** Downloads the given resources, or all that match the filters, as a CSV file with the paths of pools and the names of owners. */
export const useExport = () => {
  const { params } = useOrganization();
  const { tree } = usePools();

  const toRow = ({ name, type, poolId, ownerName, monthlyCost, currency, tags }: Resource): string[] => [
    name,
    type,
    tree.get(poolId)?.path ?? '',
    ownerName,
    monthlyCost === undefined ? '' : String(monthlyCost),
    monthlyCost === undefined ? '' : (currency ?? ''),
    Object.entries(tags)
      .map(([key, value]) => `${key}=${value}`)
      .join('; '),
  ];
  const { exportThese, exportAll } = useCsvExport<Resource>({
    file: 'resources.csv',
    header,
    toRows: (resources) => resources.map(toRow),
    texts,
  });
  return {
    exportThese,
    exportAll: (query: ResourceFilters) =>
      exportAll((onProgress) => readAll('listResources', { params, query }, onProgress)),
  };
};
