import { Address } from '../parts/address.tsx';
import type { Column } from '../parts/data-table.tsx';
import { formatDay } from '../parts/format.ts';
import { UserLink } from '../parts/user-link.tsx';
import { usersTexts as texts } from './texts.ts';
import type { User } from './user.ts';

const { columns, deletedColumns } = texts;

/** The name of the user who deleted this one, or a text that says that the user left. */
export const deletedBy = ({ id, removedBy }: Pick<User, 'id' | 'removedBy'>): string =>
  removedBy?.id === id ? texts.left : (removedBy?.name ?? '');

export const deletedUsersColumns: Column<User>[] = [
  { id: 'name', header: columns.name, cell: (user) => <UserLink {...user} />, isRowHeader: true, minWidth: 130 },
  { id: 'email', header: columns.email, cell: ({ email }) => <Address email={email} />, minWidth: 170 },
  {
    id: 'removedAt',
    header: deletedColumns.removedAt,
    cell: ({ removedAt }) => removedAt && formatDay(removedAt),
    oneLine: true,
    minWidth: 125,
  },
  { id: 'removedBy', header: deletedColumns.removedBy, cell: deletedBy, minWidth: 120 },
  {
    id: 'successor',
    header: deletedColumns.successor,
    cell: ({ successor }) => successor && <UserLink {...successor} />,
    minWidth: 120,
  },
];
