import { Redirect } from 'wouter';
import { LoadError, Loading } from '../parts/states.tsx';
import { Shell } from '../shell/shell.tsx';
import { lastOrganization } from './last-organization.ts';
import { NoOrganization } from './no-organization.tsx';
import { useOrganizations } from './use-organizations.ts';

/** At `/`: on to the organization one was in last, else to the first. */
export const FirstOrganization = () => {
  const { data, error, refetch } = useOrganizations();
  const chosen = data?.find(({ id }) => id === lastOrganization()) ?? data?.[0];
  if (chosen) return <Redirect to={`/console/${chosen.id}/users`} replace />;
  return <Shell>{error ? <LoadError error={error} retry={refetch} /> : data ? <NoOrganization /> : <Loading />}</Shell>;
};
