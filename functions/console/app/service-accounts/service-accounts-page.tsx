import { pageItemsDefault } from '../../../../shared/limits.ts';
import { usePages } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';
import type { Column } from '../parts/data-table.tsx';
import { formatDate, formatDay } from '../parts/format.ts';
import { OwnedTable } from '../parts/owned-table.tsx';
import { RoleChips } from '../parts/role-chips.tsx';
import { DeleteServiceAccountModal } from './delete-service-account-modal.tsx';
import { ServiceAccountModal } from './service-account-modal.tsx';
import type { ServiceAccount } from './service-account.ts';
import { serviceAccountsTexts as texts } from './texts.ts';

const { columns: headers } = texts;

const columns: Column<ServiceAccount>[] = [
  { id: 'name', header: headers.name, cell: ({ name }) => name, isRowHeader: true, minWidth: 130 },
  { id: 'clientId', header: headers.clientId, cell: ({ clientId }) => clientId, minWidth: 150 },
  { id: 'roles', header: headers.roles, cell: ({ roles }) => <RoleChips roles={roles} />, minWidth: 150 },
  {
    id: 'lastSeenAt',
    header: headers.lastSeenAt,
    cell: ({ lastSeenAt }) => (lastSeenAt === undefined ? texts.never : formatDate(lastSeenAt)),
    minWidth: 110,
  },
  { id: 'createdAt', header: headers.createdAt, cell: ({ createdAt }) => formatDay(createdAt), minWidth: 110 },
];

const ServiceAccountsPage = () => {
  const { params } = useOrganization();
  return (
    <OwnedTable
      words={texts.list}
      right="manage_service_accounts"
      list={usePages('listServiceAccounts', { params }, pageItemsDefault)}
      columns={columns}
      form={(account, onClose) => <ServiceAccountModal account={account} onClose={onClose} />}
      deletion={(account, onClose) => <DeleteServiceAccountModal account={account} onClose={onClose} />}
    />
  );
};

export default ServiceAccountsPage;
