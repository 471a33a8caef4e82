import { roleName } from '../../../../shared/roles/role-name.ts';
import { shownAddress } from '../../../../shared/shown-address.ts';
import type { CallOf, ValueOf } from '../data/client.ts';
import { readAll } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { usePools } from '../organization/use-pools.ts';
import { useCsvExport } from '../parts/use-csv-export.ts';
import { useAddressesHidden } from '../rights/use-addresses-hidden.ts';
import { rightsInPool } from './rights-in-pool.ts';
import { poolsTexts as texts } from './texts.ts';

export type PoolUser = ValueOf<'listPoolUsers'>['items'][number];

const { accessColumns: headers } = texts;

/** Returns a function that saves the users with access to a pool as a CSV file. It contains what the list shows, but the paths of pools instead of their names. */
export const useAccessExport = (poolId: string) => {
  const { params } = useOrganization();
  const { tree } = usePools();
  const hidden = useAddressesHidden();
  const toRow = ({ user, role, through }: PoolUser): string[] => [
    user.name,
    ...(hidden ? [] : [shownAddress(user.email)]),
    roleName(role),
    through ? (tree.get(through.poolId)?.path ?? through.poolName) : texts.organization,
    rightsInPool(role),
  ];
  const { exportAll } = useCsvExport<PoolUser>({
    file: 'pool-access.csv',
    header: [headers.user, ...(hidden ? [] : [headers.email]), headers.role, headers.through, headers.rights],
    toRows: (users) => users.map(toRow),
    texts,
  });
  return (query: CallOf<'listPoolUsers'>['query']) =>
    exportAll((onProgress) => readAll('listPoolUsers', { params: { ...params, poolId }, query }, onProgress));
};
