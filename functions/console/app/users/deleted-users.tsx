import Button from '@cloudscape-design/components/button';
import { usePages } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { EmptyList } from '../parts/empty-list.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { presetPreferences } from '../parts/table-preferences.tsx';
import { unless } from '../parts/unless.ts';
import { usePreferences } from '../parts/use-preferences.ts';
import { useSelection } from '../parts/use-selection.ts';
import { useRights } from '../rights/use-rights.ts';
import { useVisibleColumns } from '../rights/use-visible-columns.ts';
import { deletedUsersColumns } from './deleted-columns.tsx';
import { ExportButton } from './export-button.tsx';
import { removalTexts } from './removal-texts.ts';
import { usersTexts as texts } from './texts.ts';
import { Totals } from './totals.tsx';
import { useRestoreUsers } from './use-restore-users.ts';
import { useUsersQuery } from './use-users-query.ts';
import { UsersFilters, isFiltered, noFilters, type UserFilters } from './users-filters.tsx';

interface DeletedUsersProps {
  /** Their status is `removed`. */
  filters: UserFilters;
  onFilter: (chosen: UserFilters) => void;
}

/** The users who were deleted or who left, sorted by the time of their deletion, newest first. They can be restored one by one or together. */
export const DeletedUsers = ({ filters, onFilter }: DeletedUsersProps) => {
  const { params } = useOrganization();
  const [preferences, setPreferences] = usePreferences('deleted-users', presetPreferences(deletedUsersColumns));
  const { whyNot } = useRights();
  const columns = useVisibleColumns(deletedUsersColumns);

  const query = { ...useUsersQuery(filters), sort: undefined };
  const users = usePages('listUsers', { params, query }, preferences.pageSize);
  const { selected, select, unselect } = useSelection(users.items);
  const { restore, busy } = useRestoreUsers(unselect);
  const refused = unless(whyNot('remove_users'));

  return (
    <ListTable
      variant="full-page"
      words={{
        ...texts,
        title: texts.deletedUsers,
        description: (
          <>
            {texts.deletedDescription} <Totals />
          </>
        ),
        actions: texts.columns.actions,
        selectOne: ({ name }) => texts.selectUser(name),
      }}
      list={users}
      columns={columns}
      rowActions={(user) => (
        <Button
          variant="inline-link"
          wrapText={false}
          ariaLabel={removalTexts.restoreOf(user.name)}
          {...refused}
          onClick={() => restore([user])}
        >
          {removalTexts.restore}
        </Button>
      )}
      preferences={preferences}
      onPreferences={setPreferences}
      selected={selected}
      onSelect={select}
      buttons={
        <>
          <ExportButton selected={selected} query={query} />
          <Button loading={busy} disabled={selected.length === 0} {...refused} onClick={() => restore(selected)}>
            {removalTexts.restore}
          </Button>
        </>
      }
      filter={<UsersFilters filters={filters} onChange={onFilter} />}
      empty={
        <EmptyList
          words={{ ...texts, none: texts.noneDeleted, noneText: texts.noneDeletedText }}
          error={users.error}
          retry={users.refetch}
          filtered={isFiltered(filters)}
          onClear={() => onFilter(noFilters)}
        />
      }
    />
  );
};
