import Box from '@cloudscape-design/components/box';
import type { TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import { ownerOf, type Pool } from '../organization/use-pools.ts';
import { aligned, type Column } from '../parts/data-table.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { UserLink } from '../parts/user-link.tsx';
import { PoolLimit } from './pool-limit.tsx';
import { poolsTexts as texts } from './texts.ts';

const { columns } = texts;

interface PoolsColumnsProps {
  /** Whether a search found the pool. */
  isMatch: (pool: Pool) => boolean;
  actions: (pool: Pool) => ReactNode;
  /** Whether there is room only for the names and actions. Limits and owners are then below the names. */
  narrow: boolean;
}

export const poolsColumns = ({ isMatch, actions, narrow }: PoolsColumnsProps): TableProps.ColumnDefinition<Pool>[] => {
  const limit: Column<Pool> = {
    id: 'monthlyLimit',
    header: columns.monthlyLimit,
    cell: (pool) => <PoolLimit pool={pool} />,
    align: 'right',
    minWidth: 150,
  };
  const owner: Column<Pool> = {
    id: 'owner',
    header: columns.owner,
    cell: (pool) => <UserLink {...ownerOf(pool)} />,
    minWidth: 130,
  };
  const name: Column<Pool> = {
    id: 'name',
    header: columns.name,
    cell: (pool) => (
      <>
        <Box fontWeight={isMatch(pool) ? 'bold' : 'normal'}>
          <PageLink to={`/pools/${pool.id}`}>{pool.name}</PageLink>
        </Box>
        {narrow && [limit, owner].map(({ id, header, cell }) => <Detail key={id} label={header} value={cell(pool)} />)}
      </>
    ),
    isRowHeader: true,
    ...(!narrow && { minWidth: 220 }),
  };
  return [name, ...(narrow ? [] : [limit, owner]), { id: 'actions', header: columns.actions, cell: actions }].map(
    aligned,
  );
};

const Detail = ({ label, value }: { label: ReactNode; value: ReactNode }) => (
  <Box variant="small" display="block">
    {label}: {value}
  </Box>
);
