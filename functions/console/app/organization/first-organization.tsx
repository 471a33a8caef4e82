import { Redirect } from 'wouter';
import { useRead } from '../data/use-read.ts';
import { LoadError, Loading } from '../parts/states.tsx';
import { Shell } from '../shell/shell.tsx';
import { lastOrganization } from './last-organization.ts';
import { NoOrganization } from './no-organization.tsx';

/** At `/`: on to the organization one was in last, else to the first. */
export const FirstOrganization = () => {
  const { data, error, refetch } = useRead('listOrganizations', {});
  const organizations = data?.items ?? [];
  const chosen = organizations.find(({ id }) => id === lastOrganization()) ?? organizations[0];
  if (chosen) return <Redirect to={`/console/${chosen.id}/users`} replace />;
  return <Shell>{error ? <LoadError error={error} retry={refetch} /> : data ? <NoOrganization /> : <Loading />}</Shell>;
};
