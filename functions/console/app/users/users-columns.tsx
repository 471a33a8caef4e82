import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import { formatDate, formatDay } from '../parts/format.ts';
import { RoleChips } from '../parts/role-chips.tsx';
import { usersTexts as texts } from './texts.ts';
import type { User } from './user.ts';

const { columns } = texts;

export const usersColumns: TableProps.ColumnDefinition<User>[] = [
  { id: 'name', header: columns.name, cell: ({ name }) => name, isRowHeader: true, minWidth: 130 },
  { id: 'email', header: columns.email, cell: ({ email }) => email, minWidth: 170 },
  { id: 'roles', header: columns.roles, cell: ({ roles }) => <RoleChips roles={roles} />, minWidth: 180 },
  {
    id: 'status',
    header: columns.status,
    cell: ({ status }) => (
      <StatusIndicator type={status === 'active' ? 'success' : 'stopped'}>{texts[status]}</StatusIndicator>
    ),
    minWidth: 100,
  },
  { id: 'joinedAt', header: columns.joinedAt, cell: ({ joinedAt }) => formatDay(joinedAt), minWidth: 100 },
  {
    id: 'lastSeenAt',
    header: columns.lastSeenAt,
    cell: ({ lastSeenAt }) => (lastSeenAt ? formatDate(lastSeenAt) : texts.never),
    minWidth: 100,
  },
];
