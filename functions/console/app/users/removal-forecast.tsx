import Alert from '@cloudscape-design/components/alert';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useOrganization } from '../organization/use-organization.ts';
import { BulkSummary } from '../parts/bulk-summary.tsx';
import { sendBulk } from '../parts/bulk.ts';
import { removalTexts as texts } from './removal-texts.ts';
import { removeUsers, type Removed } from './remove-users.ts';
import type { RemovalChoice } from './use-remove-user.ts';
import type { User } from './user.ts';

interface RemovalForecastProps {
  leavers: readonly User[];
  choice: RemovalChoice;
}

/** Asks the API what the removal would do: who cannot be deleted and why, and which service accounts stay. Nothing is changed. */
export const RemovalForecast = ({ leavers, choice }: RemovalForecastProps) => {
  const { params } = useOrganization();
  const { data } = useQuery({
    queryKey: ['removeUsers', params, choice, leavers.map(({ id }) => id)],
    queryFn: async () => {
      const removed: Removed[] = [];
      const request = removeUsers(params, { ...choice, dryRun: true }, (results) => removed.push(...results));
      return { result: await sendBulk(leavers, request), removed };
    },
  });
  if (!data) return <StatusIndicator type="loading">{texts.foreseeing}</StatusIndicator>;
  const { result, removed } = data;
  if (result.failures.length === 0 && boundTexts(removed).length === 0) return null;
  return (
    <LiveRegion>
      <SpaceBetween size="s">
        {result.failures.length > 0 && (
          <Alert type="warning" header={texts.notDeletable(result.failures.length, leavers.length)}>
            <BulkSummary result={{ ...result, done: [] }} words={{ nameOf: ({ name }) => name, done: () => '' }} />
          </Alert>
        )}
        {boundTexts(removed).map((text) => (
          <Alert key={text} type="info">
            {text}
          </Alert>
        ))}
      </SpaceBetween>
    </LiveRegion>
  );
};

/** That the service accounts keep their rights which the removed users bound, if they bound any. */
export const boundTexts = (removed: readonly Removed[]): string[] => {
  const names = removed.flatMap(({ serviceAccounts = [] }) => serviceAccounts.map(({ name }) => name));
  return names.length === 0 ? [] : [texts.stillBoundMany(names)];
};
