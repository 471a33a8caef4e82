import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import { pageItemsDefault } from '../../../../shared/limits.ts';
import { usePages } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { Address } from '../parts/address.tsx';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { UserLink } from '../parts/user-link.tsx';
import { RoleChips } from '../parts/role-chips.tsx';
import { Empty, LoadError } from '../parts/states.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { useVisibleColumns } from '../rights/use-visible-columns.ts';
import { rightsInPool } from './rights-in-pool.ts';
import { poolsTexts as texts } from './texts.ts';
import { useAccessExport, type PoolUser } from './use-access-export.ts';

const { accessColumns: headers } = texts;

const columns: Column<PoolUser>[] = [
  {
    id: 'user',
    header: headers.user,
    cell: ({ user }) => <UserLink id={user.id} name={user.name} />,
    isRowHeader: true,
    minWidth: 130,
  },
  { id: 'email', header: headers.email, cell: ({ user }) => <Address email={user.email} />, minWidth: 170 },
  { id: 'role', header: headers.role, cell: ({ role }) => <RoleChips roles={[{ role }]} />, minWidth: 130 },
  {
    id: 'through',
    header: headers.through,
    cell: ({ through }) =>
      through ? <PageLink to={`/pools/${through.poolId}`}>{through.poolName}</PageLink> : texts.organization,
    minWidth: 130,
  },
  { id: 'rights', header: headers.rights, cell: ({ role }) => rightsInPool(role), minWidth: 200 },
];

/** The users who have access to a pool, and the pool that gives it to them. */
export const PoolUsers = ({ poolId }: { poolId: string }) => {
  const { params } = useOrganization();
  const [{ subPools }, setFilters] = useFilters(['subPools']);
  const query = { subPools: subPools === 'true' ? ('true' as const) : undefined };
  const users = usePages('listPoolUsers', { params: { ...params, poolId }, query }, pageItemsDefault);
  const exportAll = useAccessExport(poolId);
  return (
    <DataTable
      items={users.items}
      trackBy={({ user, role, through }) => `${user.id} ${role} ${through?.poolId}`}
      loading={users.busy}
      columnDefinitions={useVisibleColumns(columns)}
      wrapLines
      ariaLabels={{ tableLabel: texts.access }}
      header={
        <Header
          variant="h2"
          description={texts.accessText}
          actions={
            <Button iconName="download" onClick={() => void exportAll(query)}>
              {texts.exportCsv}
            </Button>
          }
        >
          {texts.access}
        </Header>
      }
      filter={
        <Checkbox
          checked={subPools === 'true'}
          onChange={({ detail }) => setFilters({ subPools: detail.checked ? 'true' : undefined })}
        >
          {texts.withSubPools}
        </Checkbox>
      }
      pagination={
        users.pagination.pagesCount > 1 || users.hasNextPage ? <Pagination {...users.pagination} /> : undefined
      }
      empty={users.error ? <LoadError error={users.error} retry={users.refetch} /> : <Empty title={texts.noAccess} />}
    />
  );
};
