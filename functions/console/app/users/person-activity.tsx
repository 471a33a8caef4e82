import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import { EventsTable } from '../audit/events-table.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { Empty } from '../parts/states.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { personTexts as texts } from './person-texts.ts';
import type { User } from './user.ts';

/** What a user did, and what was done to them, as the audit log has it. */
export const PersonActivity = ({ user: { id, name } }: { user: User }) => {
  const [{ events }, setAddress] = useFilters(['events']);
  const about = events === 'about';
  const query = { [about ? 'targetId' : 'actorId']: id };
  return (
    <EventsTable
      query={query}
      label={texts.tabs.activity}
      header={
        <Header
          variant="h2"
          description={
            <PageLink to={`/settings/audit-log?${new URLSearchParams(query).toString()}`}>{texts.toAuditLog}</PageLink>
          }
        >
          {texts.tabs.activity}
        </Header>
      }
      filter={
        <SegmentedControl
          label={texts.whichEvents}
          selectedId={about ? 'about' : 'by'}
          options={[
            { id: 'by', text: texts.eventsBy(name) },
            { id: 'about', text: texts.eventsAbout(name) },
          ]}
          onChange={({ detail }) => setAddress({ events: detail.selectedId === 'about' ? 'about' : undefined })}
        />
      }
      empty={<Empty title={about ? texts.noEventsAbout(name) : texts.noEventsBy(name)} />}
    />
  );
};
