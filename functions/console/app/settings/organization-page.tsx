import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { LoadError, Loading } from '../parts/states.tsx';
import { OrganizationForm } from './organization-form.tsx';

const OrganizationPage = () => {
  const { params, organizationId } = useOrganization();
  const { data, error, refetch } = useRead('getOrganization', { params });
  if (data) return <OrganizationForm key={organizationId} organization={data} />;
  return error ? <LoadError error={error} retry={refetch} /> : <Loading />;
};

export default OrganizationPage;
