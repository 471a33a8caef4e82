import Alert from '@cloudscape-design/components/alert';
import { BulkSummary } from './bulk-summary.tsx';
import type { BulkResult } from './bulk.ts';

interface ForecastFailuresProps<T> {
  result: BulkResult<T>;
  header: string;
}

/** The items that bulk work would fail to change according to a dry run, grouped by reason. */
export const ForecastFailures = <T extends { name: string }>({ result, header }: ForecastFailuresProps<T>) => (
  <Alert type="warning" header={header}>
    <BulkSummary result={{ ...result, done: [] }} words={{ nameOf: ({ name }) => name, done: () => '' }} />
  </Alert>
);
