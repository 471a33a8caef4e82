import { pageItemsDefault } from '../../../../shared/limits.ts';
import { entryOf } from '../../../../shared/open-enum.ts';
import { usePages } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';
import type { Column } from '../parts/data-table.tsx';
import { OwnedTable } from '../parts/owned-table.tsx';
import { UserLink } from '../parts/user-link.tsx';
import { DataSourceModal } from './data-source-modal.tsx';
import type { DataSource } from './data-source.ts';
import { DeleteDataSourceModal } from './delete-data-source-modal.tsx';
import { dataSourcesTexts as texts, dataSourceTypeTexts } from './texts.ts';

const columns: Column<DataSource>[] = [
  { id: 'name', header: texts.columns.name, cell: ({ name }) => name, isRowHeader: true, minWidth: 130 },
  {
    id: 'type',
    header: texts.columns.type,
    cell: ({ type }) => entryOf(dataSourceTypeTexts, type)?.name ?? type,
    minWidth: 100,
  },
  { id: 'accountId', header: texts.columns.accountId, cell: ({ accountId }) => accountId, minWidth: 130 },
  {
    id: 'owner',
    header: texts.columns.owner,
    cell: ({ ownerId, ownerName }) => <UserLink id={ownerId} name={ownerName} />,
    minWidth: 130,
  },
];

const DataSourcesPage = () => {
  const { params } = useOrganization();
  return (
    <OwnedTable
      words={texts.list}
      right="manage_data_sources"
      list={usePages('listDataSources', { params }, pageItemsDefault)}
      columns={columns}
      form={(source, onClose) => <DataSourceModal source={source} onClose={onClose} />}
      deletion={(source, onClose) => <DeleteDataSourceModal source={source} onClose={onClose} />}
    />
  );
};

export default DataSourcesPage;
