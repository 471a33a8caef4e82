import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import { Empty } from '../parts/states.tsx';
import { useDebounced } from '../parts/use-debounced.ts';
import { useFilters } from '../parts/use-filters.ts';
import { AuditFiltersBar } from './audit-filters.tsx';
import { auditQuery } from './audit-query.ts';
import { EventsTable } from './events-table.tsx';
import { auditTexts as texts } from './texts.ts';
import { useExport } from './use-export.ts';

const noFilters = { actorId: undefined, targetId: undefined, action: undefined, from: undefined, to: undefined };

const AuditPage = () => {
  const [filters, setFilters] = useFilters(['actorId', 'targetId', 'action', 'from', 'to']);
  const query = auditQuery({ ...filters, targetId: useDebounced(filters.targetId) });
  const exportAll = useExport();
  const filtered = Object.values(filters).some(Boolean);
  return (
    <EventsTable
      query={query}
      label={texts.auditLog}
      header={
        <Header
          variant="h2"
          description={texts.description}
          actions={
            <Button iconName="download" onClick={() => void exportAll(query)}>
              {texts.exportCsv}
            </Button>
          }
        >
          {texts.auditLog}
        </Header>
      }
      filter={<AuditFiltersBar filters={filters} onChange={setFilters} />}
      empty={
        <Empty
          title={filtered ? texts.noneFound : texts.none}
          action={filtered && <Button onClick={() => setFilters(noFilters)}>{texts.clear}</Button>}
        />
      }
    />
  );
};

export default AuditPage;
