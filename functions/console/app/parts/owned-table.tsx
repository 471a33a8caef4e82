import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Header from '@cloudscape-design/components/header';
import Pagination, { type PaginationProps } from '@cloudscape-design/components/pagination';
import type { ReactNode } from 'react';
import type { Action } from '../../../../shared/roles/matrix.ts';
import { useRights } from '../rights/use-rights.ts';
import { DataTable, type Column } from './data-table.tsx';
import { Empty, LoadError } from './states.tsx';
import { partTexts as texts } from './texts.ts';
import { unless } from './unless.ts';
import { useOpenDialog } from './use-open-dialog.ts';

interface OwnedTableProps<T> {
  words: { title: string; description: string; create: string; none: string; noneText: string };
  /** The right that creating, editing and deleting require. */
  right: Action;
  list: { items: T[]; busy: boolean; error: Error | null; refetch: () => unknown; pagination: PaginationProps };
  columns: Column<T>[];
  filter?: ReactNode;
  /** Shown instead of `words.none` if no item matches the filter. */
  noneFound?: ReactNode;
  /** The dialog that edits the given item, or creates one. */
  form: (item: T | undefined, onClose: () => void) => ReactNode;
  deletion: (item: T, onClose: () => void) => ReactNode;
}

/** A list of objects such as policies. Everybody can read it; creating, editing and deleting require a right. */
export const OwnedTable = <T extends { id: string; name: string }>({
  words,
  right,
  list,
  columns,
  filter,
  noneFound,
  form,
  deletion,
}: OwnedTableProps<T>) => {
  const { whyNot } = useRights();
  const [open, setOpen] = useOpenDialog<{ dialog: 'form' | 'deletion'; item?: T }>(words.title);
  const close = () => setOpen(undefined);
  const refused = unless(whyNot(right));
  const create = (
    <Button variant="primary" {...refused} onClick={() => setOpen({ dialog: 'form' })}>
      {words.create}
    </Button>
  );
  const actions: Column<T> = {
    id: 'actions',
    header: texts.actions,
    cell: (item) => (
      <ButtonDropdown
        variant="icon"
        expandToViewport
        ariaLabel={texts.actionsFor(item.name)}
        items={[
          { id: 'form', text: texts.edit, ...refused },
          { id: 'deletion', text: texts.delete, ...refused },
        ]}
        onItemClick={({ detail }) => setOpen({ dialog: detail.id as 'form' | 'deletion', item })}
      />
    ),
  };

  return (
    <>
      <DataTable
        items={list.items}
        trackBy="id"
        loading={list.busy}
        wrapLines
        stickyColumns={{ last: 1 }}
        columnDefinitions={[...columns, actions]}
        ariaLabels={{ tableLabel: words.title }}
        header={
          <Header variant="h2" description={words.description} actions={create}>
            {words.title}
          </Header>
        }
        filter={filter}
        pagination={<Pagination {...list.pagination} />}
        empty={
          list.error ? (
            <LoadError error={list.error} retry={list.refetch} />
          ) : (
            (noneFound ?? <Empty title={words.none} text={words.noneText} />)
          )
        }
      />
      {open?.dialog === 'form' && form(open.item, close)}
      {open?.dialog === 'deletion' && open.item && deletion(open.item, close)}
    </>
  );
};
