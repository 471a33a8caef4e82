import Pagination from '@cloudscape-design/components/pagination';
import { useState } from 'react';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { formatMoney } from '../parts/format.ts';
import { removalTexts as texts } from './removal-texts.ts';
import type { OwnedTotals } from './user.ts';

const pageSize = 10;

type PoolTally = OwnedTotals['byPool'][number];

const columns = ({ exact, currency }: Pick<OwnedTotals, 'exact' | 'currency'>): Column<PoolTally>[] => [
  { id: 'pool', header: texts.pool, cell: ({ path }) => path, isRowHeader: true },
  { id: 'count', header: texts.kind('resource'), cell: ({ count }) => texts.count(count, exact), align: 'right' },
  {
    id: 'cost',
    header: texts.monthlyCost,
    cell: ({ monthlyCost }) => texts.cost(formatMoney(monthlyCost, currency), exact),
    align: 'right',
    minWidth: 150,
  },
];

/** The number and cost of resources per pool. The API returns all pools in one response, at most some thousands. */
export const OwnedByPool = ({ byPool, exact, currency }: Pick<OwnedTotals, 'byPool' | 'exact' | 'currency'>) => {
  const [page, setPage] = useState(1);
  return (
    <DataTable
      variant="embedded"
      contentDensity="compact"
      wrapLines
      items={byPool.slice((page - 1) * pageSize, page * pageSize)}
      trackBy="poolId"
      columnDefinitions={columns({ exact, currency })}
      ariaLabels={{ tableLabel: texts.byPool }}
      pagination={
        byPool.length > pageSize ? (
          <Pagination
            currentPageIndex={page}
            pagesCount={Math.ceil(byPool.length / pageSize)}
            onChange={({ detail }) => setPage(detail.currentPageIndex)}
          />
        ) : undefined
      }
    />
  );
};
