import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import { useState } from 'react';
import { entryOf } from '../../../../shared/open-enum.ts';
import { formatExact } from '../parts/format.ts';
import type { AuditEvent } from './audit-event.ts';
import { DetailValue } from './detail-value.tsx';
import { detailsOf } from './event-details.ts';
import { auditTexts as texts, detailTexts } from './texts.ts';

/** Shows the values before and after a change, and the request that made it. */
export const EventDetailsSection = ({ event }: { event: AuditEvent }) => {
  const [open, setOpen] = useState(false);
  return (
    <ExpandableSection
      variant="inline"
      headerText={texts.details}
      headerAriaLabel={`${texts.details} ${texts.detailsOf(formatExact(event.at))}`}
      expanded={open}
      onChange={({ detail }) => setOpen(detail.expanded)}
    >
      {open && <KeyValuePairs columns={2} items={rows(event)} />}
    </ExpandableSection>
  );
};

const rows = (event: AuditEvent) => [
  ...detailsOf(event).map((detail) => ({
    label: entryOf(detailTexts, detail.field) ?? detail.field,
    value: (
      <>
        {'before' in detail && (
          <>
            {texts.was} <DetailValue value={detail.before} names={event.names} />
            {texts.now}{' '}
          </>
        )}
        <DetailValue value={detail.value} names={event.names} />
      </>
    ),
  })),
  { label: texts.targets, value: <DetailValue value={event.targets} names={event.names} /> },
  { label: texts.ids, value: <Box variant="code">{event.targets.join(', ')}</Box> },
  { label: texts.requestId, value: <Box variant="code">{event.requestId}</Box> },
];
