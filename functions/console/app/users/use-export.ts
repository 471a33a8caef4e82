import { callApi } from '../data/client.ts';
import { readAll } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { useCsvExport } from '../parts/use-csv-export.ts';
import { roleName } from '../../../../shared/roles/role-name.ts';
import { useAddressesHidden } from '../rights/use-addresses-hidden.ts';
import { deletedBy } from './deleted-columns.tsx';
import { statusText } from './status-text.ts';
import { usersTexts as texts } from './texts.ts';
import { isShortened, type User } from './user.ts';
import type { UserFilters } from './users-filters.tsx';

const { columns, deletedColumns } = texts;

interface CsvColumn {
  header: string;
  cell: (user: User) => string;
  /** The column is empty for people from whom the organization hides addresses. */
  isHidden?: true;
}

const common: CsvColumn[] = [
  { header: columns.name, cell: ({ name }) => name },
  { header: columns.email, cell: ({ email }) => email, isHidden: true },
  {
    header: columns.roles,
    cell: ({ roles }) =>
      roles.map(({ role, poolName }) => roleName(role) + (poolName === undefined ? '' : ` · ${poolName}`)).join('; '),
  },
  { header: columns.status, cell: statusText },
  { header: columns.joinedAt, cell: ({ joinedAt }) => joinedAt },
  { header: columns.lastSeenAt, cell: ({ lastSeenAt }) => lastSeenAt ?? '', isHidden: true },
];

const ofDeletion: CsvColumn[] = [
  { header: deletedColumns.removedAt, cell: ({ removedAt }) => removedAt ?? '' },
  { header: deletedColumns.removedBy, cell: deletedBy },
  { header: deletedColumns.successor, cell: ({ successor }) => successor?.name ?? '' },
];

/** Saves users as a CSV file: the given users, or all users that a query finds. */
export const useExport = (status?: UserFilters['status']) => {
  const { params } = useOrganization();
  const addressesHidden = useAddressesHidden();
  const csvColumns = [...common, ...(status === 'removed' ? ofDeletion : [])].filter(
    ({ isHidden }) => !(isHidden && addressesHidden),
  );
  /** A list shows only some of the roles of a user who has many, so such users are read one by one. */
  const readWhole = (user: User): User | Promise<User> =>
    isShortened(user) ? callApi('getUser', { params: { ...params, userId: user.id } }) : user;
  const { exportThese, exportAll } = useCsvExport<User>({
    file: 'users.csv',
    header: csvColumns.map(({ header }) => header),
    toRows: async (users) => {
      const rows: string[][] = [];
      for (const user of users) {
        const whole = await readWhole(user);
        rows.push(csvColumns.map(({ cell }) => cell(whole)));
      }
      return rows;
    },
    texts,
  });
  return {
    exportThese,
    exportAll: (query: UserFilters) => exportAll((onProgress) => readAll('listUsers', { params, query }, onProgress)),
  };
};
