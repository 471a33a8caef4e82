import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import { useState } from 'react';
import { formatExact } from '../parts/format.ts';
import type { AuditEvent } from './audit-event.ts';
import { detailLines, valueLines } from './event-parts.ts';
import { PartsText } from './parts-text.tsx';
import { auditTexts as texts } from './texts.ts';

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
  ...detailLines(event).map(({ label, lines }) => ({ label, value: <PartsText lines={lines} /> })),
  { label: texts.targets, value: <PartsText lines={valueLines(event.targets, event.names)} /> },
  { label: texts.ids, value: <Box variant="code">{event.targets.join(', ')}</Box> },
  { label: texts.requestId, value: <Box variant="code">{event.requestId}</Box> },
];
