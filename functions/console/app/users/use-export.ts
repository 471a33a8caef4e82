import { callApi } from '../data/client.ts';
import { readAll } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { useCsvExport } from '../parts/use-csv-export.ts';
import { roleName } from '../../../../shared/roles/role-name.ts';
import { statusText } from './status-text.ts';
import { usersTexts as texts } from './texts.ts';
import { isShortened, type User } from './user.ts';
import type { UserFilters } from './users-filters.tsx';

const { columns } = texts;
const header = [columns.name, columns.email, columns.roles, columns.status, columns.joinedAt, columns.lastSeenAt];

const toRow = (user: User): string[] => [
  user.name,
  user.email,
  user.roles.map(({ role, poolName }) => roleName(role) + (poolName === undefined ? '' : ` · ${poolName}`)).join('; '),
  statusText(user),
  user.joinedAt,
  user.lastSeenAt ?? '',
];

/** Saves users as a CSV file: those given, or all that the filters leave. */
export const useExport = () => {
  const { params } = useOrganization();
  /** Of users with many roles, lists show only some: the others are read one by one. */
  const readWhole = (user: User): User | Promise<User> =>
    isShortened(user) ? callApi('getUser', { params: { ...params, userId: user.id } }) : user;
  const { exportThese, exportAll } = useCsvExport<User>({
    file: 'users.csv',
    header,
    toRows: async (users) => {
      const rows: string[][] = [];
      for (const user of users) rows.push(toRow(await readWhole(user)));
      return rows;
    },
    texts,
  });
  return {
    exportThese,
    exportAll: (query: UserFilters) => exportAll((onProgress) => readAll('listUsers', { params, query }, onProgress)),
  };
};
