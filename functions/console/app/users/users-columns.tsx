import type { Column } from '../parts/data-table.tsx';
import { formatDate, formatDay } from '../parts/format.ts';
import { RoleChips } from '../parts/role-chips.tsx';
import { UserLink } from '../parts/user-link.tsx';
import { usersTexts as texts } from './texts.ts';
import { UserAddress } from './user-address.tsx';
import { UserStatus } from './user-status.tsx';
import { isShortened, type User } from './user.ts';

const { columns } = texts;

export const usersColumns: Column<User>[] = [
  {
    id: 'name',
    header: columns.name,
    cell: ({ id, name }) => <UserLink id={id} name={name} />,
    isRowHeader: true,
    minWidth: 130,
  },
  { id: 'email', header: columns.email, cell: (user) => <UserAddress user={user} />, minWidth: 155 },
  {
    id: 'roles',
    header: columns.roles,
    cell: (user) => <RoleChips roles={user.roles} {...(isShortened(user) && { count: user.roleCount })} />,
    minWidth: 155,
  },
  {
    id: 'status',
    header: columns.status,
    cell: (user) => <UserStatus user={user} />,
    minWidth: 100,
  },
  {
    id: 'joinedAt',
    header: columns.joinedAt,
    cell: ({ joinedAt }) => formatDay(joinedAt),
    oneLine: true,
    minWidth: 115,
  },
  {
    id: 'lastSeenAt',
    header: columns.lastSeenAt,
    cell: ({ lastSeenAt }) => (lastSeenAt ? formatDate(lastSeenAt) : texts.never),
    oneLine: true,
    minWidth: 115,
  },
];
