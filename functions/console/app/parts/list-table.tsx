import Header from '@cloudscape-design/components/header';
import Pagination, { type PaginationProps } from '@cloudscape-design/components/pagination';
import type { TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import { DataTable, type Column } from './data-table.tsx';
import { TablePreferences, type Preferences } from './table-preferences.tsx';

interface ListTableProps<T> {
  /** `full-page`: the list is the main content of its page. `container`: it is one part of a page. */
  variant: 'full-page' | 'container';
  words: {
    title: string;
    description: ReactNode;
    actions: string;
    selectAll: string;
    selectOne: (item: T) => string;
    selected: (count: number) => string;
  };
  list: { items: T[]; busy: boolean; pagination: PaginationProps };
  /** All columns except the last one, which `rowActions` fills. */
  columns: Column<T>[];
  rowActions: (item: T) => ReactNode;
  preferences: Preferences;
  onPreferences: (preferences: Preferences) => void;
  selected: T[];
  onSelect: (items: T[]) => void;
  /** The actions for the whole list and for the selected items. */
  buttons: ReactNode;
  filter: ReactNode;
  empty: ReactNode;
}

/** A paginated list with selectable rows, whose columns a person can choose. */
export const ListTable = <T extends { id: string }>({
  variant,
  words,
  list,
  columns,
  rowActions,
  preferences,
  onPreferences,
  selected,
  onSelect,
  buttons,
  filter,
  empty,
}: ListTableProps<T>) => (
  <DataTable
    variant={variant}
    stickyHeader={variant === 'full-page'}
    items={list.items}
    trackBy="id"
    loading={list.busy}
    columnDefinitions={[...columns, { id: 'actions', header: words.actions, cell: rowActions }]}
    columnDisplay={[
      ...preferences.contentDisplay.filter(({ id }) => columns.some((column) => column.id === id)),
      { id: 'actions', visible: true },
    ]}
    wrapLines={preferences.wrapLines}
    stickyColumns={{ last: 1 }}
    selectionType="multi"
    selectedItems={selected}
    onSelectionChange={({ detail }) => onSelect(detail.selectedItems)}
    ariaLabels={{
      tableLabel: words.title,
      selectionGroupLabel: words.title,
      allItemsSelectionLabel: () => words.selectAll,
      itemSelectionLabel: (_: TableProps.SelectionState<T>, item: T) => words.selectOne(item),
    }}
    header={
      <Header
        variant={variant === 'full-page' ? 'awsui-h1-sticky' : 'h2'}
        description={words.description}
        counter={selected.length > 0 ? words.selected(selected.length) : undefined}
        actions={
          // `SpaceBetween` would treat a fragment of several buttons as one child.
          <div className="buttons">{buttons}</div>
        }
      >
        {words.title}
      </Header>
    }
    filter={filter}
    pagination={<Pagination {...list.pagination} />}
    preferences={<TablePreferences columns={columns} preferences={preferences} onChange={onPreferences} />}
    empty={empty}
  />
);
