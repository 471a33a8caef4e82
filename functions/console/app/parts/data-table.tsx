import Cards from '@cloudscape-design/components/cards';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import { useNarrow } from './use-narrow.ts';

export type Column<T> = TableProps.ColumnDefinition<T> & {
  /** `right`: for amounts and counts, so that their digits line up. */
  align?: 'right';
  /** Keeps the text of a cell on one line, for dates. */
  oneLine?: true;
};

interface DataTableProps<T> extends Omit<TableProps<T>, 'columnDefinitions' | 'expandableRows'> {
  /** The first column names the item. A column with the id `actions` contains the buttons of the item. */
  columnDefinitions: readonly Column<T>[];
}

/** A table. Where there is too little width for one, shows the items as cards instead, so that nobody has to scroll sideways. */
export const DataTable = <T,>(props: DataTableProps<T>) => {
  const { place, narrow } = useNarrow();
  return <div ref={place}>{narrow ? <AsCards {...props} /> : <AsTable {...props} />}</div>;
};

/** A column with at least this minimum width, in CSS pixels, gets a whole line of a card. Two narrower columns share a line. */
const wholeLineFrom = 150;

const AsTable = <T,>({ columnDefinitions, ...rest }: DataTableProps<T>) => (
  <Table {...rest} columnDefinitions={columnDefinitions.map(aligned)} />
);

/** Applies `align` and `oneLine` to the cells and the header of a column. */
export const aligned = <T,>({ align, oneLine, ...column }: Column<T>): TableProps.ColumnDefinition<T> => {
  if (oneLine) return { ...column, cell: (item) => <span className="nowrap">{column.cell(item)}</span> };
  if (align === undefined) return column;
  return {
    ...column,
    header: <div className={align}>{column.header}</div>,
    cell: (item) => <div className={align}>{column.cell(item)}</div>,
  };
};

const AsCards = <T,>({
  items,
  trackBy,
  columnDefinitions,
  columnDisplay,
  variant,
  selectionType,
  selectedItems,
  onSelectionChange,
  ariaLabels,
  loading,
  loadingText,
  header,
  filter,
  pagination,
  preferences,
  empty,
  footer,
}: DataTableProps<T>) => {
  const shown = inOrder(columnDefinitions, columnDisplay);
  const [title, ...sections] = shown.filter(({ id }) => id !== 'actions');
  const actions = shown.find(({ id }) => id === 'actions');
  return (
    <>
      <Cards
        items={items}
        variant={variant === 'full-page' ? 'full-page' : 'container'}
        {...(trackBy !== undefined && { trackBy })}
        {...(loading !== undefined && { loading })}
        {...(loadingText !== undefined && { loadingText })}
        {...(selectedItems !== undefined && { selectedItems })}
        {...(onSelectionChange !== undefined && { onSelectionChange })}
        {...(selectionType === 'multi' || selectionType === 'single' ? { selectionType } : {})}
        ariaLabels={{
          cardsLabel: ariaLabels?.tableLabel ?? '',
          selectionGroupLabel: ariaLabels?.selectionGroupLabel ?? '',
          itemSelectionLabel: (_, item) =>
            ariaLabels?.itemSelectionLabel?.({ selectedItems: selectedItems ?? [] }, item) ?? '',
        }}
        cardsPerRow={[{ cards: 1 }]}
        cardDefinition={{
          header: (item) => <CardHeader title={title?.cell(item)} actions={actions?.cell(item)} />,
          sections: sections.map(({ id, header: name, cell, minWidth = 0 }) => ({
            ...(id !== undefined && { id }),
            header: name,
            ...(Number(minWidth) < wholeLineFrom
              ? { content: besideAnother(cell), width: 50 }
              : { content: cell, width: 100 }),
          })),
        }}
        header={header}
        filter={filter}
        pagination={pagination}
        preferences={preferences}
        empty={empty}
      />
      {footer}
    </>
  );
};

/** The content of a section of a card, with a gap before the section to its right. */
const besideAnother =
  <T,>(cell: (item: T) => ReactNode) =>
  (item: T) => <div className="beside-another">{cell(item)}</div>;

const CardHeader = ({ title, actions }: { title: ReactNode; actions: ReactNode }) => (
  <div className="card-header">
    <div>{title}</div>
    {actions}
  </div>
);

const inOrder = <T,>(columns: readonly Column<T>[], display: TableProps['columnDisplay']): readonly Column<T>[] =>
  display
    ? display.flatMap((each) => ('visible' in each && each.visible ? columns.filter(({ id }) => id === each.id) : []))
    : columns;
