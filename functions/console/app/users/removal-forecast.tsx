import Alert from '@cloudscape-design/components/alert';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useOrganization } from '../organization/use-organization.ts';
import { ForecastFailures } from '../parts/forecast-failures.tsx';
import { boundTexts } from './bound-texts.ts';
import { removalTexts as texts } from './removal-texts.ts';
import { removeUsers, type Removed } from './remove-users.ts';
import { useDryRun } from './use-dry-run.ts';
import type { User } from './user.ts';

interface RemovalForecastProps {
  leavers: readonly User[];
  successorId: string;
}

/**
 * Asks the API what the deletion would do: who cannot be deleted and why, and which service accounts stay. Nothing is changed. The
 * result does not depend on what happens to pending invitations, because the leavers do not include the signed-in person.
 */
export const RemovalForecast = ({ leavers, successorId }: RemovalForecastProps) => {
  const { params } = useOrganization();
  const { data } = useDryRun<Removed>(['removeUsers', params, successorId], leavers, (onDone) =>
    removeUsers(params, { successorId, dryRun: true }, onDone),
  );
  if (!data) return <StatusIndicator type="loading">{texts.foreseeing}</StatusIndicator>;
  const { result, outcomes } = data;
  const bound = boundTexts(outcomes);
  if (result.failures.length === 0 && bound.length === 0) return null;
  return (
    <LiveRegion>
      <SpaceBetween size="s">
        {result.failures.length > 0 && (
          <ForecastFailures result={result} header={texts.notDeletable(result.failures.length, leavers.length)} />
        )}
        {bound.map((text) => (
          <Alert key={text} type="info">
            {text}
          </Alert>
        ))}
      </SpaceBetween>
    </LiveRegion>
  );
};
