import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { usePages } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { formatExact } from '../parts/format.ts';
import { Empty, LoadError } from '../parts/states.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { useDebounced } from '../parts/use-debounced.ts';
import type { AuditEvent } from './audit-event.ts';
import { AuditFiltersBar } from './audit-filters.tsx';
import { EventDetailsSection } from './event-details-section.tsx';
import { Sentence } from './sentence.tsx';
import { auditTexts as texts } from './texts.ts';

const columns: TableProps.ColumnDefinition<AuditEvent>[] = [
  { id: 'at', header: texts.columns.at, cell: ({ at }) => formatExact(at), width: 220, minWidth: 130 },
  {
    id: 'sentence',
    header: texts.columns.sentence,
    cell: (event) => (
      <>
        <Sentence event={event} />
        <EventDetailsSection event={event} />
      </>
    ),
    minWidth: 260,
  },
];

export const AuditTable = () => {
  const { params } = useOrganization();
  const [filters, setFilters] = useFilters(['actorId', 'targetId']);
  const query = { actorId: filters.actorId, targetId: useDebounced(filters.targetId) };
  const events = usePages('listAuditEvents', { params, query }, 20);
  const filtered = Object.values(filters).some(Boolean);
  return (
    <Table
      items={events.items}
      trackBy="id"
      loading={events.busy}
      wrapLines
      columnDefinitions={columns}
      ariaLabels={{ tableLabel: texts.auditLog }}
      header={
        <Header variant="h2" description={texts.description}>
          {texts.auditLog}
        </Header>
      }
      filter={<AuditFiltersBar filters={filters} onChange={setFilters} />}
      pagination={<Pagination {...events.pagination} />}
      empty={
        events.error ? (
          <LoadError error={events.error} retry={events.refetch} />
        ) : (
          <Empty
            title={filtered ? texts.noneFound : texts.none}
            action={
              filtered && <Button onClick={() => setFilters({ actorId: '', targetId: '' })}>{texts.clear}</Button>
            }
          />
        )
      }
    />
  );
};
