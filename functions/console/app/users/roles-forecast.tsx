import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useEffect } from 'react';
import { useOrganization } from '../organization/use-organization.ts';
import { ForecastFailures } from '../parts/forecast-failures.tsx';
import { boundTexts } from './bound-texts.ts';
import { changeRolesOfUsers, type ChangedRoles, type RolesChange } from './change-roles-of-users.ts';
import { usersTexts as texts } from './texts.ts';
import { useDryRun } from './use-dry-run.ts';
import type { User } from './user.ts';

interface RolesForecastProps {
  users: readonly User[];
  action: RolesChange['action'];
  roles: RolesChange['roles'];
  /** Called with whether any of the users would lose the right to invite. */
  onDemotes: (demotes: boolean) => void;
}

/** Asks the API whose roles would change, who would no longer be an organization manager, and who cannot be changed. */
export const RolesForecast = ({ users, action, roles, onDemotes }: RolesForecastProps) => {
  const { params } = useOrganization();
  const { data } = useDryRun<ChangedRoles>(['changeRolesOfUsers', params, action, roles], users, (onDone) =>
    changeRolesOfUsers(params, { action, roles, dryRun: true }, onDone),
  );
  // The API returns this field, even as an empty list, exactly for the users who would lose the right to invite.
  const demoted = data?.outcomes.filter(({ serviceAccounts }) => serviceAccounts !== undefined) ?? [];
  const demotes = demoted.length > 0;
  useEffect(() => {
    if (data) onDemotes(demotes);
  }, [data, demotes, onDemotes]);

  if (!data) return <StatusIndicator type="loading">{texts.foreseeingRoles}</StatusIndicator>;
  const { result, outcomes } = data;
  const versions = new Map(users.map(({ id, version }) => [id, version]));
  const same = outcomes.filter(({ id, user }) => user?.version === versions.get(id)).length;
  return (
    <LiveRegion>
      <SpaceBetween size="s">
        <Box>{texts.rolesForecast(outcomes.length - same, same)}</Box>
        {demotes && (
          <Alert type="warning">
            {texts.demoted(demoted.map(({ user }) => user?.name ?? ''))} {boundTexts(outcomes)}
          </Alert>
        )}
        {result.failures.length > 0 && (
          <ForecastFailures result={result} header={texts.rolesNotChangeable(result.failures.length, users.length)} />
        )}
      </SpaceBetween>
    </LiveRegion>
  );
};
