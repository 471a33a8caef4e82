import { entryOf } from '../../../../shared/open-enum.ts';
import { readAll } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { useCsvExport } from '../parts/use-csv-export.ts';
import { actionNames } from './action-names.ts';
import type { AuditEvent } from './audit-event.ts';
import type { AuditQuery } from './audit-query.ts';
import { detailLines, sentenceParts, textOf } from './event-parts.ts';
import { auditTexts as texts } from './texts.ts';

const { columns } = texts;
const header = [columns.atUtc, texts.actor, texts.action, columns.sentence, texts.details, texts.ids, texts.requestId];

/** Returns a function that saves all events that match a query as a CSV file. It contains what the list shows, with the details. */
export const useExport = () => {
  const { params } = useOrganization();
  const { exportAll } = useCsvExport<AuditEvent>({
    file: 'audit-log.csv',
    header,
    toRows: (events) => events.map(toRow),
    texts,
  });
  return (query: AuditQuery) => exportAll((onProgress) => readAll('listAuditEvents', { params, query }, onProgress));
};

const toRow = (event: AuditEvent): string[] => [
  event.at,
  event.actor?.name ?? texts.nobody,
  entryOf(actionNames, event.action) ?? event.action,
  textOf(sentenceParts(event)),
  detailLines(event)
    .map(({ label, lines }) => `${label}: ${lines.map(textOf).join('; ')}`)
    .join('\n'),
  event.targets.join(' '),
  event.requestId,
];
