import Alert from '@cloudscape-design/components/alert';
import { BulkSummary } from './bulk-summary.tsx';
import type { BulkResult } from './bulk.ts';

interface ForecastFailuresProps<T> {
  result: BulkResult<T>;
  header: string;
}

/** The items that bulk work would not change, by reason, as a dry run found them. */
export const ForecastFailures = <T extends { name: string }>({ result, header }: ForecastFailuresProps<T>) => (
  <Alert type="warning" header={header}>
    <BulkSummary result={{ ...result, done: [] }} words={{ nameOf: ({ name }) => name, done: () => '' }} />
  </Alert>
);
