import { readAll } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { toCsv } from '../parts/csv.ts';
import { download } from '../parts/download.ts';
import { inWords } from '../parts/problem.ts';
import { useFlash } from '../shell/flash.tsx';
import { roleNames } from '../../../../shared/roles/role-names.ts';
import { usersTexts as texts } from './texts.ts';
import type { User } from './user.ts';
import type { UserFilters } from './users-filters.tsx';

const { columns } = texts;
const header = [columns.name, columns.email, columns.roles, columns.status, columns.joinedAt, columns.lastSeenAt];

const toRow = ({ name, email, roles, status, joinedAt, lastSeenAt }: User): string[] => [
  name,
  email,
  roles.map(({ role, poolName }) => roleNames[role] + (poolName === undefined ? '' : ` · ${poolName}`)).join('; '),
  texts[status],
  joinedAt,
  lastSeenAt ?? '',
];

/** Saves users as a CSV file: those given, or all that the filters leave, page after page. */
export const useExport = () => {
  const { params } = useOrganization();
  const flash = useFlash();
  const save = (users: User[]) => {
    download('users.csv', 'text/csv', toCsv([header, ...users.map(toRow)]));
    flash.show('export', { type: 'success', content: texts.exported(users.length) });
  };
  const say = (count: number) =>
    flash.show('export', { type: 'in-progress', loading: true, dismissible: false, content: texts.exporting(count) });
  return {
    exportThese: save,
    exportAll: async (query: UserFilters) => {
      say(0);
      try {
        save(await readAll('listUsers', { params, query }, say));
      } catch (error) {
        flash.show('export', { type: 'error', header: texts.exportFailed, content: inWords(error) });
      }
    },
  };
};
