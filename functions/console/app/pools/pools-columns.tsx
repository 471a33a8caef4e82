import Box from '@cloudscape-design/components/box';
import type { TableProps } from '@cloudscape-design/components/table';
import { ownerOf, type Pool } from '../organization/use-pools.ts';
import { PageLink } from '../parts/page-link.tsx';
import { UserLink } from '../parts/user-link.tsx';
import { PoolLimit } from './pool-limit.tsx';
import { poolsTexts as texts } from './texts.ts';

const { columns } = texts;

/** `isMatch`: what was searched for. */
export const poolsColumns = (isMatch: (pool: Pool) => boolean): TableProps.ColumnDefinition<Pool>[] => [
  {
    id: 'name',
    header: columns.name,
    cell: (pool) => (
      <Box fontWeight={isMatch(pool) ? 'bold' : 'normal'}>
        <PageLink to={`/pools/${pool.id}`}>{pool.name}</PageLink>
      </Box>
    ),
    isRowHeader: true,
    minWidth: 220,
  },
  { id: 'monthlyLimit', header: columns.monthlyLimit, cell: (pool) => <PoolLimit pool={pool} />, minWidth: 150 },
  {
    id: 'owner',
    header: columns.owner,
    cell: (pool) => <UserLink {...ownerOf(pool)} />,
    minWidth: 130,
  },
];
