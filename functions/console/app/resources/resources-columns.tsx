import Box from '@cloudscape-design/components/box';
import type { Column } from '../parts/data-table.tsx';
import { formatMoney } from '../parts/format.ts';
import { PageLink } from '../parts/page-link.tsx';
import { UserLink } from '../parts/user-link.tsx';
import { ResourceTags } from './resource-tags.tsx';
import type { Resource } from './resource.ts';
import { resourcesTexts as texts } from './texts.ts';

const { columns } = texts;

export const resourcesColumns: Column<Resource>[] = [
  {
    id: 'name',
    header: columns.name,
    cell: ({ name }) => <span className="breakable">{name}</span>,
    isRowHeader: true,
    minWidth: 120,
  },
  { id: 'type', header: columns.type, cell: ({ type }) => <span className="breakable">{type}</span>, minWidth: 105 },
  {
    id: 'pool',
    header: columns.pool,
    cell: ({ poolId, poolName }) => <PageLink to={`/pools/${poolId}`}>{poolName ?? poolId}</PageLink>,
    minWidth: 110,
  },
  {
    id: 'owner',
    header: columns.owner,
    cell: ({ ownerId, ownerName }) => <UserLink id={ownerId} name={ownerName} />,
    minWidth: 110,
  },
  {
    id: 'monthlyCost',
    header: columns.monthlyCost,
    cell: ({ monthlyCost, currency }) =>
      monthlyCost === undefined ? (
        <Box color="text-body-secondary">{texts.costUnknown}</Box>
      ) : (
        formatMoney(monthlyCost, currency)
      ),
    align: 'right',
    minWidth: 100,
  },
  { id: 'tags', header: columns.tags, cell: ({ tags }) => <ResourceTags tags={tags} />, minWidth: 130 },
  {
    id: 'dataSource',
    header: columns.dataSource,
    cell: ({ dataSourceId, dataSourceName }) => dataSourceId !== undefined && (dataSourceName ?? texts.disconnected),
    minWidth: 120,
  },
];

/** Columns that are hidden by default, because all columns together do not fit a screen that is 1,280 pixels wide. */
export const rarelyNeeded = ['dataSource'];
