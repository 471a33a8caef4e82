import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import { usePages } from '../data/use-pages.ts';
import { InviteButton } from '../invites/invite-button.tsx';
import { useOrganization } from '../organization/use-organization.ts';
import { Empty, LoadError } from '../parts/states.tsx';
import { presetPreferences, TablePreferences } from '../parts/table-preferences.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { usePreferences } from '../parts/use-preferences.ts';
import { useSettled } from '../parts/use-settled.ts';
import { useRights } from '../rights/use-rights.ts';
import { ChangeRolesModal } from './change-roles-modal.tsx';
import { DeleteUserModal } from './delete-user-modal.tsx';
import { RowActions } from './row-actions.tsx';
import { usersTexts as texts } from './texts.ts';
import { useExport } from './use-export.ts';
import type { User } from './user.ts';
import { usersColumns } from './users-columns.tsx';
import { UsersFilters, type UserFilters } from './users-filters.tsx';

const UsersPage = () => {
  const { params } = useOrganization();
  const [address, setAddress] = useFilters(['search', 'role', 'poolId']);
  const filters = address as UserFilters;
  const [preferences, setPreferences] = usePreferences('users', presetPreferences(usersColumns));
  const [selected, setSelected] = useState<User[]>([]);
  const [changing, setChanging] = useState<User[]>([]);
  const [deleting, setDeleting] = useState<User>();
  const { ready, may, why } = useRights();
  const { exportThese, exportAll } = useExport();

  const query = { ...filters, search: useSettled(filters.search) };
  const users = usePages('listUsers', { params, query }, preferences.pageSize);
  const filtered = Object.values(filters).some(Boolean);
  const mayChange = may('change_roles');
  const [firstChanging, ...otherChanging] = changing;
  const actions: TableProps.ColumnDefinition<User> = {
    id: 'actions',
    header: texts.columns.actions,
    cell: (user) => (
      <RowActions user={user} onChangeRoles={() => setChanging([user])} onDelete={() => setDeleting(user)} />
    ),
  };

  return (
    <>
      <Table
        variant="full-page"
        stickyHeader
        items={users.items}
        trackBy="id"
        loading={users.busy}
        columnDefinitions={[...usersColumns, actions]}
        columnDisplay={[...preferences.contentDisplay, { id: 'actions', visible: true }]}
        wrapLines={preferences.wrapLines}
        stickyColumns={{ last: 1 }}
        selectionType="multi"
        selectedItems={selected}
        onSelectionChange={({ detail }) => setSelected(detail.selectedItems)}
        ariaLabels={{
          tableLabel: texts.users,
          selectionGroupLabel: texts.users,
          allItemsSelectionLabel: () => texts.selectAll,
          itemSelectionLabel: (_: TableProps.SelectionState<User>, { name }: User) => texts.selectUser(name),
        }}
        header={
          <Header
            variant="awsui-h1-sticky"
            description={texts.description}
            counter={selected.length > 0 ? texts.selected(selected.length) : undefined}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  iconName="download"
                  onClick={() => void (selected.length > 0 ? exportThese(selected) : exportAll(query))}
                >
                  {selected.length > 0 ? texts.exportSelected : texts.exportCsv}
                </Button>
                <Button
                  disabled={selected.length === 0 || !mayChange}
                  {...(ready && !mayChange && { disabledReason: why('change_roles') })}
                  onClick={() => setChanging(selected)}
                >
                  {texts.changeRoles}
                </Button>
                <InviteButton />
              </SpaceBetween>
            }
          >
            {texts.users}
          </Header>
        }
        filter={<UsersFilters filters={filters} onChange={setAddress} />}
        pagination={<Pagination {...users.pagination} />}
        preferences={
          <TablePreferences
            columns={usersColumns}
            preferences={preferences}
            onChange={(chosen) => setPreferences(chosen as typeof preferences)}
          />
        }
        empty={
          users.error ? (
            <LoadError error={users.error} retry={users.refetch} />
          ) : filtered ? (
            <Empty
              title={texts.noneFound}
              text={texts.noneFoundText}
              action={<Button onClick={() => setAddress({ search: '', role: '', poolId: '' })}>{texts.clear}</Button>}
            />
          ) : (
            <Empty title={texts.none} />
          )
        }
      />
      {firstChanging && (
        <ChangeRolesModal
          users={[firstChanging, ...otherChanging]}
          onClose={() => {
            setChanging([]);
            setSelected([]);
          }}
        />
      )}
      {deleting && (
        <DeleteUserModal
          user={deleting}
          onClose={() => {
            setDeleting(undefined);
            setSelected([]);
          }}
        />
      )}
    </>
  );
};

export default UsersPage;
