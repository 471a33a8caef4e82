import { usePages } from '../data/use-pages.ts';
import { InviteButton } from '../invites/invite-button.tsx';
import { useOrganization } from '../organization/use-organization.ts';
import { EmptyList } from '../parts/empty-list.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { presetPreferences } from '../parts/table-preferences.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { usePreferences } from '../parts/use-preferences.ts';
import { useOpenDialog } from '../parts/use-open-dialog.ts';
import { useSelection } from '../parts/use-selection.ts';
import { useVisibleColumns } from '../rights/use-visible-columns.ts';
import { BulkActions } from './bulk-actions.tsx';
import { BulkRolesModal } from './bulk-roles-modal.tsx';
import type { RolesChange } from './change-roles-of-users.ts';
import { ChangeRolesModal } from './change-roles-modal.tsx';
import { DeletedUsers } from './deleted-users.tsx';
import { DeleteUserModal } from './delete-user-modal.tsx';
import { DeleteUsersModal } from './delete-users-modal.tsx';
import { ExportButton } from './export-button.tsx';
import { RowActions } from './row-actions.tsx';
import { usersTexts as texts } from './texts.ts';
import { Totals } from './totals.tsx';
import { useUsersQuery } from './use-users-query.ts';
import type { User } from './user.ts';
import { usersColumns } from './users-columns.tsx';
import { UsersFilters, filterNames, isFiltered, noFilters, type UserFilters } from './users-filters.tsx';

const UsersPage = () => {
  const [address, setAddress] = useFilters(filterNames);
  const filters = address as UserFilters;
  const List = filters.status === 'removed' ? DeletedUsers : ActiveUsers;
  return <List filters={filters} onFilter={setAddress} />;
};

interface ActiveUsersProps {
  filters: UserFilters;
  onFilter: (chosen: UserFilters) => void;
}

const ActiveUsers = ({ filters, onFilter }: ActiveUsersProps) => {
  const { params } = useOrganization();
  const columns = useVisibleColumns(usersColumns);
  const [preferences, setPreferences] = usePreferences('users', presetPreferences(usersColumns));
  const [changing, setChanging] = useOpenDialog<User>('change-roles');
  const [bulkRoles, setBulkRoles] = useOpenDialog<{ action: RolesChange['action']; users: User[] }>('bulk-roles');
  const [deleting = [], setDeleting] = useOpenDialog<User[]>('delete-users');

  const query = useUsersQuery(filters);
  const users = usePages('listUsers', { params, query }, preferences.pageSize);
  const { selected, select, unselect } = useSelection(users.items);
  const [firstDeleting, ...othersDeleting] = deleting;
  const endDeleting = (deleted: User[]) => {
    unselect(deleted);
    setDeleting(undefined);
  };

  return (
    <>
      <ListTable
        variant="full-page"
        words={{
          ...texts,
          title: texts.users,
          description: <Totals />,
          actions: texts.columns.actions,
          selectOne: ({ name }) => texts.selectUser(name),
        }}
        list={users}
        columns={columns}
        rowActions={(user) => (
          <RowActions user={user} onChangeRoles={() => setChanging(user)} onDelete={() => setDeleting([user])} />
        )}
        preferences={preferences}
        onPreferences={setPreferences}
        selected={selected}
        onSelect={select}
        buttons={
          <>
            <ExportButton selected={selected} query={query} />
            <BulkActions
              count={selected.length}
              onChoose={(action) =>
                action === 'delete' ? setDeleting(selected) : setBulkRoles({ action, users: selected })
              }
            />
            <InviteButton />
          </>
        }
        filter={<UsersFilters filters={filters} onChange={onFilter} />}
        empty={
          <EmptyList
            words={texts}
            error={users.error}
            retry={users.refetch}
            filtered={isFiltered(filters)}
            onClear={() => onFilter(noFilters)}
          />
        }
      />
      {changing && <ChangeRolesModal user={changing} onClose={() => setChanging(undefined)} />}
      {bulkRoles && (
        <BulkRolesModal
          {...bulkRoles}
          onClose={(changed) => {
            unselect(changed);
            setBulkRoles(undefined);
          }}
        />
      )}
      {firstDeleting && othersDeleting.length === 0 && <DeleteUserModal user={firstDeleting} onClose={endDeleting} />}
      {othersDeleting.length > 0 && <DeleteUsersModal users={deleting} onClose={endDeleting} />}
    </>
  );
};

export default UsersPage;
