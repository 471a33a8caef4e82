import Pagination from '@cloudscape-design/components/pagination';
import type { ReactNode } from 'react';
import { usePages } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { formatExact } from '../parts/format.ts';
import { LoadError } from '../parts/states.tsx';
import type { AuditEvent } from './audit-event.ts';
import type { AuditQuery } from './audit-query.ts';
import { EventDetailsSection } from './event-details-section.tsx';
import { sentenceParts } from './event-parts.ts';
import { PartsText } from './parts-text.tsx';
import { auditTexts as texts } from './texts.ts';

const columns: Column<AuditEvent>[] = [
  { id: 'at', header: texts.columns.at, cell: ({ at }) => formatExact(at), width: 220, minWidth: 130 },
  {
    id: 'sentence',
    header: texts.columns.sentence,
    cell: (event) => (
      <>
        <PartsText lines={[sentenceParts(event)]} />
        <EventDetailsSection event={event} />
      </>
    ),
    minWidth: 260,
  },
];

const eventsPerPage = 20;

interface EventsTableProps {
  query: AuditQuery;
  label: string;
  header: ReactNode;
  filter: ReactNode;
  /** Shown if no event matches the query. */
  empty: ReactNode;
}

/** Events of the audit log, newest first, page by page. */
export const EventsTable = ({ query, label, header, filter, empty }: EventsTableProps) => {
  const { params } = useOrganization();
  const events = usePages('listAuditEvents', { params, query }, eventsPerPage);
  return (
    <DataTable
      items={events.items}
      trackBy="id"
      loading={events.busy}
      wrapLines
      columnDefinitions={columns}
      ariaLabels={{ tableLabel: label }}
      header={header}
      filter={filter}
      pagination={<Pagination {...events.pagination} />}
      empty={events.error ? <LoadError error={events.error} retry={events.refetch} /> : empty}
    />
  );
};
