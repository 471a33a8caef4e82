import Header from '@cloudscape-design/components/header';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { formatDay } from '../parts/format.ts';
import { UserLink } from '../parts/user-link.tsx';
import { personTexts as texts } from './person-texts.ts';
import type { User } from './user.ts';

const columns: Column<User['takenOverFrom'][number]>[] = [
  {
    id: 'name',
    header: texts.predecessor,
    cell: ({ id, name }) => <UserLink id={id} name={name} />,
    isRowHeader: true,
  },
  { id: 'at', header: texts.takenOverAt, cell: ({ at }) => formatDay(at) },
];

/** The deleted users whose assets a user took over. */
export const TakenOverFrom = ({ people }: { people: User['takenOverFrom'] }) => (
  <DataTable
    items={people}
    trackBy={({ id, at }) => `${id} ${at}`}
    columnDefinitions={columns}
    wrapLines
    ariaLabels={{ tableLabel: texts.tabs.predecessors }}
    header={
      <Header variant="h2" description={texts.takenOverText}>
        {texts.tabs.predecessors}
      </Header>
    }
  />
);
