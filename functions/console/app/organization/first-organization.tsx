import { Redirect } from 'wouter';
import { LoadError, Loading } from '../parts/states.tsx';
import { Shell } from '../shell/shell.tsx';
import { lastOrganization } from './last-organization.ts';
import { NoOrganization } from './no-organization.tsx';
import { useOrganizations } from './use-organizations.ts';

/** At `/`: redirects to the organization that this browser showed last, or else to the first one of the person. */
export const FirstOrganization = () => {
  const { data, error, refetch } = useOrganizations();
  const chosen = data?.find(({ id }) => id === lastOrganization()) ?? data?.[0];
  if (chosen) return <Redirect to={`/console/${chosen.id}/users`} replace />;
  return <Shell>{error ? <LoadError error={error} retry={refetch} /> : data ? <NoOrganization /> : <Loading />}</Shell>;
};
