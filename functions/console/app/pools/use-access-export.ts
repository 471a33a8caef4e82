import { roleName } from '../../../../shared/roles/role-name.ts';
import { shownAddress } from '../../../../shared/shown-address.ts';
import type { CallOf, ValueOf } from '../data/client.ts';
import { readAll } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { usePools } from '../organization/use-pools.ts';
import { useCsvExport } from '../parts/use-csv-export.ts';
import { rightsInPool } from './rights-in-pool.ts';
import { poolsTexts as texts } from './texts.ts';

export type PoolUser = ValueOf<'listPoolUsers'>['items'][number];

const { accessColumns: headers } = texts;

/** Saves who has access to a pool as a CSV file: what the list says, with the paths of pools. */
export const useAccessExport = (poolId: string) => {
  const { params } = useOrganization();
  const { tree } = usePools();
  const toRow = ({ user, role, through }: PoolUser): string[] => [
    user.name,
    shownAddress(user.email),
    roleName(role),
    through ? (tree.get(through.poolId)?.path ?? through.poolName) : texts.organization,
    rightsInPool(role),
  ];
  const { exportAll } = useCsvExport<PoolUser>({
    file: 'pool-access.csv',
    header: [headers.user, headers.email, headers.role, headers.through, headers.rights],
    toRows: (users) => users.map(toRow),
    texts,
  });
  return (query: CallOf<'listPoolUsers'>['query']) =>
    exportAll((onProgress) => readAll('listPoolUsers', { params: { ...params, poolId }, query }, onProgress));
};
