import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import { EventsTable } from '../audit/events-table.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { Empty } from '../parts/states.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { personTexts as texts } from './person-texts.ts';
import type { User } from './user.ts';

/** The events of the audit log that a user caused, or that affected them. */
export const PersonActivity = ({ user: { id, name } }: { user: User }) => {
  const [{ events }, setAddress] = useFilters(['events']);
  const about = events === 'about';
  const query = { [about ? 'targetId' : 'actorId']: id };
  const byThem = { value: '', label: texts.eventsBy(name) };
  const aboutThem = { value: 'about', label: texts.eventsAbout(name) };
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
        <Select
          ariaLabel={texts.whichEvents}
          selectedOption={about ? aboutThem : byThem}
          options={[byThem, aboutThem]}
          onChange={({ detail }) => setAddress({ events: detail.selectedOption.value || undefined })}
        />
      }
      empty={<Empty title={about ? texts.noEventsAbout(name) : texts.noEventsBy(name)} />}
    />
  );
};
